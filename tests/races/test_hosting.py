"""Hosts act at once: three messages stay three, a host has one deputy, and a withdrawal is one and stands."""

from functools import partial
from uuid import uuid4

import pytest

from audit.acts import Act
from audit.models import Entry
from events.models import Contributor, Session, SessionContributor
from hosting import access, deputies, inviting, withdrawing, writing
from hosting.access import HostingRefused, Reader
from hosting.models import Deputy, HostWords, Withdrawal
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.make import BY, NOW
from tests.races.together import Act as Begun
from tests.races.together import holding, until_blocked
from workshops.places import booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def hosted(*names: str) -> Session:
    """A session that somebody comes to, and that these host: ``<name>@hosts.example`` each."""
    event = make.event()
    session = make.workshop(event)
    for name in names:
        host = make.host(session, name, email=f"{name.lower()}@hosts.example")
        make.invited(host, event)
        make.agreed(host, event)
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)
    return session


def reader(name: str) -> Reader:
    return Reader(address=f"{name.lower()}@hosts.example")


def at_once(session: Session, *acts):
    """Begin all while somebody else has the session, so that each has to wait for its lock; the results."""
    with holding("SELECT 1 FROM events_session WHERE id = %s FOR NO KEY UPDATE", session.pk):
        begun = [Begun(act) for act in acts]
        until_blocked(len(acts))
    return [one.wait() for one in begun]


def refused(results):
    return [one for one in results if isinstance(one, HostingRefused)]


def test_two_hosts_who_press_at_once_do_not_make_a_fourth_message():
    session = hosted("Hana", "Ola")

    def press(name):
        number = uuid4()
        return writing.write(
            session, reader(name), subject=f"Of {name}", words="Bring.", submission=number, at=NOW
        )

    for _ in range(2):
        press("Hana")
    results = at_once(session, *(lambda name=one: press(name) for one in ("Hana", "Ola", "Hana", "Ola")))

    assert sorted(str(one) for one in results if one == 1) == ["1"]
    assert [type(one) for one in refused(results)] == [writing.NoMessageLeft] * 3
    assert sorted(HostWords.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert Message.objects.filter(kind="host-words").count() == 3


def test_one_form_that_is_pressed_in_two_windows_at_once_is_one_message():
    session, number = hosted("Hana"), uuid4()

    def press():
        return writing.write(session, reader("Hana"), subject="A", words="B", submission=number, at=NOW)

    assert at_once(session, press, press) == [1, 1]
    assert Message.objects.filter(kind="host-words").count() == 1


def test_a_host_who_names_two_deputies_at_once_has_one():
    session = hosted("Hana")

    def name(called):
        email = f"{called.lower()}@hosts.example"
        deputies.name(session, reader("Hana"), called=called, email=email, at=NOW)
        return called

    results = at_once(session, lambda: name("Di"), lambda: name("Mo"))

    [one] = Deputy.objects.all()
    assert [type(two) for two in refused(results)] == [deputies.DeputyRefused]
    assert one.name in results
    assert Message.objects.filter(kind="host-deputy").count() == 1
    assert Contributor.objects.filter(name__in=["Di", "Mo"]).count() == 1


def test_hosts_of_two_sessions_who_name_one_newcomer_at_once_both_have_them():
    first = hosted("Hana")
    second = make.workshop(first.event, title="Another", hour=15)
    ola = make.host(second, "Ola", email="ola@hosts.example")
    make.invited(ola, first.event)
    make.agreed(ola, first.event)

    def name(session, host):
        deputies.name(session, reader(host), called="Di", email="di@hosts.example", at=NOW)

    with holding("LOCK TABLE events_contributor IN SHARE MODE"):
        begun = [Begun(lambda: name(first, "Hana")), Begun(lambda: name(second, "Ola"))]
        until_blocked(2)
    results = [one.wait() for one in begun]

    assert results == [None, None]
    assert Deputy.objects.count() == 2
    assert Contributor.objects.filter(email="di@hosts.example").count() == 1


def test_withdrawing_in_two_windows_at_once_is_one_withdrawal():
    session = hosted("Hana")

    def press():
        return withdrawing.withdraw(session, reader("Hana"), at=NOW)

    results = at_once(session, press, press)

    assert [type(one) for one in refused(results)] == [access.NotTheirs]
    assert Withdrawal.objects.count() == 1
    assert Entry.objects.filter(act=Act.HOST_WITHDREW).count() == 1


def test_a_host_who_withdraws_while_the_team_invites_them_again_has_withdrawn_and_is_not_asked_back():
    session, tess = hosted("Hana"), people.staff("Event admin")
    hana = session.contributors.get()

    with holding("SELECT 1 FROM events_contributor WHERE id = %s FOR NO KEY UPDATE", hana.pk):
        invites = Begun(lambda: inviting.invite(session.event, hana, by=tess, at=NOW))
        until_blocked(1)
        withdrawing.withdraw(session, reader("Hana"), at=NOW)
    result = invites.wait()

    assert isinstance(result, inviting.CannotInvite)
    assert not SessionContributor.objects.exists()
    assert [one.subject for one in letters.deliver(NOW) if one.to == ["hana@hosts.example"]] == [
        f"You no longer host “{session.title}”"
    ]


def test_of_three_of_the_team_who_note_a_withdrawal_at_once_one_does():
    session = hosted("Hana")
    withdrawing.withdraw(session, reader("Hana"), at=NOW)
    one, team = Withdrawal.objects.get(), [people.staff("Event admin") for _ in range(3)]

    with holding("SELECT 1 FROM hosting_withdrawal WHERE id = %s FOR NO KEY UPDATE", one.pk):
        begun = [Begun(partial(withdrawing.note, one, by=by, at=NOW)) for by in team]
        until_blocked(3)
    for act in begun:
        act.wait()

    assert Entry.objects.filter(act=Act.WITHDRAWAL_NOTED).count() == 1
