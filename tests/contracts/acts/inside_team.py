"""How the acts of the team among itself are played."""

from audit.acts import Act
from events import needs_by_telephone
from events.models import Registration
from members.models import Member
from team import taking
from team.people import by_telephone, calls, notes
from tests import make
from tests.contracts import people
from tests.contracts.acts.playing import Played, plays
from tests.make import NOW
from workshops.places import booking

MEMBER = Member._meta.label_lower


@plays(Act.TAKEN_ON, taking.take)
def taking_a_thing() -> Played:
    winnie, mo = make.member("Winnie", membership="waiting"), people.staff("Support")
    return Played(lambda: taking.take(MEMBER, winnie.pk, by=mo, at=NOW), lambda: winnie, mo, winnie.pk)


@plays(Act.GIVEN_BACK, taking.give_back)
def giving_a_thing_back() -> Played:
    winnie, mo = make.member("Winnie", membership="waiting"), people.staff("Support")
    taking.take(MEMBER, winnie.pk, by=mo, at=NOW)
    return Played(lambda: taking.give_back(MEMBER, winnie.pk, by=mo, at=NOW), lambda: winnie, mo, winnie.pk)


@plays(Act.NOTE_LEFT, notes.leave)
def leaving_a_note() -> Played:
    ada, mo = make.member(), people.staff("Support")
    return Played(lambda: notes.leave(ada, "Rang.", by=mo, at=NOW), lambda: ada, mo, ada.pk)


@plays(Act.CALL_ENDED, calls.end)
def ending_a_call() -> Played:
    ada, mo, event = make.member(), people.staff("Support"), make.event()
    registration, session = make.registration(event, ada), make.workshop(event)
    with calls.call(ada, by=mo, at=NOW):
        booking.book(session, registration, by=mo, at=NOW)
    return Played(lambda: calls.end(ada, by=mo, at=NOW), lambda: ada, mo, ada.pk)


@plays(Act.NOTE_TAKEN_OUT, notes.take_out)
def taking_a_note_out() -> Played:
    ada, mo = make.member(), people.staff("Support")
    note = notes.leave(ada, "Rang.", by=mo, at=NOW)
    return Played(lambda: notes.take_out(note.pk, ada, by=mo, at=NOW), lambda: ada, mo, ada.pk)


@plays(Act.NEEDS_BY_TELEPHONE, needs_by_telephone.write_down, needs_by_telephone.record)
def writing_down_what_a_caller_needs() -> Played:
    ada, mo = make.registration(make.event(), make.member("Ada")), people.staff("Support")
    return Played(
        lambda: needs_by_telephone.write_down(ada, by=mo, at=NOW, consents=True, needs="A chair"),
        lambda: ada,
        mo,
        ada.member_id,
    )


@plays(Act.CONDUCT_BY_TELEPHONE, by_telephone.register)
def registering_who_rings() -> Played:
    ada, mo, event = make.member(), people.staff("Support"), make.event(code_of_conduct="Be kind.")
    return Played(
        lambda: by_telephone.register(event, ada, by=mo, at=NOW, heard_conduct=True),
        lambda: Registration.objects.get(member=ada),
        mo,
        ada.pk,
    )
