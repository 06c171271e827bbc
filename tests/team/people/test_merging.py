"""Two accounts of a caller on the team's pages: hinted at, found, said before, proven, done."""

from datetime import timedelta

import pytest
import time_machine

from comments.models import Comment
from concerns.models import Removal
from events.models import Event
from members.merging import proof
from members.models import AccountMerge, Member
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from tests.members.merging.bringing import bring_together, codes
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def kept() -> Member:
    return make.member("Ada Byron", email="ada@home.example", organisation="Ward  7")


@pytest.fixture
def ended() -> Member:
    return make.member("Byron, Ada", email="ada@work.example", organisation="ward 7")


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Q 2026")


def page(client, path) -> str:
    return flat(client.get(f"/team/people/{path}", follow=True).text)


def press(client, path, **posted) -> str:
    return flat(client.post(f"/team/people/{path}", posted, follow=True).text)


def seen(client, kept, ended) -> str:
    return str(client.get(f"/team/people/{kept.pk}/merge/{ended.pk}/").context["seen"])


def test_the_page_of_a_person_hints_at_accounts_of_the_same_name(desk, kept, ended):
    make.member("Ada Byron-Smith")
    make.member("Ada Byron", is_active=False)

    shown = page(desk, f"{kept.pk}/")

    assert "Of the same name: ada@work.example, same organisation" in shown
    assert "Of the same name" not in page(desk, f"{make.member('Cy').pk}/")


def test_of_a_closed_account_the_page_leads_to_its_record_where_it_is_opened_again(desk, kept):
    closed = make.member("Byron, Ada", is_active=False)

    shown = desk.get(f"/team/people/{kept.pk}/merge/{closed.pk}/").text

    assert "is closed. If it is the caller’s, a superuser opens it again first" in flat(shown)
    assert f'href="/admin/members/member/{closed.pk}/change/"' in shown


def test_the_other_account_is_found_by_any_part_and_never_is_the_same_one(desk, kept, ended):
    shown = page(desk, f"{kept.pk}/merge/?q=ada@")
    nobody = page(desk, f"{kept.pk}/merge/?q=zebra")

    assert f"/team/people/{kept.pk}/merge/{ended.pk}/" in shown
    assert f"/merge/{kept.pk}/" not in shown
    assert "Nobody else is found." in nobody


def test_the_caller_reads_out_two_codes_and_it_is_one_account(desk, kept, ended, event):
    session = make.workshop(event, title="Rota")
    booking.book(session, make.registration(event, ended), by=BY, at=NOW)
    path = f"{kept.pk}/merge/{ended.pk}/"

    before = page(desk, path)
    mailed = press(desk, f"{path}codes/")
    first, second = codes(kept, ended)
    done = press(desk, path, kept_code=first, ended_code=second, seen=seen(desk, kept, ended))
    again = press(desk, path, kept_code=first, ended_code=second, seen="")

    assert "Booked with ada@work.example: stays." in before
    assert "Bring them together" not in before
    assert "A code is on its way to ada@home.example, and another to ada@work.example." in mailed
    assert "They are one account now: ada@home.example. We are emailing both addresses." in done
    assert "They are one account." in again
    assert "Rota" in page(desk, f"{kept.pk}/?event=2026")


def test_an_old_link_leads_to_the_account_that_stays_and_nobody_finds_the_other(desk, kept, ended):
    proof.ask(kept, ended, by=people.staff("Event admin"), at=NOW)
    first, second = codes(kept, ended)
    path = f"{kept.pk}/merge/{ended.pk}/"
    press(desk, path, kept_code=first, ended_code=second, seen=seen(desk, kept, ended))

    assert desk.get(f"/team/people/{ended.pk}/").url == f"/team/people/{kept.pk}/"
    assert "Account brought together" not in page(desk, "?q=account+brought")


def test_what_is_wrong_is_said_and_nothing_is_done(desk, kept, ended, event):
    path = f"{kept.pk}/merge/{ended.pk}/"
    press(desk, f"{path}codes/")
    first, second = codes(kept, ended)
    shown = seen(desk, kept, ended)

    empty = press(desk, path, seen=shown)
    wrong = press(desk, path, kept_code=second, ended_code=first, seen=shown)
    make.registration(event, ended)
    stale = press(desk, path, kept_code=first, ended_code=second, seen=shown)

    assert empty.count("Enter this code too") >= 2
    assert "These are not the codes from the two emails." in wrong
    assert "Something has changed since your page was loaded." in stale
    assert "Registration: Q 2026" in stale
    assert not AccountMerge.objects.filter(done_at__isnull=False).exists()


def test_accounts_that_are_never_brought_together_say_why(desk, kept):
    colleague = people.staff("Moderator")

    shown = page(desk, f"{kept.pk}/merge/{colleague.pk}/")
    said = press(desk, f"{kept.pk}/merge/{colleague.pk}/codes/")

    assert "has a role in the team" in shown
    assert "Mail the codes" not in shown
    assert "Nothing is mailed." in said
    assert not AccountMerge.objects.exists()


def test_whoever_gave_the_second_step_long_ago_gives_it_once_more_before_it_is_done(desk, kept, ended):
    path = f"{kept.pk}/merge/{ended.pk}/"
    press(desk, f"{path}codes/")
    first, second = codes(kept, ended)
    shown = seen(desk, kept, ended)

    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        answer = desk.post(f"/team/people/{path}", {"kept_code": first, "ended_code": second, "seen": shown})

    assert answer.status_code == 302
    assert "/accounts/" in answer.url
    assert Member.objects.get(pk=ended.pk).is_active


def test_the_comments_of_a_person_are_found_by_who_they_are(admin, kept):
    make.comment(post := make.post(), kept, body="Mine.")
    make.comment(post, make.member("Ada Byron"), body="Of a namesake.")

    shown = flat(admin.get(f"/admin/comments/comment/?member={kept.pk}").text)
    nonsense = admin.get("/admin/comments/comment/?member=x")

    assert f"?member={kept.pk}" in admin.get(f"/team/people/{kept.pk}/").text
    assert ("Mine." in shown, "Of a namesake." in shown) == (True, False)
    assert nonsense.status_code in (200, 302)
    assert Comment.objects.count() == 2


def test_after_a_note_the_event_is_still_the_one_that_was_chosen(desk, kept, event):
    make.registration(make.event(slug="2027"), kept)
    shown = desk.get(f"/team/people/{kept.pk}/?event=2026").text

    answer = desk.post(f"/team/people/{kept.pk}/note/?event=2026", {"text": "Rang."})

    assert f"/team/people/{kept.pk}/note/?event=2026" in shown
    assert answer.url == f"/team/people/{kept.pk}/?event=2026#notes"


def test_who_took_the_other_account_out_of_an_event_reads_which_one_to_keep(desk, kept, ended, event):
    Removal.objects.create(event=event, member=ended, reason="Why", removed_by=kept, removed_at=NOW)
    path, sentence = (
        f"{kept.pk}/merge/{ended.pk}/",
        "nobody takes themselves out. Keep ada@work.example instead.",
    )

    assert sentence in page(desk, path)
    assert "Nothing is mailed. With ada@home.example they took" in press(desk, f"{path}codes/")
    assert not AccountMerge.objects.exists()


def test_of_who_took_another_account_out_of_an_event_that_one_stays_and_is_out(desk, kept, ended, event):
    Removal.objects.create(event=event, member=ended, reason="Why", removed_by=kept, removed_at=NOW)

    bring_together(ended, kept, by=make.member("Tess"))

    assert Removal.objects.get().member == ended
