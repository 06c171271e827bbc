"""The world of the contracts with so many of everything: what every list of the site could have rows of."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db.models import F

from audit.actors import Via
from audit.acts import Act
from audit.models import Entry
from blog.models import Author, Picture, Post, Revision, Sound, Video
from comments.models import Comment, Decision, Report
from events.models import Contributor, Event, Registration, Session, SessionContributor
from hosting.models import Rewording
from members.models import ListedAddress, ListUpload
from notifications import outbox
from notifications.outbox import MessageRow
from team.models import Announcement
from tests import make
from tests.contracts import addresses, people
from tests.make import NOW
from workshops.models import Booking, ProgrammeUpload, Workshop


def world(number: int) -> addresses.World:
    """Return the world of ``addresses`` with ``number`` of everything besides."""
    made = addresses.world()
    flow, ada = made.session, made.ada.registrations.get()
    crowd = make.crowd(flow.event, number)
    for n in range(number):
        session = _session(flow.event, n)
        _booking(ada, session, "booked")
        addresses.a_take_away(session)
        Rewording.objects.create(session=session, summary="Other", written_at=NOW)
        _booking(crowd[n], flow, "waiting", ticket=n + 10)
        make.needs(crowd[n], "Captions")
        host = Contributor.objects.create(name=f"C {n}")
        SessionContributor.objects.create(session=flow, contributor=host)
        make.host_need(host, flow.event)
        addresses.a_consent(flow, host)
        make.host_need_to_stop(host, flow.event)
        flow.themes.add(make.theme(flow.event, f"Of flow {n}", slug=f"of-flow-{n}"))
        _event(n, made)
        ListedAddress.objects.create(email=f"{n}@listed.example")
        Group.objects.create(name=f"Group {n}")
    Workshop.objects.filter(pk=flow.pk).update(line=number, ticket=number + 20)
    rows = [MessageRow(f"many-{one.pk}", member_id=one.member_id) for one in crowd]
    outbox.enqueue_many("membership-approved", rows, at=NOW)
    _posts(made, number)
    _comments(made, number)
    _records(made, number)
    _uploads(made, number)
    _announcements(made, number)
    for _ in range(number):
        people.reader(made.ada)
    Event.objects.update(version=F("version") + 1)
    make.known_to_the_planner()
    return made


def _announcements(made: addresses.World, number: int) -> None:
    """As many announcements, the half of them sent; and as many messages to one session."""
    for n in range(number):
        told = addresses.announcement(Post.objects.get(slug="rotas"), made.root)
        moment = NOW - timedelta(hours=n)
        if n % 2:
            Announcement.objects.filter(pk=told.pk).update(
                state="written", started_at=moment, sent_by=made.root, ended_at=moment, people=1
            )
        row = MessageRow(f"announcement:{told.pk}:{made.ada.pk}", member_id=made.ada.pk)
        outbox.enqueue_many("announcement", [row], at=NOW)


def _session(event: Event, n: int) -> Session:
    session = make.workshop(event, slug=f"many-{n}", day=1, hour=6 + n * 0.5, hours=0.4)
    session.themes.add(make.theme(event, f"Theme {n}", slug=f"many-{n}"))
    make.host(session, f"Host {n}")
    return session


def _booking(registration: Registration, session: Session, status: str, ticket: int | None = 1) -> None:
    Booking.objects.create(
        registration=registration,
        member_id=registration.member_id,
        session=session,
        status=status,
        ticket=ticket,
        during=(session.starts_at, session.ends_at),
        created_at=NOW,
        status_changed_at=NOW,
    )
    if status == "booked":
        Workshop.objects.filter(session=session).update(taken=F("taken") + 1)


def _event(n: int, made: addresses.World) -> None:
    """Another event, to come or over, that Ada is registered for, with something chosen in it."""
    first = date(2026, 12, 1) + timedelta(days=n) if n % 2 else date(2025, 1, 1) + timedelta(days=n)
    event = make.event(first_day=first, last_day=first, booking_opens_at=NOW + timedelta(days=9))
    registration = make.registration(event, made.ada)
    _booking(registration, make.workshop(event), "chosen", ticket=None)


def _posts(made: addresses.World, number: int) -> None:
    """As many posts, of a theme and a year each, by an author each; as much of everything of the one post."""
    event, rotas = made.session.event, Post.objects.get(slug="rotas")
    for n in range(number):
        published_at = NOW.replace(year=2000 + n)
        post = make.post(f"Post {n}", event=event, authors=[made.ada], published_at=published_at)
        post.themes.add(make.theme(event, f"Of post {n}", slug=f"of-post-{n}"))
        Author.objects.create(post=rotas, name=f"Author {n}")
        about = {"post": rotas, "number": n + 2}
        Picture.objects.create(
            **about, file=f"blog/{n}.webp", width=1, height=1, alternative_text="A", created_at=NOW
        )
        Video.objects.create(**about, title=f"Video {n}", url="https://v.example/1", transcript="A")
        said = {"length": "1 minute", "transcript": "A", "media_type": "audio/mpeg", "size": 9}
        Sound.objects.create(**about, **said, title=f"Audio {n}", file=f"blog/{n}.mp3")
        Revision.objects.create(**about, title="A", body=f"<p>{n}</p>", saved_by=made.root, saved_at=NOW)
        make.post(f"Proposed {n}", status="draft", published_at=None, proposed_by=made.ada)


def _comments(made: addresses.World, number: int) -> None:
    """Threads with replies by members and guests, and decisions and reports about one comment."""
    first = Comment.objects.get(pk=made.numbers["comments_comment"])
    for n in range(number):
        thread = make.comment(first.post, made.ada, body=f"Thread {n}")
        reply = make.comment(first.post, make.member(f"Replier {n}"), thread=thread)
        make.comment(first.post, thread=thread, reply_to=reply)
        make.comment(first.post, made.ada, status="pending", body=f"Waits {n}")
        Decision.objects.create(comment=first, kind=Decision.Kind.KEEP, by=made.root, at=NOW)
        Report.objects.create(comment=first, reason="spam", created_at=NOW)


def _records(made: addresses.World, number: int) -> None:
    """What the history of each record tells."""
    Entry.objects.bulk_create(
        Entry(
            at=NOW,
            act=Act.CHANGED,
            via=Via.PERSON,
            actor_id=make.member(f"Editor {n}").pk,
            thing=name.replace("_", ".", 1),
            thing_id=pk,
            facts={"fields": ["title", "words"]},
        )
        for n in range(number)
        for name, pk in made.numbers.items()
        if str(pk).isdecimal()
    )


def _uploads(made: addresses.World, number: int) -> None:
    rows = "\n".join(f"Session {n},Host {n}; Other {n},Theme {n}" for n in range(number))
    upload = ProgrammeUpload.objects.get(pk=made.numbers["import_confirm"])
    upload.content = f"title,hosts,theme\n{rows}\n".encode()
    upload.save()
    people = "\n".join(f"{n}@new.example,N {n},{n}" for n in range(number))
    uploads = ListUpload.objects.filter(pk=made.numbers["listedaddress_confirm"])
    uploads.update(content=f"email,name,shoes\n{people}\n".encode())
