"""Sends what is hostile into every field of a form at once, and says what of the contract does not hold.

In each round every field gets another hostile value. What the form refuses is put right as a person would:
the fields it names, and these only. So what a field lets through is saved, and can be looked at. Held:
never an error of the site; what was refused changed nothing, said so in words, kept what was typed and
links to what is wrong; what was taken is text that can be read, gives nobody a right, and is nobody else's.
"""

from collections.abc import Iterator, Mapping

from django.test import Client

from tests.contracts import people, tables
from tests.contracts.forms.page_forms import Form, Page
from tests.contracts.hostile import sending
from tests.contracts.hostile.sending import HOSTILE, RIGHTS, Answer, Values
from tests.contracts.scenes.catalogue import Scene

NAMES = list(HOSTILE)
#: What says to a reader that something is not as it should be, or what became of it.
WORDS = ("error-summary", "errornote", "errorlist", "messagelist", 'class="notice', "booking-note")
#: Nobody types these; the second is there for the browser's store of passwords.
NOT_SPOILT = ("csrfmiddlewaretoken", "username")


def spoilt(form: Form, number: int) -> dict[str, str]:
    """Return which field gets which of the hostile values in round ``number``."""
    names = [
        name for name in dict.fromkeys([*form.fields, form.button[0]]) if name and name not in NOT_SPOILT
    ]
    return {name: NAMES[(number + place) % len(NAMES)] for place, name in enumerate(names)}


def faults(
    scene: Scene, form: Form, what: dict[str, str], values: Mapping[str, Values] = HOSTILE
) -> Iterator[str]:
    """Send the form with ``what`` is spoilt in it, until it is taken; yield what does not hold.

    ``what`` gives each field the name of one of ``values``.
    """
    good = sending.filled_in(form, scene)
    rights = {name: values for name, values in RIGHTS.items() if name not in form.fields}
    for _ in range(5):
        sent = good | rights | {name: values[bad] for name, bad in what.items()}
        answer = sending.send(scene, form, sent)
        told = [f"{form} with {what}: {fault}" for fault in judged(scene, form, sent, answer)]
        yield from told
        refused = answer.page(form)
        wrong = {*refused.wrong, *refused.errors_beside}
        named = {name for name in what if name in wrong or name.rpartition("_")[0] in wrong}
        if told or not named or answer.status in DONE:
            return
        what = {name: bad for name, bad in what.items() if name not in named}


#: What was sent is done: one goes on by GET, or to a list that is looked at by POST.
DONE = (302, 307)
#: What is shown by a press, and the look recorded.
LOOKS = {
    "team:concern",
    "team:host_needs",
    "team:needs",
    "team:session_needs",
}
#: What a look may write: the entry, and that a concern has been read.
LOOKED = {"audit_entry", "concerns_concern"}
#: What answers with the page that says it is done: a code that is shown once stands in no address.
SHOWN_ONCE = {"concerns:report", "concerns:answer"}


def judged(scene: Scene, form: Form, sent: dict[str, Values], answer: Answer) -> Iterator[str]:
    """Yield what does not hold for one answer."""
    if answer.status >= 500:
        yield f"is an error: {answer.error}"
        return
    is_look = form.address in LOOKS and set(answer.changed) <= LOOKED
    is_shown = is_look or form.address in SHOWN_ONCE
    if answer.changed and not is_shown and (answer.status not in DONE or form.method == "GET"):
        yield f"answers {answer.status} and has changed {sorted(answer.changed)}"
    if answer.unreadable:
        yield f"has saved {answer.unreadable}"
    yield from _rights(scene, answer)
    if form.method == "POST" and answer.status not in DONE:
        yield from _words(form, sent, answer)


def _rights(scene: Scene, answer: Answer) -> Iterator[str]:
    member = scene.member
    if answer.rights and not (member and member.is_superuser):
        may = member is not None and member.is_staff
        yield from (f"has changed {one}" for one in answer.rights if not may or one.endswith(tables.KEYS))
    if answer.others and not (member and member.is_staff):
        yield f"has changed what is somebody else's: {answer.others}"


def _words(form: Form, sent: dict[str, Values], answer: Answer) -> Iterator[str]:
    if answer.status >= 400 and answer.status != 422:
        if "<h1" not in answer.text:
            yield f"answers {answer.status} without a word"
        return
    page = answer.page(form)
    again = next((one for one in page.forms if one.key == form.key), None)
    if not any(word in answer.text for word in WORDS):
        if again is not None and any(one.kind != "hidden" for one in again.fields.values()):
            yield "is refused without a word"  # one without a field asks once more
        return
    yield from _links(form, page)
    if again is not None and "error" in answer.text:
        yield from _kept(again, sent)


def _links(form: Form, page: Page) -> Iterator[str]:
    dead = [link for link in page.links_of_summary if link not in page.ids]
    if dead:
        yield f"its summary links to nothing: {dead}"
    if form.action.startswith("/admin/"):
        return
    for name in page.wrong:
        field, _, part = name.rpartition("_")
        named = field if part.isdecimal() else name  # a day and a time are one field
        if not any(
            link == f"id_{named}" or link.startswith(f"id_{named}_") for link in page.links_of_summary
        ):
            yield f"its summary does not link to {name}: {page.links_of_summary}"


def _kept(again: Form, sent: dict[str, Values]) -> Iterator[str]:
    for name, one in again.fields.items():
        values = sent.get(name, ())
        if name in NOT_SPOILT or one.kind in ("password", "file") or not values:
            continue
        if any(not isinstance(value, str) for value in values):
            continue
        if one.is_text and one.kind != "hidden" and one.values != values[-1:]:
            yield f"has not kept what was typed in {name}: {ascii(one.values)[:60]}"
        if one.choices and set(values) <= set(one.choices) and set(one.values) != set(values):
            yield f"has not kept what was chosen in {name}: {one.values}, not {values}"


def without_token(scene: Scene, form: Form) -> Iterator[str]:
    """Send the form as it is meant, but from another site: without the token."""
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    stranger.cookies = people.copied(scene.client)
    sent = sending.filled_in(form, scene)
    sent.pop("csrfmiddlewaretoken", None)
    answer = sending.send(scene, form, sent, stranger)
    if answer.status != 403 or answer.changed or "<h1" not in answer.text:
        yield f"{form} without its token answers {answer.status} and changes {sorted(answer.changed)}"
