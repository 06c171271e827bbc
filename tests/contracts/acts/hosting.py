"""How the acts of hosts, and with them, are played."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from audit.actors import SITE
from audit.acts import Act
from events import hosts_see
from events.models import Event, Session
from hosting import (
    agreeing,
    deputies,
    files,
    inviting,
    links,
    need_stops,
    own_needs,
    people,
    withdrawing,
    words,
    writing,
)
from hosting.access import Reader
from hosting.models import HostNeed, Rewording, SessionFile, SessionLink, Withdrawal
from members.models import Member
from tests import make
from tests.contracts.acts.people import sam
from tests.contracts.acts.playing import Played, plays
from tests.make import BY, NOW
from workshops.places import booking


@plays(Act.HOST_INVITED, inviting.invite, inviting.invite_all)
def inviting_a_host() -> Played:
    by, event = sam(), make.event()
    hana = make.host(make.workshop(event))
    return Played(lambda: inviting.invite_all(event, by=by, at=NOW), lambda: hana, by)


@plays(Act.HOST_AGREED)
def agreeing_to_confidentiality() -> Played:
    event, member = make.event(), make.member("Hana")
    hana = make.host(make.workshop(event), member=member)
    make.invited(hana, event)
    return Played(lambda: agreeing.agree(event, Reader(member), at=NOW), lambda: hana, member, member.pk)


@plays(Act.NEEDS_SEEN_BY_HOST)
def looking_at_needs_as_a_host() -> Played:
    event, member = make.event(), make.member("Hana")
    session = make.workshop(event)
    hana = make.host(session, member=member)
    make.invited(hana, event)
    make.agreed(hana, event)
    ada = booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW).registration
    make.needs(ada, "Captions", shared=True)
    return Played(lambda: people.needs(session, Reader(member), at=NOW), lambda: ada, member, ada.member_id)


@plays(Act.WORK_SHOWN, hosts_see.save)
def showing_ones_work() -> Played:
    ada = make.registration(make.event(), make.member("Ada"))
    by = ada.member
    return Played(lambda: hosts_see.save(ada, show_work=True, by=by, at=NOW), lambda: ada, by, by.pk)


@plays(Act.WORK_HIDDEN)
def hiding_ones_work() -> Played:
    ada = make.registration(make.event(), make.member("Ada"), hosts_see_work=True)
    by = ada.member
    return Played(lambda: hosts_see.save(ada, show_work=False, by=by, at=NOW), lambda: ada, by, by.pk)


@plays(Act.HOST_WROTE)
def writing_as_a_host() -> Played:
    event, member = make.event(), make.member("Hana")
    session = make.workshop(event)
    hana = make.host(session, member=member)
    make.invited(hana, event)
    make.agreed(hana, event)
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)
    words: dict[str, Any] = {"subject": "Bring a pen", "words": "We draw.", "submission": uuid4()}
    return Played(lambda: writing.write(session, Reader(member), at=NOW, **words), lambda: session, member)


@plays(Act.HOST_WITHDREW)
def withdrawing_as_a_host() -> Played:
    event, member = make.event(), make.member("Hana")
    session = make.workshop(event)
    make.invited(make.host(session, member=member), event)
    return Played(lambda: withdrawing.withdraw(session, Reader(member), at=NOW), lambda: session, member)


@plays(Act.WITHDRAWAL_NOTED, withdrawing.note)
def noting_a_withdrawal() -> Played:
    session, by = make.workshop(make.event()), sam()
    row = Withdrawal.objects.create(session=session, contributor=make.host(session), at=NOW)
    return Played(lambda: withdrawing.note(row, by=by, at=NOW), lambda: session, by)


def hosting(do: Callable[[Session, Reader], object]) -> Played:
    event, member = make.event(), make.member("Hana")
    session = make.workshop(event)
    hana = make.host(session, member=member)
    make.invited(hana, event)
    make.agreed(hana, event)
    return Played(lambda: do(session, Reader(member)), lambda: session, member)


@plays(Act.DEPUTY_NAMED)
def naming_a_deputy() -> Played:
    return hosting(lambda session, hana: deputies.name(session, hana, called="Di", email="d@x.org", at=NOW))


@plays(Act.DEPUTY_TAKEN_OUT)
def taking_a_deputy_out() -> Played:
    def do(session: Session, hana: Reader) -> None:
        deputies.name(session, hana, called="Di", email="d@x.org", at=NOW)
        deputies.take_out(session, hana, at=NOW)

    return hosting(do)


@plays(Act.FILE_ADDED)
def adding_a_file() -> Played:
    pdf = b"%PDF-1.4"
    return hosting(lambda session, hana: files.add(session, hana, title="A", about="B", content=pdf, at=NOW))


@plays(Act.FILE_REMOVED)
def removing_a_file() -> Played:
    def do(session: Session, hana: Reader) -> None:
        files.add(session, hana, title="A", about="B", content=b"%PDF-1.4", at=NOW)
        files.remove(session, hana, SessionFile.objects.get().pk, at=NOW)

    return hosting(do)


@plays(Act.LINK_ADDED)
def adding_a_link() -> Played:
    url = "https://links.example/"
    return hosting(lambda session, hana: links.add(session, hana, title="A", url=url, at=NOW))


@plays(Act.LINK_REMOVED)
def removing_a_link() -> Played:
    def do(session: Session, hana: Reader) -> None:
        one = SessionLink.objects.create(session=session, title="A", url="https://links.example/", at=NOW)
        links.remove(session, hana, one.pk, at=NOW)

    return hosting(do)


def reworded(session: Session, hana: Reader, summary: str) -> None:
    there = words.words_of(session)
    words.change(session, hana, there.now | {"summary": summary}, seen=there.seen, at=NOW)


@plays(Act.HOST_REWORDED)
def writing_other_words() -> Played:
    return hosting(lambda session, hana: reworded(session, hana, "Other"))


@plays(Act.HOST_UNWORDED)
def taking_other_words_back() -> Played:
    def do(session: Session, hana: Reader) -> None:
        reworded(session, hana, "Other")
        reworded(session, hana, session.summary)

    return hosting(do)


def deciding(do: Callable[[Rewording, Member], object]) -> Played:
    session, by = make.workshop(make.event()), sam()
    told = Rewording.objects.create(session=session, summary="Other", written_at=NOW)
    return Played(lambda: do(told, by), lambda: session, by)


def taken(told: Rewording, by: Member) -> None:
    words.take(told.pk, seen=words.words_of(told.session).seen, by=by, at=NOW)


@plays(Act.REWORDING_TAKEN, words.take)
def taking_words_of_a_host() -> Played:
    return deciding(taken)


@plays(Act.REWORDING_LEFT, words.leave)
def leaving_words_of_a_host_out() -> Played:
    return deciding(
        lambda told, by: words.leave(told.pk, seen=words.words_of(told.session).seen, by=by, at=NOW)
    )


@plays(Act.REWORDING_PUT_BACK, words.put_back)
def putting_back_what_it_said() -> Played:
    def do(told: Rewording, by: Member) -> None:
        taken(told, by)
        words.put_back(told.pk, by=by, at=NOW)

    return deciding(do)


def needing(do: Callable[[Event, Reader], object]) -> Played:
    event, member = make.event(), make.member("Hana")
    hana = make.host(make.workshop(event), member=member)
    make.invited(hana, event)
    return Played(lambda: do(event, Reader(member)), lambda: hana, member, member.pk)


def told(event: Event, hana: Reader, *kinds: str) -> None:
    own_needs.tell(event, hana, kinds=kinds, words="", may_keep=True, at=NOW)


@plays(Act.NEEDS_OF_HOST_KEPT)
def telling_ones_needs_as_a_host() -> Played:
    return needing(lambda event, hana: told(event, hana, "captions"))


@plays(Act.NEEDS_OF_HOST_TAKEN_OUT)
def taking_ones_needs_as_a_host_out() -> Played:
    def do(event: Event, hana: Reader) -> None:
        told(event, hana, "captions")
        told(event, hana)

    return needing(do)


def of_a_host(do: Callable[[HostNeed, Member], object]) -> Played:
    event, by = make.event(), sam()
    hana = make.host(make.workshop(event))
    need = make.host_need(hana, event)
    return Played(lambda: do(need, by), lambda: hana, by)


@plays(Act.NEEDS_OF_HOST_SEEN, own_needs.look)
def looking_at_needs_of_hosts() -> Played:
    return of_a_host(lambda need, by: own_needs.look(need.event, by=by, at=NOW))


@plays(Act.NEEDS_OF_HOST_ARRANGED, own_needs.arrange)
def arranging_what_a_host_needs() -> Played:
    return of_a_host(lambda need, by: own_needs.arrange(need.pk, seen=need.seen, by=by, at=NOW))


@plays(Act.NEED_OF_HOST_STOPPED, need_stops.stop)
def stopping_what_was_arranged_for_a_host() -> Played:
    def do(need: HostNeed, by: Member) -> None:
        row = make.host_need_to_stop(need.contributor, need.event)
        need_stops.stop(row.pk, event=need.event, by=by, at=NOW)

    return of_a_host(do)


@plays(Act.NEEDS_OF_HOST_FORGOTTEN)
def forgetting_what_a_host_needed() -> Played:
    def do(need: HostNeed, _: Member) -> None:
        days = {"first_day": NOW.date() - timedelta(days=40), "last_day": NOW.date() - timedelta(days=40)}
        Event.objects.filter(pk=need.event_id).update(**days)
        own_needs.forget(at=NOW)

    played = of_a_host(do)
    return Played(played.do, played.thing, SITE)
