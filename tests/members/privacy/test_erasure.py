"""Erasing a person with everything: what is gone, what stays, who moves up, who is told; again and again."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from blog import contact
from blog.models import Post
from comments.models import Comment
from common.personal_data import registry
from members import addresses
from members.keys import StrongerAccount
from members.models import DataExport, Erasure, ListedAddress, Member
from members.privacy import erased_list, erasure, export
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from tests.members.privacy import everything
from tests.members.privacy.everything import EMAIL, NAME
from workshops.models import Booking

LATER = NOW + erasure.THINKING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


#: Where a name may still stand, and as what: it is listed on the page as staying.
STAYS = {
    "blog_author": 1,  # above a published post
    "events_contributor": 1,  # in the programme, as host of a session
}


def test_after_erasing_nothing_gives_them_away_but_what_is_listed():
    world = everything.world()
    before = everything.traces()

    erasure.erase(world.member, by=BY, at=LATER)
    letters.deliver(LATER + timedelta(minutes=1))

    left = everything.traces()
    assert len(before) >= 20
    assert {table: len(rows) for table, rows in left.items()} == STAYS, left
    assert EMAIL not in str(left)
    assert "hummingbird" not in "".join(left["blog_author"])


def test_the_rows_that_others_point_at_stay_emptied():
    world = everything.world()

    erasure.erase(world.member, by=BY, at=LATER)

    member = Member.objects.get(pk=world.member.pk)
    assert (member.name, member.email, member.is_active) == (
        "Erased account",
        f"erased-{member.pk}@erased.invalid",
        False,
    )
    assert not member.has_usable_password()
    assert not member.groups.exists()
    mine = found(world.reply.thread)
    mine.refresh_from_db()
    page = Client().get(mine.post.get_absolute_url()).content.decode()
    assert "This comment was withdrawn by its author." in page
    assert "Well said." in page
    assert NAME not in page
    assert (mine.status, mine.body, mine.member_id) == ("withdrawn", "Erased.", member.pk)
    world.past.refresh_from_db()
    assert (world.past.status, world.past.member_id) == ("confirmed", member.pk)
    assert set(Comment.objects.filter(guest_name="Erased.").values_list("guest_email", "body")) == {
        ("", "Erased.")
    }


def test_bylines_of_what_was_published_stay_and_drafts_go(django_capture_on_commit_callbacks):
    world = everything.world()

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(world.member, by=BY, at=LATER)

    assert [one.shown_name for one in world.published.authors.all()] == [NAME, "Edie"]
    assert set(Post.objects.filter(published_at=None).values_list("title", flat=True)) == {"Never out"}
    assert not default_storage.exists(world.picture)


def test_who_waits_for_their_place_moves_up(django_capture_on_commit_callbacks):
    world = everything.world()

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(world.member, by=BY, at=NOW + timedelta(hours=1))

    world.waiting.refresh_from_db()
    assert world.waiting.status in (Booking.Status.BOOKED, Booking.Status.OFFERED)


def test_they_are_told_at_once_and_at_the_end_and_of_nothing_else():
    ada = make.member("Ada", email="ada@wards.example")
    mail.outbox.clear()

    erasure.ask(ada, by=ada, at=NOW)
    asked = letters.only(letters.deliver(NOW))
    erasure.erase_due(at=LATER)
    done = letters.only(letters.deliver(LATER))

    assert (asked.to, asked.subject) == (["ada@wards.example"], "Your data at Q community will be erased")
    assert "You asked us to." in asked.body
    assert (done.to, done.subject) == (["ada@wards.example"], "Your data at Q community are erased")
    assert "Ada" not in done.body
    assert not Message.objects.filter(email__contains="ada@").exists()


def test_nothing_happens_before_ten_days_and_nothing_once_it_is_taken_back():
    ada, bo = make.member("Ada"), make.member("Bo")
    erasure.ask(ada, by=ada, at=NOW)
    erasure.ask(bo, by=bo, at=NOW)

    early = erasure.erase_due(at=LATER - timedelta(seconds=1))
    erasure.take_back(bo, by=bo, at=LATER - timedelta(seconds=1))
    due = erasure.erase_due(at=LATER)

    assert (early, due) == (0, 1)
    assert [erasure.is_erased(one) for one in (ada, bo)] == [True, False]


def test_repeating_any_of_it_changes_nothing():
    ada = make.member("Ada")
    first = erasure.ask(ada, by=ada, at=NOW)

    assert erasure.ask(ada, by=ada, at=NOW + timedelta(days=1)) == first
    assert erasure.take_back(ada, by=ada, at=NOW)
    assert not erasure.take_back(ada, by=ada, at=NOW)
    assert erasure.erase(ada, by=BY, at=NOW)
    rows = Entry.objects.count()
    assert not erasure.erase(ada, by=BY, at=NOW)
    assert (Entry.objects.count(), Erasure.objects.filter(done_at=NOW).count()) == (rows, 1)


def test_it_is_all_or_nothing(monkeypatch):
    world = everything.world()
    before = everything.traces()

    def fails(person, *, by, at):
        raise DatabaseError("The disk is full.")

    last = registry.of_people()[-1]
    monkeypatch.setitem(
        registry._HOLDINGS,
        last.model,
        registry.Holding(
            last.model, last.title, last.rows, last.exported, last.unexported, registry.Deleted(act=fails)
        ),
    )
    with pytest.raises(DatabaseError):
        erasure.erase(world.member, by=BY, at=LATER)

    assert everything.traces() == before
    assert not erased_list.ErasedList().has_address(EMAIL)


def test_one_that_is_refused_or_fails_does_not_keep_the_others(caplog, monkeypatch):
    root, ada, bo = people.admin(), make.member("Ada"), make.member("Bo")
    for one in (root, bo, ada):
        Erasure.objects.create(member=one, asked_at=NOW, due_at=LATER)
    erase = erasure.erase

    def fails_for_bo(member, **how):
        if member == bo:
            raise DatabaseError("The disk is full.")
        return erase(member, **how)

    monkeypatch.setattr(erasure, "erase", fails_for_bo)

    done = erasure.erase_due(at=LATER)

    assert (done, [erasure.is_erased(one) for one in (root, ada, bo)]) == (1, [False, True, False])
    assert f"Member {bo.pk} could not be erased." in caplog.text


def test_the_last_who_may_do_everything_cannot_be_erased():
    root = people.admin()

    with pytest.raises(erasure.ErasureRefused, match="the last account that may do everything"):
        erasure.ask(root, by=root, at=NOW)

    second = make.member("Second", is_staff=True, is_superuser=True)
    assert erasure.ask(root, by=root, at=NOW).member == root
    erasure.erase_due(at=LATER)
    with pytest.raises(erasure.ErasureRefused):
        erasure.erase(second, by=BY, at=LATER)


def test_who_holds_keys_is_erased_by_themselves_or_an_admin_only():
    support, moderator = people.staff("Support"), people.staff("Moderator")

    with pytest.raises(StrongerAccount):
        erasure.ask(moderator, by=support, at=NOW)

    erasure.ask(moderator, by=people.admin(), at=NOW)
    with pytest.raises(StrongerAccount):
        erasure.take_back(moderator, by=support, at=NOW)
    assert erasure.take_back(moderator, by=moderator, at=NOW)


def test_they_are_logged_out_everywhere_and_nobody_else():
    ada, bo = make.member("Ada"), make.member("Bo")
    hers, his = people.reader(ada), people.reader(bo)

    erasure.erase(ada, by=BY, at=NOW)

    page = "/members/my-data/"
    assert [one.get(page).status_code for one in (hers, his)] == [302, 200]
    assert list(Session.objects.values_list("pk", flat=True)) == [his.session.session_key]


def test_their_file_goes_with_them(django_capture_on_commit_callbacks):
    ada = make.member("Ada")
    export.ask(ada, by=ada, at=NOW)
    export.make_due(clock=lambda: NOW)
    file = DataExport.objects.get().file

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(ada, by=BY, at=NOW)

    assert not DataExport.objects.exists()
    assert not export._storage().exists(file)


def test_an_address_that_nobody_has_confirmed_says_nothing_about_others_rows():
    comment = make.comment(make.post(), guest_name="Zoe", guest_email="zoe@wards.example")
    impostor = Member.objects.create_user("zoe@wards.example", name="Not Zoe")
    EmailAddress.objects.create(user=impostor, email=impostor.email, verified=False, primary=True)

    erasure.erase(impostor, by=BY, at=NOW)

    comment.refresh_from_db()
    assert (comment.guest_name, comment.guest_email) == ("Zoe", "zoe@wards.example")
    assert not erased_list.ErasedList().has_address("zoe@wards.example")
    assert letters.deliver(NOW) == []


def test_who_was_erased_may_come_back_with_a_new_account():
    ada = make.member("Ada", email="ada@wards.example")
    erasure.erase(ada, by=BY, at=NOW)
    client = Client()

    client.post(
        "/accounts/signup/", {"name": "Ada", "email": "ada@wards.example", "password1": everything.PASSWORD}
    )

    assert Member.objects.filter(email="ada@wards.example").exclude(pk=ada.pk).exists()


def test_what_came_after_an_erasure_goes_within_the_hour_and_nobody_is_told_twice():
    ada = make.member("Ada", email="ada@wards.example")
    erasure.erase(ada, by=BY, at=NOW)
    comment = make.comment(make.post(), ada, body="I am Ada.")
    coming = make.registration(make.event(), ada)
    Member.objects.filter(pk=ada.pk).update(name="Ada")

    later = NOW + timedelta(hours=1)
    done = erasure.erase_stragglers(at=later)
    told = letters.deliver(later)

    for one in (comment, coming, ada):
        one.refresh_from_db()
    assert (done, comment.body, coming.status, ada.name) == (1, "Erased.", "cancelled", "Erased account")
    assert [one.subject for one in told] == ["Your data at Q community are erased"]
    assert erasure.erase_stragglers(at=NOW + erasure.STRAGGLING) == 0


def test_what_the_admin_logged_of_them_goes_and_of_others_rows_with_their_number_stays():
    ada, root = make.member("Ada", email="ada@wards.example"), people.admin()
    rows = {"theirs": (Member, "Ada"), "list": (ListedAddress, "Bo"), "address": (EmailAddress, ada.email)}
    for model, name in rows.values():
        LogEntry.objects.create(
            user=root,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(ada.pk),
            object_repr=name,
            action_flag=CHANGE,
        )

    erasure.erase(ada, by=BY, at=NOW)

    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == ["Bo"]


def test_who_asked_themselves_is_told_when_the_team_takes_it_back():
    ada = make.member("Ada", email="ada@wards.example")
    erasure.ask(ada, by=ada, at=NOW)
    letters.deliver(NOW)

    taken = erasure.take_back(ada, by=people.admin(), at=NOW)

    told = letters.only(letters.deliver(NOW))
    assert (taken, told.to, told.subject) == (
        True,
        ["ada@wards.example"],
        "Your data at Q community will not be erased",
    )


def test_what_they_wrote_to_an_author_and_still_waits_is_not_sent():
    ada, edie = make.member("Ada", email="ada@wards.example"), make.member("Edie")
    post = make.post(authors=[edie])
    for name, email in (("Ada", "ada@wards.example"), ("Bo", "noada@wards.example")):
        sender = contact.Sender(name, email, is_member=True)
        at = NOW + timedelta(seconds=len(name))
        contact.write_to_authors(post, "Hello.", sender=sender, by=BY, at=at)

    erasure.erase(ada, by=BY, at=NOW)

    left = Message.objects.filter(kind="contact-author").exclude(secret=None)
    assert [one.secret["email"] for one in left if one.secret] == ["noada@wards.example"]


def test_what_stands_under_their_former_address_goes_too():
    ada = make.member("Ada", email="ada@wards.example")
    ListedAddress.objects.create(email="Ada@wards.example", name="Ada")
    addresses.correct(ada, "ada@home.example", by=people.admin(), at=NOW)
    letters.deliver(NOW)

    erasure.erase(Member.objects.get(pk=ada.pk), by=BY, at=NOW)

    assert not ListedAddress.objects.exists()
    assert not Message.objects.filter(email__icontains="ada@").exclude(kind="erased").exists()


def test_what_is_slow_to_find_is_found_before_places_are_locked():
    world = everything.world()

    with CaptureQueriesContext(connection) as asked:
        erasure.erase(world.member, by=BY, at=NOW + timedelta(hours=1))

    said = [one["sql"] for one in asked.captured_queries]
    places = [n for n, sql in enumerate(said) if "places" in sql and "FOR NO KEY UPDATE" in sql]
    slow = [
        n for n, sql in enumerate(said) if 'FROM "django_session"' in sql or " ~ " in sql or " ~* " in sql
    ]
    assert slow
    assert max(slow) < min(places)


def test_who_cannot_log_in_is_told_to_answer_rather_than_to_press():
    ada = make.member("Ada", is_active=False)

    erasure.ask(ada, by=people.admin(), at=NOW)

    told = letters.only(letters.deliver(NOW)).body
    assert "Your account is closed" in told
    assert "press" not in told
    assert "/members/my-data/" not in told
