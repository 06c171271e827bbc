"""Types into every field of a form, and says what of it has not come back where it could not be sent.

Held, over a log-in as over a token that has turned: nothing has changed, the words stand in their fields
again for the account that typed them and for nobody else, and no secret is among them.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django.contrib.sessions.models import Session as BrowserSession
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from members.interrupted_forms import saved_forms
from members.models import Member
from tests import make
from tests.contracts import people, tables
from tests.contracts.forms import page_forms
from tests.contracts.forms.page_forms import Field, Form
from tests.contracts.scenes.catalogue import Scene
from tests.found import found

SECRET: Final = "four old green bottles"
ORIGIN: Final = "http://testserver"
SECRET_NAME: Final = saved_forms.SECRET.search
#: Nobody types these.
MARKS: Final = ("csrfmiddlewaretoken", "typed_by")
#: What keeping the words writes, and what a browser's session does.
WRITTEN: Final = {"members_typedform", "django_session"}
BY_KIND: Final = {
    "email": "typed@example.org",
    "number": "7",
    "date": "2026-12-03",
    "time": "10:15",
    "url": "https://typed.example/",
    "password": SECRET,
}


def typed(form: Form) -> dict[str, tuple[str, ...]]:
    """Return what somebody sends who has touched every field that they see."""
    sent = form.defaults()
    for name, one in form.fields.items():
        if one.kind not in ("hidden", "file"):
            sent[name] = _answer(one)
    return sent


def _answer(one: Field) -> tuple[str, ...]:
    if one.kind in ("checkbox", "select multiple"):
        return one.choices
    if one.choices:
        return one.choices[-1:]
    return (BY_KIND.get(one.kind, f"Typed into {one.name}"),)


def is_typed_into(form: Form) -> bool:
    """Whether a form has a field for words."""
    return form.method == "POST" and any(one.kind in ("text", "textarea") for one in form.fields.values())


def over_the_log_in(scene: Scene, form: Form) -> Iterator[str]:
    """Send the form once the session has ended, and log in; yield what does not hold."""
    browser = _browser(scene, checks_tokens=False)
    before, _ = scene.untouched
    with transaction.atomic():
        BrowserSession.objects.all().delete()
        answer = _send(browser, form, typed(form))
        url = answer.headers.get("Location", "")
        if answer.status_code == 302 and "/login/" in url:
            if changed := tables.changed(before) - WRITTEN:
                yield f"{form} has changed {sorted(changed)} without a log-in"
            yield from _after_log_in(scene, form, browser, url)
        transaction.set_rollback(True)


def _after_log_in(scene: Scene, form: Form, browser: Client, url: str) -> Iterator[str]:
    onward = parse_qs(urlsplit(url).query)["next"][0]
    with people.as_she_is(browser), transaction.atomic():
        browser.force_login(_somebody_else(scene))
        shown = browser.get(onward, follow=True).text
        transaction.set_rollback(True)
    if seen := [words for words in _words(form) if words in shown]:
        yield f"{form} shows somebody else {seen}"
    browser.force_login(found(scene.member))
    yield from _missing(form, browser.get(onward, follow=True).text)


def with_an_old_token(scene: Scene, form: Form) -> Iterator[str]:
    """Send the form with a token that has turned; yield what does not hold."""
    browser = _browser(scene, checks_tokens=True)
    before, _ = scene.untouched
    with transaction.atomic():
        answer = _send(browser, form, typed(form) | {"csrfmiddlewaretoken": ("x" * 64,)})
        if answer.status_code != 403 or (changed := tables.changed(before) - WRITTEN):
            yield f"{form} with an old token answers {answer.status_code} and changes {sorted(changed)}"
        yield from _missing(form, answer.text)
        browser.force_login(_somebody_else(scene))
        answer = _send(browser, form, typed(form) | {"csrfmiddlewaretoken": ("x" * 64,)})
        if seen := [words for words in _words(form) if words in answer.text]:
            yield f"{form} with an old token shows somebody else {seen}"
        transaction.set_rollback(True)


def _browser(scene: Scene, *, checks_tokens: bool) -> Client:
    cache.clear()
    browser = Client(enforce_csrf_checks=checks_tokens, raise_request_exception=False)
    browser.cookies = people.copied(scene.client)
    return browser


def _somebody_else(scene: Scene) -> Member:
    """Somebody with the same rights, so that they are led to the same page."""
    assert scene.member is not None
    return make.member("Somebody Else", is_staff=scene.member.is_staff, is_superuser=scene.member.is_staff)


def _send(browser: Client, form: Form, sent: dict[str, tuple[str, ...]]) -> Any:
    headers = {"origin": ORIGIN, "referer": f"{ORIGIN}{form.page}"}
    fields = {name: list(values) for name, values in sent.items() if values}
    return browser.post(form.action, fields, headers=headers)


def _words(form: Form) -> list[str]:
    """The words typed that stand nowhere else."""
    return [f"Typed into {one.name}" for one in form.fields.values() if one.kind in ("text", "textarea")]


def _missing(form: Form, html: str) -> Iterator[str]:
    """Yield what was typed and is not in its field again."""
    if SECRET in html:
        yield f"{form} shows a password"
    again = next((one for one in page_forms.read(html, form.page).forms if _is_same(one, form)), None)
    if again is None:
        if lost := [words for words in _words(form) if words not in html]:
            yield f"{form} does not come back, nor do {lost}"
        return
    for name, values in typed(form).items():
        one = again.fields.get(name)
        is_seen = one is not None and one.kind not in ("hidden", "file", "password") and not SECRET_NAME(name)
        if one is not None and is_seen and set(one.values) != set(values):
            yield f"{form} has not kept {name}: {one.values}, not {values}"


def _is_same(one: Form, other: Form) -> bool:
    """Whether two forms are the same, but for what was hidden in the first."""
    return (
        one.method == "POST"
        and one.address == other.address
        and {*one.fields} - {*MARKS}
        >= {name for name, field in other.fields.items() if field.kind != "hidden"} - {*MARKS}
    )
