"""States of the pages about the second step: setting one up, giving it, what goes wrong."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.test import Client

from audit import trail
from audit.acts import Act
from members.models import Member
from tests import make, second_step
from tests.contracts.pages.catalogue import Site
from tests.members.accounts.signing_up import PASSWORD

WHO = "of the team"
START = "/accounts/second-step/"


def _desk(site: Site, *, has_one: bool = True) -> Client:
    member = make.member("Tess", email="tess@members.example", is_staff=True)
    site.members[WHO] = member
    if has_one:
        second_step.app_of(member)
        Authenticator.objects.create(user=member, type="webauthn", data={"name": "Computer at the desk"})
    client = second_step.about_to_set_up(member)
    client.defaults["SERVER_NAME"] = "localhost"
    return client


def a_second_step_is_set_up(site: Site) -> None:
    client = _desk(site, has_one=False)
    site.look("account_factor", "none yet", WHO, f"{START}?next=/team/", client=client)
    by_password = second_step.logged_in_by("password", Member.objects.get(name="Tess"))
    by_password.defaults["SERVER_NAME"] = "localhost"
    site.look("account_factor_app", "first a code", WHO, f"{START}app/?next=/team/", client=by_password)
    site.look("account_factor_passkey", "", WHO, f"{START}passkey/?next=/team/", client=client)
    for name, at in (("Ted", None), ("Tim", make.NOW)):
        ted = make.member(name, email=f"{name}@members.example", is_staff=True, password=at and PASSWORD)
        if at:
            trail.record(ted, Act.PASSWORD_SET, by=ted, at=at)
        by_mail = second_step.logged_in_by("code", ted)
        by_mail.defaults["SERVER_NAME"] = "localhost"
        state = "first a colleague, " + ("with a new password" if at else "without a password")
        site.look("account_factor_app", state, WHO, f"{START}app/?next=/team/", client=by_mail)
    refused = client.post(f"{START}passkey/", {"credential": "{}"})
    site.keep(refused, "account_factor_passkey", "refused", WHO, f"{START}passkey/")
    site.look("account_factor_app", "", WHO, f"{START}app/?next=/team/", client=client)
    for state, typed in (("wrong code", "000000"), ("no code", "")):
        refused = client.post(f"{START}app/", {"code": typed, "next": "/team/"})
        site.keep(refused, "account_factor_app", state, WHO, f"{START}app/")
    sent = {"code": second_step.code(make.NOW, decrypt(client.session["factor_secret"])), "next": "/team/"}
    done = client.post(f"{START}app/", sent, follow=True)
    site.keep(done, "account_factor_codes", "first codes", WHO, f"{START}codes/?next=/team/")
    del site.members[WHO]


def a_second_step_is_given(site: Site) -> None:
    client = _desk(site)
    page, of = f"{START}give/", "account_factor_give"
    site.look(of, "", WHO, f"{page}?next=/team/", client=client)
    for state, typed in (("wrong code", {"code": "000000"}), ("wrong passkey", {"credential": "{}"})):
        site.keep(client.post(page, typed | {"next": "/team/"}), of, state, WHO, page)
    client.post(page, {"code": second_step.code(make.NOW)})
    site.look("account_factor", "two", WHO, START, client=client)
    site.look("account_factor_codes", "none left", WHO, f"{START}codes/", client=client)
    app = Authenticator.objects.get(user=site.member(WHO), type="totp")
    Authenticator.objects.filter(type="webauthn").delete()
    kept = client.post(f"{START}{app.pk}/remove/", follow=True)
    site.keep(kept, "account_factor", "the last one stays", WHO, START)
    del site.members[WHO]


STATES = (a_second_step_is_set_up, a_second_step_is_given)
