"""A person with everything that the site can hold of somebody, and a search through the whole database."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Model
from django.test import Client

from blog import contact
from blog.editing import autosave, proposals
from blog.editing.proposals import Proposal
from blog.models import Author, Picture, Post, Revision
from comments import following
from comments.models import Comment
from comments.moderation import decisions, reporting
from comments.writing import authoring
from events import registration
from events.models import Contributor, Registration, SessionContributor
from learning.models import FeedbackGiven, OneThing, SessionNote
from live.models import Attendance, MeetingReport
from members import addresses, email_choices, objections
from members.models import AccountMerge, ListedAddress, ListUpload, Member, TypedForm
from notifications import outbox
from notifications.models import Message, SentLetter
from team.models import Announcement, PersonNote, Taken
from tests import letters, make, second_step
from tests.contracts import people
from tests.make import BY, NOW
from workshops.letters import calendar_feed
from workshops.models import Booking, PlaceOverride, ProgrammeImport, ProgrammeUpload, SessionWords
from workshops.places import booking

NAME = "Zuleika Quillfeather"
EMAIL = "zuleika@quillfeather.example"
#: What she had before.
FORMER = "zuleika@hummingbird.example"
#: All that would give them away, in small letters.
TRACES = ("quillfeather", "zuleika", "hummingbird")
PASSWORD = "four old green bottles"


@dataclass(frozen=True)
class World:
    """The person, and what of others hangs on them."""

    member: Member
    client: Client
    #: Who waits behind them for the one place of a session.
    waiting: Booking
    #: What somebody else answered them.
    reply: Comment
    past: Registration
    published: Post
    picture: str


def world() -> World:
    """Make them, with one row at least in each table that holds something of people."""
    zuleika = make.member(
        NAME,
        email=EMAIL,
        password=PASSWORD,
        organisation="Hummingbird House",
        role="Nurse at Hummingbird House",
        region="wales",
        introduction="Hummingbird sent me.",
        pronouns="hummingbird/hers",
    )
    root = people.admin()
    zuleika.groups.set(people.staff("Moderator").groups.all())
    second_step.app_of(zuleika)
    client = people.reader(zuleika)
    ListedAddress.objects.create(email=EMAIL.title(), name=NAME, organisation="Hummingbird House")
    objections.remember(zuleika, "hummingbird@house.example", listed=None, at=NOW)
    AccountMerge.objects.create(
        kept=zuleika, ended=make.member("Another account"), asked_at=NOW, until=NOW, done_at=NOW
    )
    _files(zuleika, root)
    addresses.leave(zuleika, FORMER, at=NOW)
    ListedAddress.objects.create(email=FORMER, created_at=NOW)
    waiting, past = _event(zuleika)
    published, picture = _posts(zuleika)
    reply = _comments(zuleika, root, published)
    _logged(root, zuleika, past, Contributor.objects.get(name=NAME))
    _letters_to_others(zuleika, published)
    letters.deliver(NOW + timedelta(minutes=30))
    # They were called otherwise when somebody was told of their reply.
    assert Message.objects.filter(kind="comment-reply").update(subject="Hummingbird replied")
    return World(zuleika, client, waiting, reply, past, published, picture)


def _files(zuleika: Member, root: Member) -> None:
    TypedForm.objects.create(key="1", member=zuleika, path="/", fields={"name": [NAME]}, kept_at=NOW)
    for member in (zuleika, root):
        ListUpload.objects.create(
            member=member,
            filename="quillfeather.csv" if member == zuleika else "l.csv",
            content=f"email\n{EMAIL}\n".encode(),
            answers={f"twice:{EMAIL}": "2"},
        )


def _logged(root: Member, *things: Model) -> None:
    """What the admin logged about things of theirs before the site kept its own record."""
    for thing in things:
        LogEntry.objects.create(
            user=root,
            content_type=ContentType.objects.get_for_model(thing),
            object_id=str(thing.pk),
            object_repr=NAME,
            action_flag=CHANGE,
        )


def _event(zuleika: Member) -> tuple[Booking, Registration]:
    event, over = (
        make.event(),
        make.event(first_day=NOW.date() - timedelta(days=9), last_day=NOW.date() - timedelta(days=8)),
    )
    coming = registration.register(
        event, zuleika, by=zuleika, at=NOW, needs="A chair for Hummingbird", keep=True
    )
    past = make.registration(over, zuleika)
    one_place = make.workshop(event, capacity=1)
    mine = booking.book(one_place, coming, by=zuleika, at=NOW)
    waiting = booking.book(one_place, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    hosted = make.workshop(event, hour=14)
    make.host(hosted, NAME, email=EMAIL, member=zuleika, biography="Flies like a hummingbird.")
    booking.book(hosted, make.registration(event, make.member("Eve")), by=BY, at=NOW)
    calendar_feed.make_address(zuleika, at=NOW)
    root = people.admin()
    PlaceOverride.objects.create(booking=mine, reason=f"{NAME} asked", by=root, at=NOW, ticket_before=1)
    SessionWords.objects.create(
        session=hosted,
        group="booked",
        subject="Pens",
        words="Bring one.",
        submission=uuid4(),
        by=zuleika,
        at=NOW,
    )
    email_choices.stop(zuleika, "announcements", by=zuleika, at=NOW)
    Announcement.objects.create(
        audience="members",
        subject="Save the day",
        words="<p>Come.</p>",
        written_by=zuleika,
        created_at=NOW,
        changed_at=NOW,
    )
    ProgrammeImport.objects.create(
        event=event,
        member=zuleika,
        imported_at=NOW,
        filename="quillfeather.xlsx",
        new=1,
        changed=0,
        unchanged=0,
        understood=f"Hosts: {EMAIL.upper()}",
        outcome=f"row 2: hosts: nobody → {EMAIL}",
    )
    for member in (zuleika, root):
        ProgrammeUpload.objects.create(
            member=member,
            event=event,
            filename="p.csv",
            content=f"host\n{EMAIL}\n".encode(),
            created_at=NOW,
        )
    _kept_of(past)
    return waiting, past


def _kept_of(past: Registration) -> None:
    """They were in a session of an event that is over, and wrote down what they learnt."""
    session, member = make.session(past.event), past.member
    Attendance.objects.create(registration=past, session=session, joined_at=NOW)
    FeedbackGiven.objects.create(registration=past, session=session)
    MeetingReport.objects.create(
        session=session, member=member, filename="r.csv", content=b"Name\n", created_at=NOW
    )
    SessionNote.objects.create(member=member, session=session, text=f"{NAME}: listen", changed_at=NOW)
    OneThing.objects.create(member=member, event=past.event, text=f"Ring {NAME}", changed_at=NOW)


def _posts(zuleika: Member) -> tuple[Post, str]:
    published = make.post(
        "Rota as kindness", authors=[zuleika], proposed_by=zuleika, proposal_note="From Hummingbird"
    )
    Revision.objects.create(post=published, number=1, title="Rota", saved_by=zuleika, saved_at=NOW)
    make.post("Never out", status="review", published_at=None, authors=[zuleika])
    draft = proposals.begin(Proposal("Of Quillfeather", "<p>By Hummingbird.</p>"), by=zuleika, at=NOW)
    name = default_storage.save("blog/hummingbird.webp", ContentFile(b"RIFF"))
    Picture.objects.create(
        post=draft,
        number=1,
        file=name,
        width=1,
        height=1,
        alternative_text="Hummingbird",
        uploaded_by=zuleika,
        created_at=NOW,
    )
    autosave.store(published, {"title": "Quillfeather", "body": "<p>x</p>"}, by=zuleika, at=NOW)
    return published, name


def _comments(zuleika: Member, root: Member, published: Post) -> Comment:
    post = make.post("Of others")
    mine = make.comment(post, zuleika, body="Hummingbird says hello.")
    following.follow(mine, by=zuleika, at=NOW)
    guest = make.comment(post, guest_name=NAME, guest_email=EMAIL, body="As Hummingbird, a guest.")
    make.comment(post, guest_name=NAME, guest_email=FORMER, body="By Hummingbird, before.")
    following.follow_own(guest, at=NOW)
    reply = make.comment(post, make.member("Cy"), thread=mine, body="Well said.")
    following.follow(mine, by=make.member("Di"), at=NOW)
    sent = authoring.Sent(submission=uuid4())
    authoring.leave(post, "Hummingbird again.", by=zuleika, at=NOW, sent=sent, reply_to=mine)
    decisions.reject(
        made := make.comment(post, zuleika, status="pending", body="Hummingbird, held."),
        by=root,
        at=NOW,
        seen=made.version,
        reason="unkind",
        words=f"Dear {NAME}, no.",
    )
    Taken.objects.create(thing="comments.comment", thing_id=made.pk, by=zuleika, taken_at=NOW)
    PersonNote.objects.create(about=zuleika, text=f"{NAME} rang.", by=root, at=NOW)
    reporting.report(reply, by=zuleika, reason="other", words="Hummingbird minds.", at=NOW)
    return reply


def _letters_to_others(zuleika: Member, post: Post) -> None:
    """They write to an author, and host what somebody has booked."""
    Author.objects.create(post=post, member=make.member("Edie"), position=1)
    sender = contact.Sender(NAME, EMAIL, is_member=True)
    contact.write_to_authors(post, "From Hummingbird.", sender=sender, by=zuleika, at=NOW)
    hosted = SessionContributor.objects.get(contributor__name=NAME).session_id
    outbox.enqueue("account-made", at=NOW, key="eve", member=make.member("Eve"), payload={"session": hosted})
    told = Message.objects.get(key="eve")
    Message.objects.filter(pk=told.pk).update(state="sent", sent_at=NOW, subject=f"Hosted by {NAME}")
    words = NAME.replace(" ", "\n> ")
    SentLetter.objects.create(message=told, text=f"Your host is {words}.", kept_at=NOW)


def traces() -> dict[str, list[str]]:
    """Return each row that gives them away, by its table: every table, as text and as bytes."""
    found: dict[str, list[str]] = {}
    hexed = [trace.encode().hex() for trace in TRACES]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608  # our tables
            for (row,) in cursor.fetchall():
                if any(trace in row.lower() for trace in (*TRACES, *hexed)):
                    found.setdefault(table, []).append(row)
    return found
