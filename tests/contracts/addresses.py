"""Every address of the site by its name, and one thing of each kind for it to be about."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.text import slugify

from blog.models import Author, Picture, Post, Revision, Sound, Video
from comments import following
from comments.models import Comment
from comments.moderation import decisions, reporting
from comments.writing import guests
from concerns.models import Concern, Reader, Recipient
from events.models import Contributor, Session
from hosting.models import Rewording, SessionFile, SessionLink, Withdrawal
from live.models import MeetingReport, Notice
from members import email_choices
from members.models import ListedAddress, ListUpload, Member, Page, Policy, SiteSettings
from notifications import outbox
from notifications.models import Message
from recordings.models import Consent, Recording, TakeAway
from team.models import Announcement
from tests import make
from tests.contracts import people
from tests.contracts.shapes import CURLY, FLORENCE, LETTER, LONG_WORD, STRAIGHT
from tests.make import BY
from workshops.letters import calendar_feed, give_up_keys
from workshops.models import ProgrammeUpload
from workshops.places import booking

#: What Django's admin adds to every model without a name, and what catches the rest.
UNNAMED = "admin:?"
#: A guest's pages, below the secret address of their comment.
GUESTS_OWN = (
    *("comments:mine", "comments:guest_edit", "comments:guest_look_again", "comments:guest_withdraw"),
    "comments:new_link",
)


@dataclass(frozen=True)
class World:
    """An event with a workshop that Ada has booked, and an admin with an upload of each kind."""

    ada: Member
    root: Member
    session: Session
    numbers: dict[str, Any]


def world(**event_fields: Any) -> World:
    """Make one of each; the event has begun to take bookings, the secrets are told apart by their words."""
    event = make.event(slug="2026", **event_fields)
    session = make.workshop(
        event,
        slug="flow",
        title=f"Flow of {LONG_WORD}",
        room=LONG_WORD,
        summary=f"Of {LONG_WORD}.",
        join_url="https://join.example/S3CRET",
        passcode="S3CRET",
    )
    session.themes.add(make.theme(event, LONG_WORD, slug="equity", summary=f"In {LONG_WORD}."))
    hana = make.host(session, LETTER, email="hana@hosts.example", organisation=LONG_WORD)
    ada, root = make.member(STRAIGHT, email="ada@members.example"), people.admin()
    registration = make.registration(event, ada)
    booked = booking.book(session, registration, by=BY, at=make.NOW)
    gone = Contributor.objects.create(name="Gwil", email="gwil@hosts.example")
    make.invited(hana, event)
    make.agreed(hana, event)
    calendar_feed.make_address(ada, at=make.NOW)
    outbox.enqueue("membership-approved", at=make.NOW, key="one", member=ada)
    pat = make.member(CURLY, email="pat@authors.example")
    post = make.post(LONG_WORD, slug="rotas", standfirst=f"In {LONG_WORD}.", event=event, authors=[pat])
    Author.objects.create(post=post, name=FLORENCE, role="Ward 7", position=1)
    post.themes.add(event.themes.get())
    talk = conversation(post, ada)
    numbers = {
        "events_session": session.pk,
        "events_event": event.pk,
        "events_theme": event.themes.get().pk,
        "events_contributor": hana.pk,
        "events_registration": registration.pk,
        "workshops_booking": booked.pk,
        "give_up": give_up_keys.url(booked.session.event, booked.pk, until=booked.during.lower)
        .rstrip("/")
        .rpartition("/")[2],
        "auth_group": Group.objects.get_or_create(name="Support")[0].pk,
        "auth_user": ada.pk,
        "members_member": ada.pk,
        "members_listedaddress": ListedAddress.objects.create(email="listed@list.example").pk,
        "members_page": about_page().pk,
        "members_policy": Policy.objects.get(slug="privacy").pk,
        "members_sitesettings": SiteSettings.objects.get_or_create(pk=1)[0].pk,
        "notifications_message": Message.objects.latest("pk").pk,
        "team:concern": concern(session, root).address,
        "session_link": SessionLink.objects.create(
            session=session, title=LONG_WORD, url="https://links.example/S3CRET", at=make.NOW
        ).pk,
        "host_need_to_stop": make.host_need_to_stop(hana, event, "slides").pk,
        "host_need": make.host_need(hana, event, "other", LONG_WORD).pk,
        "rewording": Rewording.objects.create(
            session=session, host=hana, summary=f"By {LONG_WORD}.", written_at=make.NOW
        ).pk,
        "session_file": a_file(session).pk,
        "notice": Notice.objects.create(
            event=event, words=LONG_WORD, set_at=make.NOW, ends_at=make.NOW + timedelta(hours=1), set_by=root
        ).pk,
        "recording": a_recording(session, hana).pk,
        "take_away": a_take_away(session, hana).pk,
        "withdrawal": Withdrawal.objects.create(
            session=session, contributor=gone, at=make.NOW, noted_at=make.NOW
        ).pk,
        "import_confirm": ProgrammeUpload.objects.create(
            member=root, event=event, filename="p.csv", content=b"title\nA\n", created_at=make.NOW
        ).pk,
        "meeting_report": a_report(session, root).pk,
        "listedaddress_confirm": ListUpload.objects.create(
            member=root, filename="l.csv", content=b"email\nlee@list.example\n"
        ).pk,
        "comments_comment": talk[0].pk,
        **of_the_team(post, talk, root),
        "comment_tokens": {
            "comments:confirm": guests.confirmation_token_of(talk[1]),
            "comments:add": guests.account_token_of(talk[1]),
            "comments:stop": following.token_of(following.follow(talk[0], by=ada, at=make.NOW)),
            **dict.fromkeys(GUESTS_OWN, guests.token_of(talk[1])),
        },
        "token": calendar_feed.address(ada).rpartition("/")[2].removesuffix(".ics"),
    }
    return World(ada, root, session, numbers)


def concern(session: Session, root: Member) -> Concern:
    """Report something to two who are named for the event; the admin is one of them."""
    rita = make.member("Rita", email="rita@readers.example", is_staff=True)
    Reader.objects.bulk_create(Reader(event=session.event, member=one) for one in (root, rita))
    made = Concern.objects.create(
        event=session.event,
        session=session,
        about_whom=LONG_WORD,
        what=f"S3CRET of {LONG_WORD}.",
        wants="code",
        code_digest="0" * 64,
        form_digest="0" * 64,
        created_at=make.NOW,
        answer_by=make.NOW,
        changed_at=make.NOW,
    )
    Recipient.objects.bulk_create(Recipient(concern=made, member=one) for one in (root, rita))
    return made


def a_file(session: Session) -> SessionFile:
    """Give a file to those who have a place."""
    words = {"title": f"Of {LONG_WORD}"[:120], "about": f"In {LONG_WORD}."}
    return SessionFile.objects.create(
        session=session, kind="pdf", size=9, content=b"%PDF-1.4\n", digest="0" * 64, at=make.NOW, **words
    )


def a_recording(session: Session, host: Contributor) -> Recording:
    """Publish a video that was made separately, to which the host agreed."""
    a_consent(session, host)
    moments = {"added_at": make.NOW, "read_at": make.NOW, "published_at": make.NOW}
    return Recording.objects.create(
        session=session,
        title=f"A film of {LONG_WORD}",
        about=f"On {LONG_WORD}.",
        kind="link",
        url="https://video.example/1",
        is_of_session=False,
        seconds=600,
        cues=[{"at": None, "until": None, "by": None, "text": f"Of {LONG_WORD}."}],
        words=f"Of {LONG_WORD}.",
        state="published",
        **moments,
    )


def a_consent(session: Session, host: Contributor) -> None:
    """Let a host agree that recordings of their session are shown."""
    moments = {"asked_at": make.NOW, "answered_at": make.NOW}
    Consent.objects.create(session=session, contributor=host, answer="agreed", **moments)


def a_take_away(session: Session, host: Contributor | None = None) -> TakeAway:
    """Publish what to take away of a session; other words of its host wait."""
    texts = {
        "problem": f"Of {LONG_WORD}.",
        "done": f"We did {LONG_WORD}.",
        "monday": f"- Begin with {LONG_WORD}",
        "links": f"{LONG_WORD} https://files.example/1",
        "contact": "flow@teams.example",
        "host": host,
        "written_at": make.NOW,
    }
    TakeAway.objects.create(session=session, **texts)
    return TakeAway.objects.create(session=session, state="published", decided_at=make.NOW, **texts)


def a_report(session: Session, member: Member) -> MeetingReport:
    """Keep the report of a meeting that somebody uploaded."""
    text = f"Name,Total Duration (Minutes)\n{CURLY},50\n{LONG_WORD},3\n"
    return MeetingReport.objects.create(
        session=session, member=member, filename="r.csv", content=text.encode(), created_at=make.NOW
    )


def about_page() -> Page:
    """Show the page that each installation begins with."""
    words = {"title": f"About {LONG_WORD}", "summary": f"Of {LONG_WORD}.", "body": f"All {LONG_WORD}."}
    return Page.objects.update_or_create(slug="about", defaults=words | {"is_shown": True})[0]


def conversation(post: Post, member: Member) -> tuple[Comment, Comment]:
    """Make a comment by the member, and a guest's below it that waits."""
    said = make.comment(post, member)
    waits = make.comment(post, thread=said, status="pending", guest_email="gwen@guests.example")
    return said, waits


def of_the_team(post: Post, talk: tuple[Comment, Comment], root: Member) -> dict[str, Any]:
    """Make what the team's pages are about: a picture, a video, a proposal, a report that was settled."""
    Picture.objects.create(
        post=post, number=1, file="blog/a.webp", width=1, height=1, alternative_text="A", created_at=make.NOW
    )
    Video.objects.create(post=post, number=1, title="A", url="https://v.example/1", transcript="A")
    said = {"title": "A", "length": "1 minute", "transcript": "A", "media_type": "audio/mpeg", "size": 9}
    Sound.objects.create(post=post, number=1, file="blog/a.mp3", **said)
    Revision.objects.create(post=post, number=1, title="A", body="<p>A</p>", saved_at=make.NOW)
    ada = talk[0].member
    report = reporting.report(talk[0], by=None, reason="spam", words="", at=make.NOW)
    proposal = make.post("Proposed", status="draft", published_at=None, proposed_by=ada, authors=[ada])
    return {
        "blog_post": post.pk,
        "comments_report": report.pk,
        "comments_decision": decisions.keep(talk[0], by=root, at=make.NOW, seen=0).pk,
        "blog:author": post.authors.get(member__isnull=False).member_id,
        "blog:proposal": proposal.pk,
        "blog:preview": post.preview_token,
        "team:comment": talk[1].pk,
        "team:announcement": announcement(post, root).pk,
    }


def announcement(post: Post, root: Member) -> Announcement:
    """Make the draft of an announcement to those who are registered."""
    about = {"audience": "registered", "event": post.event, "subject": f"Of {LONG_WORD}"[:78]}
    moments = {"created_at": make.NOW, "changed_at": make.NOW}
    return Announcement.objects.create(
        words=f"<p>Hello {LONG_WORD}.</p>", written_by=root, **about, **moments
    )


def names() -> list[str]:
    """Return the name of every address, with its namespace; those of the admin's models as well."""
    return sorted(set(_names(get_resolver(), "")) - {UNNAMED})


def _names(resolver: URLResolver, space: str) -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append(f"{space}{pattern.name or '?'}")
        else:
            found += _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
    return found


def path(name: str, world: World) -> str:
    """Return the address of that name which is about the things of ``world``."""
    for arguments in _arguments(name, world):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise NoReverseMatch(f"Nothing is known that {name} is about: say it in tests/contracts/addresses.py.")


def _about_a_person(name: str, world: World) -> list[list[Any]]:
    """Return what an address below the page of a person is about: an email, an event, a session of theirs."""
    whose, ends = world.ada.pk, name.removeprefix("team:person")
    if ends in ("_letter", "_note_out"):
        return [[whose, world.numbers["notifications_message"]]]
    if ends == "_register":  # of who is not registered
        return [[world.root.pk, "2026"]]
    if ends in ("_deregister", "_needs", "_sessions", "_second_look", "_take_out"):
        return [[whose, "2026"]]
    if ends in ("_merge_with", "_merge_codes"):
        return [[whose, world.numbers["blog:author"]]]
    if ends == "_new":
        return [[]]
    return [[whose], [whose, world.session.pk]]


def _about_a_recording(world: World) -> list[list[Any]]:
    """Return what an address of recordings is about: all of an event, one, one of its hosts, a session."""
    pk = world.numbers["recording"]
    return [["2026"], ["2026", "flow"], ["2026", pk], ["2026", pk, world.numbers["events_contributor"]]]


def _arguments(name: str, world: World) -> list[list[Any]]:
    if name.startswith(("recordings:", "team:recording")):
        return _about_a_recording(world)
    return _arguments_of_others(name, world)


def _arguments_of_others(name: str, world: World) -> list[list[Any]]:
    about = [number for part, number in world.numbers.items() if part in name]
    record = [about[-1]] if about else []
    if name.startswith("admin:"):
        return [[], record, ["events"], [1, 1]]
    if name == "calendar:feed":
        return [[world.numbers["token"]]]
    if name == "members:emails_stop":
        return [[email_choices.stop_url(world.ada, "announcements").rstrip("/").rpartition("/")[2]]]
    if name == "members:page":
        return [["about"]]
    if name == "members:policy":
        return [["privacy"]]
    if name.startswith("comments:"):
        token = world.numbers["comment_tokens"].get(name)
        return [[token]] if token else [["rotas"], ["rotas", world.numbers["comments_comment"]]]
    if name == "blog:author_by_name":
        return [[slugify(FLORENCE, allow_unicode=True)]]
    if name.startswith("blog:"):
        return [record, ["rotas"]]
    if name.startswith("team:"):
        return _arguments_of_the_team(name, world)
    thing = "session_file" if name.startswith("hosting:file") else "session_link"
    ends = {"events:theme": "equity", "workshops:give_up": world.numbers["give_up"]}
    link = ["2026", "flow", world.numbers[thing]]
    return [[], ["2026"], ["2026", ends.get(name, "flow")], link, ["a-name"], ["a-name", 1]]


def _arguments_of_the_team(name: str, world: World) -> list[list[Any]]:
    if name.startswith(("team:approval_", "team:concern")):
        return [[], [world.numbers["team:concern"]]] if "concern" in name else [[world.ada.pk]]
    exact = {
        "team:event_day_notice_down": ["2026", world.numbers["notice"]],
        "team:event_day_sheet_file": ["2026", "csv"],
        "team:event_report_file": ["2026", "fill", "csv"],
        "team:withdrawal_noted": ["2026", "flow", world.numbers["withdrawal"]],
    }
    if name in exact:
        return [exact[name]]
    if name.startswith("team:host_need"):
        kept = "host_need_to_stop" if name == "team:host_need_stopped" else "host_need"
        return [["2026"], ["2026", world.numbers[kept]]]
    if name.startswith("team:words_"):
        return [["2026", "flow", world.numbers["rewording"]]]
    if name == "team:session_invite_host":
        return [["2026", "flow", world.numbers["events_contributor"]]]
    ends = {
        "team:session_attendance_file": "csv",
        "team:session_in": "host",
        "team:session_move_up": world.numbers["workshops_booking"],
    }
    if name in ends:
        return [["2026", "flow", ends[name]]]
    if name.startswith("team:announcement"):
        pk = world.numbers["team:announcement"]
        return [[], [pk], [pk, world.numbers["notifications_message"]]]
    if name.startswith("team:person"):
        return _about_a_person(name, world)
    if name.startswith(("team:event", "team:session", "team:invite_hosts")):
        return [[], ["2026"], ["2026", "flow"]]
    part = {"team:decision_undo": "comments_decision"}.get(name, "blog_post" if "post" in name else name)
    pk = world.numbers.get(part, world.numbers["team:comment"])
    return [[], [pk], [pk, 1]]
