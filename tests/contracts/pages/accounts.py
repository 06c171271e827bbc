"""States of the pages about accounts, of the errors, and of what is open in the demo only."""

from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client, override_settings

from members.models import LogIn
from notifications.sink import names
from tests import make
from tests.contracts.pages.catalogue import Site
from tests.members.accounts.signing_up import PASSWORD, code_for

VISITOR, ADA = "visitor", "registered and booked"
ERRORS = (400, 403, 404, 410, 429, 500, 503)


def a_code_is_waited_for_wrong_and_right(site: Site) -> None:
    email = "dot@members.example"
    make.member("Dot", email=email, password=PASSWORD)
    for start, page, of in (
        ("/accounts/login/code/", "/accounts/login/code/confirm/", "account_confirm_login_code"),
        (
            "/accounts/password/reset/",
            "/accounts/password/reset/confirm/",
            "account_confirm_password_reset_code",
        ),
    ):
        client = site.client(VISITOR)
        client.post(start, {"email": email})
        site.look(of, "waiting for the code", VISITOR, page, client=client)
        site.keep(client.post(page, {"code": "00000000"}), of, "wrong code", VISITOR, page)
    client.post(page, {"code": code_for(email)})
    new = "/accounts/password/reset/complete/"
    site.look("account_complete_password_reset", "", VISITOR, new, client=client)
    site.keep(
        client.post(new, {"password1": "short"}), "account_complete_password_reset", "refused", VISITOR, new
    )


def an_account_is_created_and_confirmed(site: Site) -> None:
    page, of = "/accounts/confirm-email/", "account_email_verification_sent"
    client = site.client(VISITOR)
    new = {"name": "Flo", "email": "flo@members.example", "password1": PASSWORD}
    refused = client.post("/accounts/signup/", new | {"password1": "123"})
    site.keep(refused, "account_signup", "password refused", VISITOR, "/accounts/signup/")
    client.post("/accounts/signup/", new)
    site.look(of, "waiting for the code", VISITOR, page, client=client)
    site.keep(client.post(page, {"code": "00000000"}), of, "wrong code", VISITOR, page)
    done = client.post(page, {"code": code_for("flo@members.example")}, follow=True)
    site.keep(done, "members:membership", "account confirmed", VISITOR, "/members/membership/")


def logging_in_goes_wrong(site: Site) -> None:
    wrong = {"login": "ada@members.example", "password": "not this one at all"}
    page = "/accounts/login/"
    site.keep(site.client(VISITOR).post(page, wrong), "account_login", "wrong password", VISITOR, page)


def who_changes_her_address_shows_her_password_again(site: Site) -> None:
    dot = make.member("Dot", email="dot@members.example", password=PASSWORD)
    site.members["with a password"] = dot
    client = site.client("with a password")
    client.logout()
    client.post("/accounts/login/", {"login": dot.email, "password": PASSWORD})
    site.look("account_change_password", "", "with a password", "/accounts/password/change/", client=client)
    refused = client.post("/accounts/password/change/", {"oldpassword": "x", "password1": "y"})
    site.keep(refused, "account_change_password", "refused", "with a password", "/accounts/password/change/")
    session = client.session
    session["account_authentication_methods"] = [
        one | {"at": one["at"] - 3600} for one in session["account_authentication_methods"]
    ]
    session.save()
    page, of = "/accounts/reauthenticate/", "account_reauthenticate"
    site.look(of, "", "with a password", page, client=client)
    site.keep(client.post(page, {"password": "wrong"}), of, "wrong password", "with a password", page)
    client.post(page, {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "new@members.example", "action_add": ""})
    site.look(
        "account_email", "a new address to confirm", "with a password", "/accounts/email/", client=client
    )
    confirm, of = "/accounts/confirm-email/", "account_email_verification_sent"
    site.look(of, "a new address", "with a password", confirm, client=client)
    del site.members["with a password"]


def somebody_is_logged_in_in_several_browsers(site: Site) -> None:
    for named in (("Firefox", "Windows"), ("Samsung Internet", "Android"), ("", "")):
        client = site.client(ADA)
        LogIn.objects.filter(session=client.session.session_key).update(browser=named[0], system=named[1])
    site.look("account_log_ins", "in several browsers", ADA, "/accounts/logged-in/")


# ---- Errors, and what is open in the demo only -------------------------------------------------


def something_is_wrong(site: Site) -> None:
    with override_settings(ROOT_URLCONF="tests.contracts.pages.broken"):
        for who in (VISITOR, ADA):
            for status in ERRORS:
                site.look(f"error {status}", "", who, f"/broken/{status}/", status=status)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"login": "ada@example.org"})
    site.keep(answer, "error 403, csrf", "", VISITOR, "/accounts/login/", status=403)
    site.look("error 404", "unknown address", VISITOR, "/nowhere/", status=404)
    site.look("error 400", "a NUL", VISITOR, "/?q=%00", status=400)


def too_many_tries(site: Site) -> None:
    limits = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits):
        client, typed = site.client(VISITOR), {"login": "x@example.org", "password": "x"}
        client.post("/accounts/login/", typed)
        answer = client.post("/accounts/login/", typed)
    site.keep(answer, "error 429", "at logging in", VISITOR, "/accounts/login/", status=429)


def the_demos_own_pages(site: Site) -> None:
    sink = {"EMAIL_BACKEND": "notifications.sink.EmailBackend", "DEMO": True}
    with TemporaryDirectory() as folder, override_settings(EMAIL_FILE_PATH=folder, **sink):
        site.look("styleguide", "", VISITOR, "/styleguide/")
        site.look("notifications:mail", "nothing sent", VISITOR, "/mail/")
        letter = EmailMultiAlternatives("Registered", "You have a place.", to=["ada@members.example"])
        letter.attach_alternative("<p>You have a place.</p>", "text/html")
        letter.attach("invite.ics", "BEGIN:VCALENDAR", "text/calendar")
        letter.send()
        site.look("notifications:mail", "", VISITOR, "/mail/")
        site.look("notifications:email", "", VISITOR, f"/mail/{names()[0]}/")


STATES = (
    a_code_is_waited_for_wrong_and_right,
    an_account_is_created_and_confirmed,
    logging_in_goes_wrong,
    who_changes_her_address_shows_her_password_again,
    somebody_is_logged_in_in_several_browsers,
    something_is_wrong,
    too_many_tries,
    the_demos_own_pages,
)
