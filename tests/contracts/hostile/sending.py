"""What nobody means to send, and how a form is sent: as a browser would, and as no browser would."""

import base64
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from members.models import Member
from tests.contracts import people, tables
from tests.contracts.forms import page_forms
from tests.contracts.forms.page_forms import Field, Form, Page
from tests.contracts.scenes import catalogue
from tests.contracts.scenes.catalogue import OWN_PASSWORD, PIA, RAE, Scene

Values = tuple[Any, ...]

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>"
#: One field's values by what is wrong with them; no value at all is a field that is missing.
HOSTILE: dict[str, Values] = {
    "empty": ("",),
    "missing": (),
    "too long": ("a" * 100_000,),
    "of another type": ("[object Object]",),
    "control characters": ("a\x01b\x1b[31m\x7f\x85c",),
    "a NUL": ("a\0b",),
    "text that is turned around": ("\u202egro.elpmaxe@lave",),
    "emoji": ("👩🏽‍⚕️🏴󠁧󠁢󠁷󠁬󠁳󠁿👨‍👩‍👧‍👦" * 3,),
    "combining marks": ("Z̸̢̛a̷l̶g̵o" + "\u0301" * 40,),
    "lone surrogates": ("a\ud800\udfffb".encode("utf-8", "surrogatepass"),),
    "no UTF-8": (b"\xff\xfe\x00\x80\xc3",),
    "nothing to see": ("\u200b\u2060\ufeff",),
    "markup": (MARKUP,),
    "the language of templates": ("{{ settings.SECRET_KEY }}{% now 'Y' %}{% include 'base.html' %}${7*7}",),
    "SQL": ("1' OR 1=1; DROP TABLE members_member; --",),
    "a header of mail": ("a\r\nBcc: evil@example.org\r\n\r\nBuy",),
    "a very large number": ("9" * 5000,),
    "a number that no column holds": (str(2**63),),
    "less than nothing": ("-1",),
    "no number": ("NaN",),
    "without end": ("1e999",),
    "figures of another script": ("²٣",),
    "two values": ("a", "b"),
    # The last one counts, and 0 is nobody's number: 99 may be somebody's, who would be shown by name.
    "a hundred values": tuple(str(number) for number in reversed(range(100))),
    "a file": (SimpleUploadedFile("a\u202egpj.exe", b"\x00MZ<script>", "text/html"),),
}
#: What nobody's form has, sent along with every form.
RIGHTS: dict[str, Values] = {
    "is_staff": ("on",),
    "is_superuser": ("on",),
    "is_active": ("on",),
    "membership": ("active",),
    "status": ("confirmed",),
    "groups": ("1", "2"),
    "user_permissions": ("1",),
    "email_verified": ("on",),
    "is_vouched_for": ("on",),
    "verified": ("on",),
    "primary": ("on",),
    "member": ("1",),
    "member_id": ("1",),
    "id": ("1",),
    "pk": ("1",),
    "__proto__": ("1",),
}
#: The smallest picture there is.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CSV = b"title,email\r\nFrom a file,listed.too@example.org\r\n"


def filled_in(form: Form, scene: Scene) -> dict[str, Values]:
    """What somebody sends who fills in the form as it is meant: what stands there, and what is required."""
    sent: dict[str, Values] = dict(form.defaults())
    for name, one in form.fields.items():
        if not any(sent.get(name, ())) and (one.is_required or name in ALWAYS):
            sent[name] = (_sample(one, form, scene),)
    return sent


#: Fields that forms of the admin need and do not mark.
ALWAYS = (
    "code",
    "reason",
    "_selected_action",
    "file",
    "has_accepted",
    "heard_conduct",
    "consents",
    "kinds",
    "calendar",
)


def _sample(one: Field, form: Form, scene: Scene) -> Any:
    """A value that a person gives: by the field's name, else by its kind."""
    theirs = str(scene.world.numbers.get("events_session")) if scene.world else ""
    if one.name == "session" and theirs in one.choices:
        return theirs  # of the event whose booking has opened
    if one.choices:
        return next((choice for choice in one.choices if choice), "")
    by_name = {
        "code": lambda: catalogue.code_for(scene),
        "login": lambda: PIA,
        "slug": lambda: "a-new-address",
        "member": lambda: Member.objects.get(email=RAE if "booking" in form.address else PIA).pk,
        "registration": lambda: scene.world.numbers["events_registration"],
        "session": lambda: scene.world.numbers["events_session"],
        "oldpassword": lambda: OWN_PASSWORD,
        "password": lambda: OWN_PASSWORD,
        "time_zone": lambda: "Europe/London",
        "seconds": lambda: "45:10",
        "colour": lambda: "#112233",
        "first_day": lambda: "2026-12-01",
        "last_day": lambda: "2026-12-02",
        "moment_0": lambda: "2026-12-01",
        "moment_1": lambda: "10:15",
        "file": lambda: _file(form),
        "url": lambda: "https://video.example/1",
    }
    if one.name in by_name:
        return by_name[one.name]()
    by_kind = {"email": "new@example.org", "number": "1", "password": "three new silver spoons"}
    return by_kind.get(one.kind, "Words")


def _file(form: Form) -> SimpleUploadedFile:
    """A picture, a file beforehand or of a recording where one is asked for, else a list."""
    if form.address.endswith("/files/"):
        return SimpleUploadedFile("a.pdf", b"%PDF-1.4", "application/pdf")
    if form.address.endswith(("/recording/file/", "/audio/")):
        return SimpleUploadedFile("a.mp3", b"ID3", "audio/mpeg")
    if form.address.endswith("/captions/"):
        return SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n", "text/vtt")
    if "picture" in form.address:
        return SimpleUploadedFile("a.png", PIXEL, "image/png")
    return SimpleUploadedFile("a.csv", CSV, "text/csv")


@dataclass
class Answer:
    """What became of a form that was sent."""

    status: int
    text: str
    location: str
    changed: set[str]
    unreadable: list[str] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    error: str = ""
    others: list[str] = field(default_factory=list)

    def page(self, form: Form) -> Page:
        return page_forms.read(self.text, form.action)


def send(scene: Scene, form: Form, values: dict[str, Values], client: Client | None = None) -> Answer:
    """Send ``values`` as the reader of the scene; the answer says what changed, and nothing of it stays."""
    cache.clear()
    browser = client or scene.client
    (before, rights), others = scene.untouched, scene.others_untouched
    with people.as_she_is(browser), transaction.atomic():
        got = _request(browser, form, values)
        is_html = "html" in got.headers.get("Content-Type", "")
        answer = Answer(
            got.status_code,
            got.text if is_html and not got.streaming else "",
            got.headers.get("Location", ""),
            tables.changed(before),
            error=repr(getattr(got, "exc_info", None)),
        )
        if answer.changed:
            answer.unreadable = tables.unreadable(answer.changed)
            is_by_staff = scene.member is not None and scene.member.is_staff
            answer.rights = tables.changed_rights(rights, is_by_staff=is_by_staff)
            answer.others = [name for name, rows in scene.others().items() if rows != others[name]]
        transaction.set_rollback(True)
    return answer


def _request(client: Client, form: Form, values: dict[str, Values]) -> Any:
    has_file = any(hasattr(value, "read") for several in values.values() for value in several)
    if form.method == "GET":
        pairs = [(name, value) for name, several in values.items() for value in several]
        query = urlencode([pair for pair in pairs if not hasattr(pair[1], "read")])
        return client.get(f"{form.action}?{query}")
    if has_file or form.is_multipart:
        return client.post(form.action, {name: list(several) for name, several in values.items() if several})
    body = "&".join(f"{quote_plus(name)}={quote_plus(_plain(v))}" for name, vs in values.items() for v in vs)
    return client.post(form.action, body, content_type="application/x-www-form-urlencoded")


def _plain(value: Any) -> str | bytes:
    return value if isinstance(value, bytes) else str(value)
