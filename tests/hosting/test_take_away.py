"""A host writes what to take away of their session; the team reads it, then everybody; nobody else writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hosting import agreeing, taking_away
from hosting.access import NotTheirs, Reader
from hosting.people import NotAgreed
from recordings import taking_away as rules
from recordings.models import TakeAway
from tests import make
from tests.contracts import people
from tests.found import found
from tests.hosting.conftest import entered
from tests.make import NOW
from tests.recordings.test_taking_away import TEXTS

pytestmark = pytest.mark.django_db
LATER = timedelta(days=30)
HANA = Reader(address="hana@hosts.example")


@pytest.fixture
def afterwards(hosted, time_machine):
    """The session of these tests, an hour after its end."""
    at = hosted.session.ends_at + timedelta(hours=1)
    time_machine.move_to(at, tick=False)
    return hosted


def typed(client: Client, page: str) -> dict[str, Any]:
    """What a host sends who has opened the form."""
    return TEXTS | {"seen": client.get(page).context["form"].initial["seen"]}


def press(client: Client, page: str, act: str) -> Any:
    """Press a button of the page as it is now."""
    seen = client.get(page).context["there"].seen
    return client.post(f"{page}{act}/", {"seen": seen}, follow=True)


def test_a_stale_press_of_a_host_is_refused_in_words_and_deletes_nothing(afterwards):
    hana, page = entered(afterwards), f"{afterwards.page}take-away/"
    hana.post(page, typed(hana, page))

    answer = hana.post(f"{page}take-back/", {"seen": "old"}, follow=True)

    assert "Somebody has changed it since you opened it" in answer.text
    assert TakeAway.objects.exists()


def test_the_team_reads_that_a_host_took_it_down_and_is_not_offered_to_publish_it(afterwards):
    hana, page = entered(afterwards), f"{afterwards.page}take-away/"
    hana.post(page, typed(hana, page))
    rules.publish(
        afterwards.session, seen=rules.of(afterwards.session).seen, by=make.member("Sam"), at=NOW + LATER
    )
    press(hana, page, "take-down")

    tess = people.reader(people.staff("Event admin"))
    said = tess.get(f"/team/events/{afterwards.event.slug}/sessions/huddle/take-away/").text

    assert "A host took it down" in said
    assert "Publish it" not in said


def test_what_a_host_writes_is_read_by_everybody_once_the_team_has_published_it(afterwards):
    hana, page, public = entered(afterwards), f"{afterwards.page}take-away/", Client()
    path = f"{afterwards.session.get_absolute_url()}take-away/"
    answer = hana.post(page, typed(hana, page), follow=True)
    assert "Waiting for the team" in answer.text
    assert public.get(path).status_code == 404

    team = f"/team/events/{afterwards.event.slug}/sessions/huddle/take-away/"
    tess = people.reader(people.staff("Event admin"))
    seen = tess.get(team).context["there"].seen
    assert (
        "Published: everybody can read it." in tess.post(f"{team}publish/", {"seen": seen}, follow=True).text
    )

    said = public.get(path).text
    parts = [
        "Letters went out late.",
        "About 1 minute to read",
        "<li>Count one thing</li>",
        "hana@hosts.example",
    ]
    assert all(one in said for one in [*parts, 'href="https://example.org/sheet"', 'property="og:title"'])
    assert path in public.get(afterwards.session.get_absolute_url()).text


def test_a_stale_save_keeps_what_was_typed_beside_what_is_there(afterwards):
    hana, page = entered(afterwards), f"{afterwards.page}take-away/"
    stale = typed(hana, page)
    hana.post(page, stale | {"problem": "First."})

    answer = hana.post(page, stale | {"problem": "Second."})

    assert "Somebody has changed it since you opened it" in answer.text
    assert answer.context["now"] == {"The problem": "First."}
    assert "Second." in answer.text
    again = answer.context["form"].data.dict()
    assert "Saved." in hana.post(page, again, follow=True).text


def test_too_many_words_are_counted_for_the_host_and_nothing_is_lost(afterwards):
    hana, page = entered(afterwards), f"{afterwards.page}take-away/"

    answer = hana.post(page, typed(hana, page) | {"done": "word " * 900})

    assert "These are 910 words." in answer.text
    assert not TakeAway.objects.exists()
    assert "word word" in answer.text


def test_only_a_host_who_has_agreed_or_their_deputy_writes(afterwards):
    at = afterwards.session.ends_at
    empty = rules.of(afterwards.session).seen
    with pytest.raises(NotAgreed):
        taking_away.write(afterwards.session, HANA, TEXTS, seen=empty, at=at)
    with pytest.raises(NotTheirs):
        taking_away.write(afterwards.session, Reader(make.member("Mal")), TEXTS, seen=empty, at=at)
    agreeing.agree(afterwards.event, HANA, at=at)

    told = found(taking_away.write(afterwards.session, HANA, TEXTS, seen=empty, at=at))

    assert told.host == afterwards.hana


@pytest.mark.parametrize("act", [taking_away.take_back, taking_away.take_down])
def test_a_stranger_deletes_and_takes_down_nothing(act, afterwards):
    with pytest.raises(NotTheirs):
        act(afterwards.session, Reader(make.member("Mal")), seen="", at=NOW)


def test_a_host_takes_down_what_is_published_and_deletes_what_waits(afterwards):
    hana, page = entered(afterwards), f"{afterwards.page}take-away/"
    hana.post(page, typed(hana, page))
    rules.publish(
        afterwards.session,
        seen=rules.of(afterwards.session).seen,
        by=make.member("Sam"),
        at=afterwards.session.ends_at,
    )

    assert "nobody can read it now" in press(hana, page, "take-down").text
    assert not TakeAway.objects.shown().exists()

    assert "What waited is deleted." in press(hana, page, "take-back").text
    assert not TakeAway.objects.exists()


def test_before_the_session_the_page_says_when_it_is_written(hosted, time_machine):
    time_machine.move_to(hosted.session.starts_at - timedelta(hours=1), tick=False)
    hana = entered(hosted)

    assert "once the session has begun" in hana.get(f"{hosted.page}take-away/").text


def test_what_the_team_asks_for_stands_on_the_hosts_page(afterwards):
    hana, page = entered(afterwards), f"{afterwards.page}take-away/"
    hana.post(page, typed(hana, page))
    team = f"/team/events/{afterwards.event.slug}/sessions/huddle/take-away/"
    tess = people.reader(people.staff("Event admin"))
    seen = tess.get(team).context["there"].seen

    assert "Say what the hosts should change" in tess.post(f"{team}leave/", {"seen": seen}).text
    tess.post(f"{team}leave/", {"seen": seen, "answer": "Name no ward."})

    assert "Name no ward." in hana.get(page).text


def test_the_team_writes_it_and_takes_it_down(afterwards):
    team = f"/team/events/{afterwards.event.slug}/sessions/huddle/take-away/"
    tess = people.reader(people.staff("Event admin"))
    said = tess.post(f"{team}write/", typed(tess, f"{team}write/"), follow=True).text
    assert "The team wrote" in " ".join(said.split())
    stale = "Somebody has changed it since you opened it"
    assert stale in tess.post(f"{team}publish/", {"seen": "old"}, follow=True).text
    tess.post(f"{team}publish/", {"seen": rules.of(afterwards.session).seen})
    assert TakeAway.objects.shown().get().host is None

    assert "Taken down" in press(tess, team, "take-down").text
    assert not TakeAway.objects.shown().exists()
