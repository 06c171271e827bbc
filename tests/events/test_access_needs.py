"""What somebody needs to take part: kept with the registration, changed, forgotten."""

import pytest

from events import access_needs
from events import registration as registering
from events.models import AccessNeeds
from events.registration import RegistrationNotOpen
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db


def told() -> tuple[str, bool]:
    """What the one who told something needs, and whether hosts may know all of it."""
    one = AccessNeeds.objects.get()
    return one.needs, one.is_shared_with_hosts


def test_access_needs_are_kept_changed_and_forgotten():
    event = make.event()
    ada = make.member("Ada")

    registering.register(event, ada, by=BY, at=NOW, needs=" A loop. ", share_with_hosts=True)
    kept = told()
    made = registering.register(event, ada, by=BY, at=NOW)
    after_a_second_press = told()
    access_needs.save(made, needs="Captions.", share_with_hosts=False, by=BY, at=NOW)
    changed = told()
    access_needs.save(made, needs="  ", share_with_hosts=True, by=BY, at=NOW)

    assert (kept, after_a_second_press) == (("A loop.", True), ("A loop.", True))
    assert changed == ("Captions.", False)
    assert not AccessNeeds.objects.exists()


def test_hosts_are_shown_nothing_unless_they_said_so():
    registering.register(make.event(), make.member("Ada"), by=BY, at=NOW, needs="A loop.")

    assert not AccessNeeds.objects.get().is_shared_with_hosts


def test_a_refused_registration_keeps_no_access_needs():
    event = make.event(status="draft")

    with pytest.raises(RegistrationNotOpen):
        registering.register(event, make.member("Ada"), by=BY, at=NOW, needs="A loop.")

    assert not AccessNeeds.objects.exists()
