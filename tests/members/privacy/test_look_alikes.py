"""Nobody gets, or erases, what stands under an address that only looks like theirs."""

import pytest

from events.models import Contributor
from members.models import ListedAddress
from members.privacy import persons
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

HANA, LOOKS_LIKE_IT = "hana@hospital.example", "hana@hospıtal.example"


@pytest.mark.parametrize("model", [Contributor, ListedAddress])
def test_what_stands_under_an_address_is_of_whoever_has_it_letter_by_letter(model):
    row = model.objects.create(name="Hana", email=HANA)
    hana, another = make.member("Hana", email=HANA), make.member("Mallory", email=LOOKS_LIKE_IT)

    def theirs(member):
        return list(model.objects.filter(persons.person_of(member).has("email")))

    assert (theirs(hana), theirs(another)) == ([row], [])


def test_capitals_make_no_other_address():
    row = Contributor.objects.create(name="Hana", email=HANA.capitalize())
    hana = make.member("Hana", email=HANA)

    assert list(Contributor.objects.filter(persons.person_of(hana).has("email"))) == [row]
