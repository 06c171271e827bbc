"""States of finding a person, and of the page of one."""

from events.models import Event, Registration, Session
from members import membership
from members.merging import proof
from members.models import ListedAddress, Member
from notifications import outbox
from notifications.models import Message
from team.people import calls, notes
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.scenes import helping
from tests.contracts.shapes import LONG_WORD
from tests.workshops.places.state import contested
from workshops.places import booking, choices

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
    make.needs(registration, "Captions")
    site.look("team:person", "with needs", HELPER, f"{PEOPLE}{registration.member_id}/")


def everybody_who_is_helped(site: Site) -> None:
    """Pages of people with something under way, and what they lead to."""
    event, sam = Event.objects.get(slug="2026"), site.member(HELPER)
    offered, waits = helping.somebody_with_an_offer(event), helping.somebody_who_waits_with_a_choice(event)
    approved = make.member("Nora New", membership="waiting")
    membership.approve(approved, by=sam, at=make.NOW)
    note = notes.leave(offered, f"Rang.\n{LONG_WORD}", by=sam, at=make.NOW)
    outbox.enqueue("membership-approved", at=make.NOW, key="failed", member=offered)
    Message.objects.filter(key="failed").update(state="failed", subject=LONG_WORD, last_error=LONG_WORD)
    for state, one in (("with an offer", offered), ("waits, with a choice", waits), ("approved", approved)):
        site.look("team:person", state, HELPER, f"{PEOPLE}{one.pk}/")
    for one in (offered, waits):
        site.look("team:person_sessions", "", HELPER, f"{PEOPLE}{one.pk}/programme/2026/")
    nothing = f"{PEOPLE}{offered.pk}/programme/2026/?q=zebra"
    site.look("team:person_sessions", "nothing found", HELPER, nothing)
    held, other = (Session.objects.get(slug=slug).pk for slug in ("held", "swap-to"))
    path = f"{PEOPLE}{offered.pk}/sessions"
    site.look("team:person_accept", "", HELPER, f"{path}/{held}/accept/")
    site.look("team:person_decline", "", HELPER, f"{path}/{held}/decline/")
    site.look("team:person_swap", "", HELPER, f"{path}/{other}/swap/")
    site.look("team:person_note_out", "", HELPER, f"{PEOPLE}{offered.pk}/note/{note.pk}/take-out/")
    with calls.call(waits, by=sam, at=make.NOW):
        another = make.workshop(event, title=LONG_WORD, hour=23)
        choices.choose(another, waits.registrations.get(), by=sam, at=make.NOW)
    site.look("team:person", "a letter waits", HELPER, f"{PEOPLE}{waits.pk}/")
    site.look("team:person_call", "", HELPER, f"{PEOPLE}{waits.pk}/call/")
    failed = Message.objects.get(key="failed").pk
    site.look("team:person_letter", "failed", HELPER, f"{PEOPLE}{offered.pk}/emails/{failed}/")


def somebody_is_to_decide(site: Site) -> None:
    """A place of theirs is in a session that moved: on their page, the session's, and in the admin."""
    event = Event.objects.get(slug="2026")
    mo = make.registration(event, make.member(f"Mo {LONG_WORD}"))
    moved, stays = contested(mo, hour=20, slug="moved", title=f"Moved {LONG_WORD}")
    person = f"{PEOPLE}{mo.member_id}/"
    site.look("team:person", "to decide", HELPER, person)
    for one, which in ((moved, "the one that moved"), (stays, "the one that did not")):
        site.look("team:person_decide", which, HELPER, f"{person}sessions/{one.session_id}/decide/")
    site.look("team:session", "to decide", HELPER, "/team/events/2026/sessions/moved/")
    record = f"/admin/events/session/{moved.session_id}/change/"
    site.look("admin:events_session_change", "to decide", ADMIN, record)


def two_accounts(site: Site) -> None:
    """Somebody with another account: found, looked at, with codes, and refused."""
    ada, sam = site.member(ADA), site.member(HELPER)
    twin = make.member(ada.name, organisation=LONG_WORD, email="twin@x.example")
    session = make.workshop(Event.objects.get(slug="2026"), title=LONG_WORD, hour=19)
    booking.book(session, make.registration(session.event, twin), by=sam, at=make.NOW)
    path = f"{PEOPLE}{ada.pk}/merge/"
    site.look("team:person_merge", "with one of the same name", HELPER, path)
    site.look("team:person_merge", "found", HELPER, f"{path}?q=twin")
    site.look("team:person_merge", "nobody found", HELPER, f"{path}?q=zebra")
    site.look("team:person_merge_with", "before the codes", HELPER, f"{path}{twin.pk}/")
    site.look("team:person_merge_with", "a colleague", HELPER, f"{path}{sam.pk}/")
    proof.ask(ada, twin, by=sam, at=make.NOW)
    client = site.client(HELPER)
    site.look("team:person_merge_with", "with codes", HELPER, f"{path}{twin.pk}/", client=client)
    path = f"{path}{twin.pk}/"
    site.keep(client.post(path), "team:person_merge_with", "refused", HELPER, path)


def a_caller_is_registered(site: Site) -> None:
    Event.objects.filter(slug="2026").update(code_of_conduct=f"Be {LONG_WORD}.")
    path = f"{PEOPLE}{site.member('not registered').pk}/register/2026/"
    client = site.client(HELPER)
    site.look("team:person_register", "with a code of conduct", HELPER, path, client=client)
    site.keep(client.post(path), "team:person_register", "refused", HELPER, path)
    needs = f"{PEOPLE}{site.member(ADA).pk}/needs/2026/"
    site.look("team:person_needs", "of somebody registered", HELPER, needs, client=client)
    site.keep(client.post(needs, {"needs": LONG_WORD}), "team:person_needs", "refused", HELPER, needs)


STATES = (
    nobody_is_found,
    many_are_found,
    somebody_who_did_nothing_yet,
    somebody_with_needs_who_waits,
    everybody_who_is_helped,
    somebody_is_to_decide,
    two_accounts,
    a_caller_is_registered,
)
