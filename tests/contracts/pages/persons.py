"""States of finding a person, and of the page of one."""

from events.models import AccessNeeds, Registration
from members.models import ListedAddress, Member
from tests import make
from tests.contracts.pages.catalogue import Site
from tests.contracts.shapes import LONG_WORD

HELPER, ADA = "support", "registered and booked"
PEOPLE = "/team/people/"


def nobody_is_found(site: Site) -> None:
    site.look("team:people", "nobody found", HELPER, f"{PEOPLE}?q=nobody-at-all")


def many_are_found(site: Site) -> None:
    for number in range(31):
        make.member(f"Kin {number}", organisation=LONG_WORD, membership=list(Member.Membership)[number % 4])
    ListedAddress.objects.create(email=f"{LONG_WORD}@list.example", name="Kin Listed", organisation=LONG_WORD)
    site.look("team:people", "many found", HELPER, f"{PEOPLE}?q=kin")
    site.look("team:people", "many found, on", HELPER, f"{PEOPLE}?q=kin&page=2")
    site.look("team:people", "only listed", HELPER, f"{PEOPLE}?q=listed+kin")


def somebody_who_did_nothing_yet(site: Site) -> None:
    nia = Member.objects.create_user("nia@new.example", name=LONG_WORD, introduction=f"By {LONG_WORD}.")
    site.look("team:person", "nothing yet", HELPER, f"{PEOPLE}{nia.pk}/")


def somebody_with_needs_who_waits(site: Site) -> None:
    registration = Registration.objects.get(member=site.member(ADA), event__slug="2026")
    AccessNeeds.objects.create(registration=registration, needs="Captions")
    site.look("team:person", "with needs", HELPER, f"{PEOPLE}{registration.member_id}/")


STATES = (nobody_is_found, many_are_found, somebody_who_did_nothing_yet, somebody_with_needs_who_waits)
