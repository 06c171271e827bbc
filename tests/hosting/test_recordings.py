"""A host says whether recordings of their session are shown, and may change their mind."""

import pytest

from hosting.models import Deputy
from recordings.models import Consent, Recording
from tests import make
from tests.contracts import people
from tests.recordings.conftest import published, recorded  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db
PAGE = "/events/2026/hosting/sessions/flow/recording/"


@pytest.fixture
def hana(published, time_machine):  # noqa: F811  # the fixture
    time_machine.move_to(make.NOW)
    make.invited(published.hana, published.event)
    return people.reader(published.hana.member)


def is_shown(published):  # noqa: F811
    return Recording.objects.shown(make.NOW).exists()


def test_whoever_does_not_agree_any_more_takes_it_off_and_puts_it_back(hana, published):  # noqa: F811
    assert "You have agreed." in hana.get(PAGE).content.decode()

    hana.post(PAGE, {"agrees": "no"})
    assert not is_shown(published)
    assert "You have not agreed." in hana.get(PAGE).content.decode()

    hana.post(PAGE, {"agrees": "yes"})
    assert is_shown(published)


def test_pressing_nothing_answers_nothing(hana, published):  # noqa: F811
    Consent.objects.update(answer="asked", answered_at=None)

    hana.post(PAGE, {"agrees": "perhaps"})

    assert Consent.objects.get().answer == "asked"


def test_a_deputy_answers_for_nobody(hana, published):  # noqa: F811
    link = published.session.session_contributors.get()
    dee = make.member("Dee")
    record = make.host(make.session(published.event), "Dee", member=dee)
    Deputy.objects.create(of=link, contributor=record, name="Dee", named_at=make.NOW)
    deputy = people.reader(dee)

    answer = deputy.post(PAGE, {"agrees": "no"})

    assert "answers this themselves" in answer.content.decode()
    assert Consent.objects.get().answer == "agreed"


def test_somebody_else_comes_to_the_entrance(hana, published):  # noqa: F811
    assert people.reader(published.ada).post(PAGE, {"agrees": "no"}).status_code == 302
    assert Consent.objects.get().answer == "agreed"
