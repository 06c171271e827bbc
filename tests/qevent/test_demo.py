"""The demo: loaded once, through the rules, into the near future."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest
from django.db.models import Q

from blog import blocks
from blog.media import pictures
from blog.models import Picture, Post
from comments.models import Comment, Decision, Report
from events.models import Event, Session, Theme
from events.phases import phase_of
from hosting.models import HostNeed, SessionFile
from learning import records
from members.models import Member
from notifications.models import Message
from qevent.demo import conversation, days, drawing, load, recordings
from qevent.demo.people import ACCOUNTS, PASSWORD, accounts_text
from recordings.models import Recording
from team.day.board import board_of
from team.front import concerns
from tests.contracts.pages.catalogue import undone
from tests.found import found
from workshops.models import Booking, Workshop

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[Event]:
    """The demo's event: loaded once, and undone after the last of these tests."""
    with django_db_blocker.unblock(), undone():
        yield found(load.load(at=NOW))


def test_the_event_is_a_wednesday_and_thursday_ten_to_sixteen_days_ahead():
    each = [date(2026, 1, 1) + timedelta(days=number) for number in range(400)]

    firsts = [(load.first_day(day), (load.first_day(day) - day).days) for day in each]

    assert {day.weekday() for day, _ in firsts} == {2}
    assert {ahead for _, ahead in firsts} == set(range(10, 17))


def test_it_has_what_there_is_to_try(demo):
    slots = Session.objects.filter(format="workshop").values_list("starts_at", flat=True)
    formats = set(Session.objects.values_list("format", flat=True))
    assert (demo.slug, demo.first_day, Theme.objects.count()) == ("2026", date(2026, 12, 2), 4)
    assert (len(slots), len(set(slots))) == (16, 4)
    assert formats == set(Session.Format.values)


def test_some_workshops_are_full_some_have_waiting_lists_and_the_counters_are_true(demo):
    for places in Workshop.objects.all():
        bookings = Booking.objects.filter(session_id=places.session_id)
        assert places.taken == bookings.filter(status__in=Booking.PLACED).count()
        assert places.line == bookings.filter(status="waiting").count()
    assert Workshop.objects.filter(line__gt=0).count() >= 3
    assert sum(1 for places in Workshop.objects.all() if not places.is_full) >= 6


def test_somebody_has_a_place_to_decide_for_longer_than_a_day(demo):
    [one] = Booking.objects.filter(status="contested")

    assert found(one.expires_at) - NOW > timedelta(hours=36)
    assert Booking.objects.booked().filter(member=one.member_id, during__overlap=one.during).count() == 1
    assert Session.objects.get(pk=one.session_id).is_published


def test_every_account_can_log_in_and_stands_where_the_list_says(demo):
    people = {member.email: member for member in Member.objects.filter(email__endswith="@example.org")}

    assert {account.email for account in ACCOUNTS} == set(people)
    assert all(people[account.email].check_password(PASSWORD) for account in ACCOUNTS)
    assert {account.email: account.membership for account in ACCOUNTS} == {
        email: member.membership for email, member in people.items()
    }
    assert all(account.email in accounts_text() for account in ACCOUNTS)


def test_a_second_load_changes_nothing(demo):
    before = (Event.objects.count(), Member.objects.count(), Booking.objects.count(), Message.objects.count())

    again = load.load(at=NOW + timedelta(days=1))

    after = (Event.objects.count(), Member.objects.count(), Booking.objects.count(), Message.objects.count())
    assert (again, after) == (None, before)


def test_somebody_who_was_taken_out_waits_for_a_second_look_by_who_runs_the_event(demo):
    tess = Member.objects.get(email="tess@example.org")

    waits = {one.text: one.detail for one in found(concerns.section(tess, at=NOW)).lines}

    assert waits["Robin Marsh asks for a second look"] == f"They were taken out of {demo.title}."


def test_nobody_who_cannot_log_in_is_owed_an_email(demo):
    owed = set(Message.objects.values_list("member__email", flat=True))

    # Sam and Tess read what worries people.
    assert owed == {f"{name}@example.org" for name in ("ada", "hana", "sam", "tess")}


def test_it_has_a_blog_with_posts_in_every_state(demo):
    states = dict(Post.objects.values_list("slug", "status"))
    scheduled = Post.objects.scheduled(NOW).get()
    proposed = Post.objects.in_review().get()
    assert sorted(states.values()) == ["published"] * 5 + ["review"]
    assert Post.objects.published(NOW).count() == 4
    assert scheduled.published_at == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert proposed.proposed_by == Member.objects.get(email="bo@example.org")
    assert demo.first_day - scheduled.published_at.date() == timedelta(days=2)


def test_every_block_of_its_posts_stands_for_something(demo):
    read = {post.slug: blocks.blocks_of(post, at=NOW, reader=None) for post in Post.objects.all()}

    kinds = {block.kind for found in read.values() for block in found}
    assert not [block.problem for found in read.values() for block in found if block.problem]
    assert kinds == {"html", "picture", "video", "audio", "call", "sessions"}
    assert all(block.sessions for found in read.values() for block in found if block.kind == "sessions")
    assert not [post for post in Post.objects.all() if "**" in post.text or "](" in post.text]


def test_people_talk_below_it_and_some_of_it_waits_for_moderators(demo):
    statuses = Counter(Comment.objects.values_list("status", flat=True))
    guests = Comment.objects.filter(member=None)
    removed = Comment.objects.get(status="removed")
    withdrawn = Comment.objects.get(status="withdrawn")
    assert statuses == {"published": 29, "pending": 2, "rejected": 1, "removed": 1, "spam": 1, "withdrawn": 1}
    assert guests.count() > 8
    assert removed.replies.published().exists()
    assert withdrawn.replies.published().exists()
    assert Comment.objects.filter(reply_to__isnull=False).count() > 6
    assert Report.objects.filter(settled_by=None).count() == 1
    assert Comment.objects.filter(is_redacted=True).get().body == conversation.REDACTED
    assert Comment.objects.get(status="rejected").is_appealed


def test_everything_was_said_in_the_past_and_each_answer_after_what_it_answers(demo):
    for comment in Comment.objects.select_related("post", "reply_to", "thread"):
        before = comment.reply_to or comment.thread
        assert found(comment.post.published_at) < comment.created_at < NOW
        assert before is None or before.created_at < comment.created_at
        assert comment.published_at is None or comment.published_at < NOW
    assert not Decision.objects.filter(at__gte=NOW).exists()


def test_a_guests_answer_that_waited_was_public_before_it_was_answered(demo):
    for comment in Comment.objects.select_related("reply_to", "thread"):
        before = comment.reply_to or comment.thread
        assert before is None or found(before.published_at) < comment.created_at


def test_nobody_is_mailed_about_what_was_said_long_ago(demo):
    told = Message.objects.filter(
        Q(kind__startswith="comment") | Q(kind__startswith="pro") | Q(kind="post-published")
    )
    assert not told.exists()


def test_its_pictures_come_in_every_width_and_say_what_they_show(demo):
    pictures_ = list(Picture.objects.all())
    assert [(one.width, one.height) for one in pictures_] == [(1600, 900)] * 2
    assert all(pictures.srcset(one).count(".webp") == 3 for one in pictures_)
    assert all(str(number) in pictures_[1].alternative_text for _, number in drawing.SWAPS)


@pytest.mark.parametrize("hour", [0, 4, 9, 13, 18, 23])
@pytest.mark.parametrize(("day", "phase"), [("before", "day-before"), ("day", "on-now"), ("after", "after")])
def test_its_event_can_be_put_where_its_phases_are_seen_at_any_hour(demo, day, phase, hour):
    at = NOW.replace(hour=hour, minute=7) + timedelta(days=4)
    before = list(Session.objects.live().in_order().values_list("title", flat=True))

    with undone():
        days.show(Event.objects.get(pk=demo.pk), "after", at=at - timedelta(days=3))
        days.show(Event.objects.get(pk=demo.pk), day, at=at)
        event = Event.objects.get(pk=demo.pk)

        assert phase_of(event, at=at).value == phase
        on = Session.objects.filter(starts_at__lte=at, ends_at__gt=at)
        assert on.filter(format="workshop").exists() == (day == "day")
        assert list(Session.objects.live().in_order().values_list("title", flat=True)) == before
        watched = Recording.objects.shown(at).filter(kind="video", has_captions=True)
        assert [one.size for one in watched] == [recordings.VIDEO.stat().st_size]
        for booking in Booking.objects.select_related("session")[:50]:
            assert booking.during.lower == booking.session.starts_at


def test_on_the_day_the_board_has_a_session_that_runs_late_and_one_without_its_host(demo):
    with undone():
        for at in (NOW, NOW + timedelta(hours=3)):
            days.show(Event.objects.get(pk=demo.pk), "day", at=at)
        board = board_of(Event.objects.get(pk=demo.pk), sees_needs=False, sees_addresses=False, at=at)

        near = [*board.running, *board.soon]
        assert sum(one.notices != () for one in near) == 1
        assert sum("No host yet" in " ".join(one.alarms) for one in near) == 1
        assert sum(one.joined > 0 for one in near) > 1
        assert len(board.notices) == 1


def test_moving_it_mails_nobody(demo):
    with undone():
        there = Message.objects.count()
        days.show(Event.objects.get(pk=demo.pk), "day", at=NOW)

        assert Message.objects.count() == there


@pytest.mark.parametrize("hour", [3, 15])
def test_the_day_before_the_accounts_of_the_demo_have_its_letter(demo, hour):
    with undone():
        for _ in range(2):
            days.show(Event.objects.get(pk=demo.pk), "before", at=NOW.replace(hour=hour))

        owed = Message.objects.filter(kind="day-before", state="queued").values_list(
            "member__email", flat=True
        )

        assert "ada@example.org" in owed
        assert not [one for one in owed if not one.endswith("@example.org")]
        assert len(set(owed)) == len(owed)


def test_afterwards_its_members_have_a_record_of_what_they_attended(demo):
    with undone():
        for day in ("after", "after", "day"):
            days.show(Event.objects.get(pk=demo.pk), day, at=NOW)
            event = Event.objects.get(pk=demo.pk)
            record = records.of(event, Member.objects.get(email="ada@example.org"), at=NOW)

            assert bool(record.minutes) == (day == "after")
            assert record.thing
            assert any(one.note for one in record.attended) == (day == "after")


def test_a_host_has_given_a_file_that_opens_and_said_what_they_need(demo):
    file = SessionFile.objects.get(session__event=demo)
    page = pypdf.PdfReader(io.BytesIO(file.content)).pages[0]

    assert page.extract_text() == f"{file.session.title}: one page to read beforehand"
    assert HostNeed.objects.filter(event=demo, contributor=file.by).count() == 3
