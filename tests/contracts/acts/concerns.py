"""How the acts about concerns are played."""

from audit.actors import VISITOR
from audit.acts import Act
from concerns import handling, merging, readers, removal, reporting
from concerns.models import Concern, Removal
from events.models import Event
from members.models import Member
from tests import make
from tests.concerns import reports
from tests.contracts import people
from tests.contracts.acts.people import sam
from tests.contracts.acts.playing import Played, plays
from tests.make import NOW


def told() -> tuple[Concern, Member]:
    """Something that somebody reported, and who reads it."""
    event = make.event()
    rita, _sam = reports.named(event)
    return reports.reported(event, reporter=make.member("Ada")), rita


@plays(Act.CONCERN_READERS_NAMED, readers.set_up)
def naming_who_reads() -> Played:
    by, event = sam(), make.event()
    two = [make.member(name, is_staff=True) for name in ("Rita", "Tim")]
    return Played(lambda: readers.set_up(event, two, by=by, at=NOW), lambda: Event.objects.get(), by)


@plays(Act.CONCERN_REPORTED)
def reporting_something() -> Played:
    event = make.event()
    reports.named(event)
    return Played(
        lambda: reports.reported(event, reporter=make.member("Ada")), lambda: Concern.objects.get(), VISITOR
    )


@plays(Act.CONCERN_ADDED_TO)
def writing_more() -> Played:
    concern, _rita = told()
    return Played(lambda: reporting.write_more(concern, "More.", at=NOW), lambda: concern, VISITOR)


@plays(Act.CONCERN_READ, handling.read, handling.readable)
def reading_one() -> Played:
    concern, rita = told()
    return Played(lambda: handling.read(concern.pk, by=rita, at=NOW), lambda: concern, rita)


@plays(Act.CONCERN_ANSWERED, handling.answer)
def answering_one() -> Played:
    concern, rita = told()
    return Played(lambda: handling.answer(concern.pk, "Yes.", seen=1, by=rita, at=NOW), lambda: concern, rita)


@plays(Act.CONCERN_NOTED, handling.note)
def leaving_a_note() -> Played:
    concern, rita = told()
    return Played(lambda: handling.note(concern.pk, "Yes.", seen=1, by=rita, at=NOW), lambda: concern, rita)


@plays(Act.CONCERN_PASSED_ON, handling.pass_on, handling.give)
def passing_one_on() -> Played:
    concern, rita = told()
    tim = make.member("Tim", is_staff=True)
    concern.event.concern_readers.create(member=tim)
    return Played(lambda: handling.pass_on(concern.pk, tim, by=rita, at=NOW), lambda: concern, rita)


@plays(Act.CONCERN_CLOSED, handling.close)
def closing_one() -> Played:
    concern, rita = told()
    handling.answer(concern.pk, "Yes.", seen=1, by=rita, at=NOW)
    return Played(lambda: handling.close(concern.pk, seen=2, by=rita, at=NOW), lambda: concern, rita)


def taken_out() -> tuple[Removal, Member]:
    """Somebody who was taken out of an event, and somebody else who may look again."""
    removed = removal.remove(make.event(), make.member("Ada"), "Why", "So", by=people.admin(), at=NOW)
    other = people.staff("Event admin")
    return removed, other


@plays(Act.PERSON_REMOVED, removal.remove, merging.merge)
def taking_somebody_out() -> Played:
    by, ada, event = people.admin(), make.member("Ada"), make.event()
    return Played(
        lambda: removal.remove(event, ada, "Why", "So", by=by, at=NOW),
        lambda: Removal.objects.get(),
        by,
        ada.pk,
    )


@plays(Act.SECOND_LOOK_ASKED, removal.ask)
def asking_for_a_second_look() -> Played:
    out, _other = taken_out()
    return Played(
        lambda: removal.ask(out.event, out.member, "Please", by=out.member, at=NOW),
        lambda: out,
        out.member,
        out.member_id,
    )


@plays(Act.REMOVAL_LIFTED, removal.look_again, removal.is_for_another)
def lifting_it() -> Played:
    out, other = taken_out()
    return Played(
        lambda: removal.look_again(out, "Welcome", lifts=True, by=other, at=NOW),
        lambda: out,
        other,
        out.member_id,
    )


@plays(Act.REMOVAL_UPHELD)
def letting_it_stand() -> Played:
    out, other = taken_out()
    out = removal.ask(out.event, out.member, "Please", by=out.member, at=NOW)
    return Played(
        lambda: removal.look_again(out, "Sorry", lifts=False, by=other, at=NOW),
        lambda: out,
        other,
        out.member_id,
    )
