"""Acts about people, and about records that no rule guards."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client

from audit.actors import COMMAND, SITE, VISITOR, importing
from audit.acts import Act
from events import personal_data
from events.models import Theme
from members import addresses, membership, objections
from members.accounts import factor_reset, factors, first_factor
from members.accounts.limits import TooMany
from members.list_import import importing as importing_list
from members.list_import.reading import Entry
from members.models import ListedAddress, Member
from members.privacy import erasure, export, refused_erasures
from notifications import after_restore
from notifications.models import Message
from notifications.resend import send_again
from team.people import welcoming
from tests import letters, make, second_step
from tests.contracts import people
from tests.contracts.acts.playing import Played, plays
from tests.make import BY, NOW
from tests.members.accounts import signing_up as accounts
from workshops.letters import calendar_feed

EARLY = NOW - timedelta(hours=1)


def sam() -> Member:
    return make.member("Sam", is_staff=True)


def of_member(do: Callable[[Member, Member], object], by: Member, member: Member) -> Played:
    """An act on a member's account."""
    return Played(lambda: do(member, by), lambda: member, by, member.pk)


# Records without rules of their own


@plays(Act.ADDED)
def adding_a_record() -> Played:
    root = people.admin()
    page = {"name": "Readers"}
    client = people.reader(root)
    return Played(
        lambda: client.post("/admin/auth/group/add/", page), lambda: Group.objects.latest("pk"), root
    )


@plays(Act.CHANGED)
def changing_a_record() -> Played:
    root, theme = people.admin(), make.theme(make.event())
    page = {"event": theme.event_id, "title": "New", "slug": theme.slug, "position": 0, "colour": "#112233"}
    url = f"/admin/events/theme/{theme.pk}/change/"
    client = people.reader(root)
    return Played(lambda: client.post(url, page | {"seen": _seen(client, url)}), lambda: theme, root)


def _seen(client: Client, url: str) -> str:
    return str(client.get(url).context["adminform"].form["seen"].value())


@plays(Act.DELETED)
def deleting_a_record() -> Played:
    root, theme = people.admin(), make.theme(make.event())
    client, url = people.reader(root), f"/admin/events/theme/{theme.pk}/delete/"
    return Played(lambda: client.post(url, {"post": "yes"}), lambda: Theme(pk=theme.pk), root)


# Accounts


@plays(Act.SIGNED_UP)
def signing_up() -> Played:
    client = Client()
    made = Member(pk=_next_pk())
    return Played(lambda: accounts.sign_up(client), lambda: made, made, made.pk)


def _next_pk() -> int:
    """The number that the next account has."""
    made = make.member("Gone")
    pk = made.pk
    EmailAddress.objects.filter(user=made).delete()
    made.delete()
    return pk + 1


@plays(Act.SIGNED_UP_AGAIN)
def signing_up_again() -> Played:
    ada = accounts.ada()
    return Played(lambda: accounts.sign_up(Client()), lambda: ada, VISITOR, ada.pk)


def unconfirmed() -> tuple[Client, Member]:
    client = Client()
    accounts.sign_up(client)
    return client, Member.objects.get()


@plays(Act.ADDRESS_CONFIRMED, membership.confirmed_address)
def confirming() -> Played:
    client, ada = unconfirmed()
    code = accounts.code_for(ada.email)
    return Played(lambda: accounts.confirm(client, code), lambda: ada, ada, ada.pk)


@plays(Act.JOINED)
def joining() -> Played:
    client, ada = unconfirmed()
    ListedAddress.objects.create(email=ada.email)
    code = accounts.code_for(ada.email)
    return Played(lambda: accounts.confirm(client, code), lambda: ada, ada, ada.pk)


@plays(Act.FACTOR_ADDED)
def setting_up_a_second_step() -> Played:
    tess = make.member("Tess", is_staff=True)
    code = second_step.code(NOW)
    return Played(
        lambda: factors.add_app(tess, second_step.SECRET, code, at=NOW), lambda: tess, tess, tess.pk
    )


@plays(Act.FACTOR_REMOVED, factors.remove)
def removing_a_second_step() -> Played:
    tess = make.member("Tess")
    app = second_step.app_of(tess)
    return Played(lambda: factors.remove(app, by=tess, at=NOW), lambda: tess, tess, tess.pk)


@plays(Act.RECOVERY_CODES_MADE)
def making_recovery_codes() -> Played:
    tess = make.member("Tess")
    return Played(lambda: factors.renew_recovery_codes(tess, at=NOW), lambda: tess, tess, tess.pk)


@plays(Act.RECOVERY_CODE_USED, factors.give_code)
def using_a_recovery_code() -> Played:
    tess = make.member("Tess", is_staff=True)
    second_step.app_of(tess)
    factors.renew_recovery_codes(tess, at=NOW)
    code = factors.recovery_codes(tess)[0]
    return Played(lambda: factors.give_code(tess, code, at=NOW), lambda: tess, tess, tess.pk)


@plays(Act.FACTOR_REFUSED)
def typing_too_many_wrong_codes() -> Played:
    tess = make.member("Tess", is_staff=True)
    second_step.app_of(tess)

    def typing() -> None:
        for _ in range(12):
            with suppress(factors.WrongCode, TooMany):
                factors.give_code(tess, "000000", at=NOW)

    return Played(typing, lambda: tess, tess, tess.pk)


def lost() -> tuple[Member, Member, Member]:
    tess = make.member("Tess", is_staff=True)
    second_step.app_of(tess)
    return tess, people.staff("Support"), people.admin()


@plays(Act.FACTOR_RESET_ASKED, factor_reset.ask)
def asking_for_a_reset() -> Played:
    tess, by, _ = lost()
    return of_member(lambda member, by: factor_reset.ask(member, by=by, at=NOW), by, tess)


@plays(Act.FACTOR_RESET, factor_reset.confirm, factor_reset.reset)
def resetting_a_second_step() -> Played:
    tess, first, root = lost()
    factor_reset.ask(tess, by=first, at=NOW)
    return of_member(lambda member, by: factor_reset.confirm(member, by=by, at=NOW), root, tess)


@plays(Act.FIRST_FACTOR_LET, first_factor.let)
def letting_somebody_set_up_a_first_one() -> Played:
    tess = people.staff("Support")
    return of_member(lambda member, by: first_factor.let(member, by=by, at=NOW), people.admin(), tess)


@plays(Act.PASSWORD_FORGOTTEN, addresses.forget_password)
def forgetting_a_password() -> Played:
    _, ada = unconfirmed()
    other = Client()
    other.post("/accounts/login/code/", {"email": ada.email})
    code = accounts.code_for(ada.email)
    path = "/accounts/login/code/confirm/"
    return Played(lambda: accounts.confirm(other, code, path), lambda: ada, SITE, ada.pk)


@plays(Act.ADDRESS_CHANGED)
def changing_an_address() -> Played:
    ada, client = accounts.ada(), Client()
    accounts.log_in(client)
    client.post("/accounts/reauthenticate/", {"password": accounts.PASSWORD})
    client.post("/accounts/email/", {"email": "ada@new.example", "action_add": "1"})
    code = accounts.code_for("ada@new.example")
    return Played(lambda: accounts.confirm(client, code), lambda: ada, ada, ada.pk)


@plays(Act.PASSWORD_SET)
def choosing_a_password() -> Played:
    ada, client = accounts.ada(), Client()
    accounts.log_in(client)
    page = {"oldpassword": accounts.PASSWORD, "password1": "four new green bottles"}
    return Played(lambda: client.post("/accounts/password/change/", page), lambda: ada, ada, ada.pk)


@plays(Act.INTRODUCED)
def introducing_oneself() -> Played:
    ada = make.member("Ada", membership="waiting")
    page = {"introduction": "I know Bo.", "organisation": "", "role": ""}
    client = people.reader(ada)
    return Played(lambda: client.post("/members/membership/", page), lambda: ada, ada, ada.pk)


@plays(Act.PROFILE_SAVED)
def saving_a_profile() -> Played:
    ada = make.member("Ada")
    client, url = people.reader(ada), "/members/profile/"
    form = client.get(url).context["form"]
    page = {name: form[name].value() or "" for name in form.fields} | {"pronouns": "she/her"}
    return Played(lambda: client.post(url, page), lambda: ada, ada, ada.pk)


@plays(Act.CALENDAR_MADE, calendar_feed.make_address)
def making_a_calendar() -> Played:
    ada = make.member("Ada")
    return Played(lambda: calendar_feed.make_address(ada, at=NOW), lambda: ada, ada, ada.pk)


@plays(Act.CALENDAR_STOPPED, calendar_feed.stop_sharing)
def stopping_a_calendar() -> Played:
    ada = make.member("Ada")
    calendar_feed.make_address(ada, at=EARLY)
    return Played(lambda: calendar_feed.stop_sharing(ada, at=NOW), lambda: ada, ada, ada.pk)


@plays(Act.ACCOUNT_MADE, membership.add, welcoming.welcome)
def making_an_account() -> Played:
    ada, by = {"name": "Ada", "email": "ada@example.org"}, sam()
    return Played(
        lambda: welcoming.welcome(ada, is_member=True, event=None, sessions=[], by=by, at=NOW),
        lambda: Member.objects.get(name="Ada"),
        by,
        by.pk + 1,
    )


@plays(Act.APPROVED, membership.approve)
def approving() -> Played:
    waits = make.member("Ada", membership="waiting")
    return of_member(lambda ada, by: membership.approve(ada, by=by, at=NOW), sam(), waits)


@plays(Act.APPROVAL_TAKEN_BACK, membership.take_back_approval)
def taking_an_approval_back() -> Played:
    waits = make.member("Ada", membership="waiting")
    membership.approve(waits, by=BY, at=NOW - timedelta(minutes=1))
    return of_member(lambda ada, by: membership.take_back_approval(ada, by=by, at=NOW), sam(), waits)


@plays(Act.DECLINED, membership.decline)
def declining() -> Played:
    waits = make.member("Ada", membership="waiting")
    return of_member(lambda ada, by: membership.decline(ada, by=by, at=NOW, reason="No link."), sam(), waits)


@plays(Act.MEMBERSHIP_ENDED, membership.end)
def ending() -> Played:
    return of_member(lambda ada, by: membership.end(ada, by=by, at=NOW), sam(), make.member("Ada"))


@plays(Act.REINSTATED, membership.reinstate)
def reinstating() -> Played:
    ada = make.member("Ada", membership="ended")
    return of_member(lambda ada, by: membership.reinstate(ada, by=by, at=NOW), sam(), ada)


@plays(Act.ADDRESS_CORRECTED, addresses.correct)
def correcting_an_address() -> Played:
    ada = make.member("Ada")
    return of_member(lambda ada, by: addresses.correct(ada, "ada@new.example", by=by, at=NOW), sam(), ada)


@plays(Act.ADDRESS_OBJECTED)
def objecting_to_a_colleagues_address() -> Played:
    ada = make.member("Ada")
    addresses.correct(ada, "ada@new.example", by=sam(), at=EARLY)
    code = letters.code_in(Message.objects.get(kind="address-replaced"))
    Member.objects.filter(pk=ada.pk).update(is_staff=True)

    def do(*_: Member) -> None:
        with suppress(objections.ObjectionRefused):
            objections.object_with(code, at=NOW)

    return of_member(do, ada, ada)


@plays(Act.ADDRESS_BROUGHT_BACK, objections.object_with, objections.bring_back, objections.take_from_stranger)
def bringing_an_address_back() -> Played:
    ada = make.member("Ada")
    addresses.correct(ada, "ada@new.example", by=sam(), at=EARLY)
    code = letters.code_in(Message.objects.get(kind="address-replaced"))
    return of_member(lambda ada, by: objections.object_with(code, at=NOW), ada, ada)


@plays(Act.PASSWORD_LETTER, addresses.send_reset)
def sending_a_password_letter() -> Played:
    return of_member(lambda ada, by: addresses.send_reset(ada, by=by, at=NOW), sam(), make.member("Ada"))


@plays(Act.LISTED, importing_list.import_members)
def importing_a_list() -> Played:
    by, entries = sam(), [Entry("ada@example.org")]
    return Played(
        lambda: importing_list.import_members(entries, by=by, at=NOW),
        ListedAddress.objects.get,
        importing(by),
    )


@plays(Act.LISTING_CHANGED, importing_list.import_members)
def importing_changes_of_a_list() -> Played:
    listed = ListedAddress.objects.create(email="ada@example.org")
    by, entries = sam(), [Entry("ada@example.org", "Ada")]
    return Played(
        lambda: importing_list.import_members(entries, by=by, at=NOW), lambda: listed, importing(by)
    )


@plays(Act.DATA_ASKED_FOR, export.ask)
def asking_for_ones_data() -> Played:
    ada = make.member("Ada")
    return Played(lambda: export.ask(ada, by=ada, at=NOW), lambda: ada, ada, ada.pk)


@plays(Act.ERASURE_ASKED, erasure.ask)
def asking_for_an_erasure() -> Played:
    return of_member(lambda ada, by: erasure.ask(ada, by=by, at=NOW), sam(), make.member("Ada"))


@plays(Act.ERASURE_TAKEN_BACK, erasure.take_back)
def taking_an_erasure_back() -> Played:
    ada = make.member("Ada")
    erasure.ask(ada, by=ada, at=EARLY)
    return of_member(lambda ada, by: erasure.take_back(ada, by=by, at=NOW), sam(), ada)


@plays(Act.ERASURE_REFUSED, refused_erasures.note)
def noting_that_an_erasure_is_refused() -> Played:
    ada = make.member("Ada")
    asked = erasure.ask(ada, by=ada, at=EARLY)
    return Played(lambda: refused_erasures.note(asked, "Not yet.", at=NOW), lambda: ada, SITE, ada.pk)


@plays(Act.ERASED, erasure.erase, personal_data.give_up_registrations)
def erasing() -> Played:
    return of_member(lambda ada, by: erasure.erase(ada, by=by, at=NOW), sam(), make.member("Ada"))


@plays(Act.MESSAGE_SENT_AGAIN, send_again)
def sending_again() -> Played:
    ada, by = make.member("Ada", membership="waiting"), sam()
    membership.approve(ada, by=BY, at=EARLY)
    Message.objects.update(state="failed")
    failed = Message.objects.get()
    return Played(lambda: send_again(failed, by=by, at=NOW), lambda: failed, by, ada.pk)


def held_email() -> Message:
    """An email to Ada that was owed in the backup that was restored."""
    membership.approve(make.member("Ada", membership="waiting"), by=BY, at=EARLY)
    after_restore.hold(backup_at=EARLY, by=COMMAND, at=EARLY)
    return Message.objects.get()


@plays(Act.MESSAGE_HELD, after_restore.hold)
def holding_after_a_restore() -> Played:
    ada = make.member("Ada", membership="waiting")
    membership.approve(ada, by=BY, at=EARLY)
    email = Message.objects.get()
    return Played(
        lambda: after_restore.hold(backup_at=EARLY, by=COMMAND, at=NOW), lambda: email, COMMAND, ada.pk
    )


@plays(Act.MESSAGE_RELEASED, after_restore.release)
def letting_go_after_a_restore() -> Played:
    email, by = held_email(), sam()
    return Played(
        lambda: after_restore.release(email.kind, by=by, at=NOW), lambda: email, by, email.member_id
    )


@plays(Act.MESSAGE_DROPPED, after_restore.drop)
def taking_as_sent_after_a_restore() -> Played:
    email, by = held_email(), sam()
    return Played(lambda: after_restore.drop(email.kind, by=by, at=NOW), lambda: email, by, email.member_id)
