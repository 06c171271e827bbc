"""What somebody needs to take part: kept with the registration, changed, forgotten."""

import pytest

from events import access_needs
from events import registration as registering
from events.models import AccessNeeds
from events.registration import RegistrationNotOpen
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db


def test_access_needs_are_kept_changed_and_forgotten():
    event = make.event()
    ada = make.member("Ada")

    registering.register(event, ada, by=BY, at=NOW, needs=" A loop. ", share_with_hosts=True)
    kept = AccessNeeds.objects.get()
    made = registering.register(event, ada, by=BY, at=NOW)
    after_a_second_press = AccessNeeds.objects.get()
    access_needs.save(made, needs="Captions.", share_with_hosts=False, by=BY, at=NOW)
    changed = AccessNeeds.objects.get()
    access_needs.save(made, needs="  ", share_with_hosts=True, by=BY, at=NOW)

    assert (kept.needs, kept.is_shared_with_hosts) == ("A loop.", True)
    assert after_a_second_press.needs == "A loop."
    assert (changed.needs, changed.is_shared_with_hosts) == ("Captions.", False)
    assert not AccessNeeds.objects.exists()


def test_hosts_are_shown_nothing_unless_they_said_so():
    registering.register(make.event(), make.member("Ada"), by=BY, at=NOW, needs="A loop.")

    assert not AccessNeeds.objects.get().is_shared_with_hosts


def test_a_refused_registration_keeps_no_access_needs():
    event = make.event(status="draft")

    with pytest.raises(RegistrationNotOpen):
        registering.register(event, make.member("Ada"), by=BY, at=NOW, needs="A loop.")

    assert not AccessNeeds.objects.exists()
