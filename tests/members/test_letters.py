from collections.abc import Iterator

import pytest
from django.template import Context, Engine
from django.test import override_settings

from members import letters
from members.models import SiteSettings
from notifications.outbox import Attachment, Letter
from tests import make

pytestmark = pytest.mark.django_db

TEMPLATES = {
    "emails/greeting/subject.txt": "Hello {{ recipient_name }}\n  & {{ word }}\n",
    "emails/greeting/body.txt": """{% extends "emails/base.txt" %}
        {% block body %}Hello {{ recipient_name }} & {{ word }}{% endblock %}""",
    "emails/greeting/body.html": """{% extends "emails/base.html" %}
        {% block body %}<p>{{ recipient_name }} & {{ word }}</p>{% endblock %}""",
}


@pytest.fixture(autouse=True)
def templates(settings) -> Iterator[None]:
    """Adds a letter of the tests' own to those of the project."""
    ours = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    django = settings.TEMPLATES[0]
    options = django["OPTIONS"] | {"loaders": ours}
    with override_settings(TEMPLATES=[django | {"APP_DIRS": False, "OPTIONS": options}]):
        yield


def compose(to="bo@example.org", **options) -> Letter:
    return letters.compose("greeting", to=to, context={"word": "<b>"}, reason="Because.", **options)


def configure(**fields) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults=fields)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"contact_email": "team@example.org"}, "Write to team@example.org."),
        (
            {"contact_email": "team@example.org", "contact_phone": "01234 567890"},
            "Write to team@example.org or call 01234 567890.",
        ),
        ({"contact_phone": "01234 567890"}, "Call 01234 567890."),
    ],
)
def test_where_the_answer_goes_to_somebody_else_help_is_not_a_reply_away(fields, says):
    configure(**fields)

    letter = compose(answers_to="gwen@guests.example")

    assert letter.reply_to == "gwen@guests.example"
    assert f"Need help? {says}\n" in letter.text
    assert f"Need help? {says}<" in letter.html
    assert "Reply" not in letter.text


def test_a_letter_says_the_same_in_plain_text_and_in_html(settings):
    settings.SITE_URL = "https://events.example.org"
    configure(contact_email="team@example.org", contact_phone="01234 567890")
    ada = make.member("Ada", email="ada@example.org")

    letter = compose(to=ada)

    assert letter.text == (
        "Hello Ada & <b>\n\n--\nBecause.\n"
        "Need help? Reply to this email or call 01234 567890.\n\n"
        "Q community: https://events.example.org/\n"
    )
    for words in ("Ada & &lt;b&gt;", "Because.", "Reply to this email or call 01234 567890.", "Q community"):
        assert words in letter.html
    assert (letter.to, letter.subject) == ("ada@example.org", "Hello Ada & <b>")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Hello Ada,\n\nYou are registered.\n\nSee it:\nhttps://x.org/", "You are registered. See it."),
        ("Here is the code:\n\n    1234-5678\n\n--\nBecause.", "Here is the code: 1234-5678."),
        ("word " * 60, "word " * 27 + "word…"),
        (
            "Hello Ada,\n\nYour agenda\n\nAll times are UK time.\n\n10:00 to 11:00\nLeading “well”\n- One\n"
            "- Two?",
            "Your agenda. All times are UK time. 10:00 to 11:00. Leading “well”. One. Two?",
        ),
        (
            "What has changed:\n\n- Booked: “First.”\n\nYour agenda",
            "What has changed: Booked: “First.” Your agenda.",
        ),
    ],
)
def test_an_inbox_shows_how_a_letter_begins_without_its_greeting(body, shown):
    assert letters.preview(body) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("A place has come free.\n\nIt is held.", "A place has come free. Accept or decline. It is held."),
        ("A place. It is held.", "A place. Accept or decline. It is held."),
        (f"{'So long a sentence ' * 5}.", f"Accept or decline. {'So long a sentence ' * 5}."),
        ("A place has come free", "A place has come free. Accept or decline."),
    ],
)
def test_an_inbox_shows_early_what_there_is_to_do(body, shown):
    assert letters.preview(body, "Accept or decline") == shown


def test_the_line_for_the_inbox_cannot_be_seen_where_a_program_drops_display():
    html = compose(to=make.member("Eve")).html

    style = html.partition('<div class="unseen" style="')[2].partition('"')[0]
    assert {"font-size:1px", "line-height:1px", "color:#f6f3fb"} <= set(style.split(";"))
    assert 'bgcolor="#f6f3fb" class="outside"' in html


def test_the_line_for_the_inbox_is_hidden_on_top_of_the_html_and_escaped():
    html = compose(to=make.member("Eve <b>")).html

    first = html.partition("<body")[2].partition("</div>")[0]
    assert 'class="unseen" style="display:none;' in first
    assert first.endswith(">Hello Eve &lt;b&gt; &amp; &lt;b&gt;.")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("محمد", "\u2068محمد\u2069"),
        ("Ward 3 קליניקה", "\u2068Ward 3 קליניקה\u2069"),
        ("Zoë 李", "Zoë 李"),
        ("", ""),
    ],
)
def test_a_name_from_right_to_left_leaves_the_words_around_it_in_their_order(name, written):
    for autoescape in (True, False):
        template = Engine.get_default().from_string("{% load letters %}Hello {{ name|isolated }},")
        assert template.render(Context({"name": name}, autoescape=autoescape)) == f"Hello {written},"


def test_what_somebody_calls_themselves_is_still_escaped():
    template = Engine.get_default().from_string("{% load letters %}{{ name|isolated }}")

    assert template.render(Context({"name": "<b>א"})) == "\u2068&lt;b&gt;א\u2069"


def test_replies_go_to_the_team_and_the_sender_is_the_sites():
    configure(
        name="Q", contact_email="team@example.org", sender_name='Q, "the" team', sender_email="q@example.org"
    )

    letter = compose()

    assert letter.reply_to == "team@example.org"
    assert letter.from_email == '"Q, \\"the\\" team" <q@example.org>'


def test_without_a_sender_the_default_one_writes_in_the_sites_name(settings):
    settings.DEFAULT_FROM_EMAIL = "events@example.org"

    assert compose().from_email == "Q community <events@example.org>"


def test_a_letter_names_the_way_to_stop_only_where_there_is_one():
    plain, stoppable = compose(), compose(unsubscribe_url="https://events.example.org/stop/1/")

    assert plain.headers == {}
    assert stoppable.headers == {
        "List-Unsubscribe": "<https://events.example.org/stop/1/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert "https://events.example.org/stop/1/" in stoppable.text
    assert "https://events.example.org/stop/1/" in stoppable.html


def test_an_address_may_come_with_a_name():
    letter = compose(to="Bo Écrit <bo@example.org>")

    assert letter.to == "bo@example.org"
    assert letter.subject == "Hello Bo Écrit & <b>"


def test_no_name_can_add_a_header_line():
    configure(sender_name="Q\r\nBcc: everybody@example.org", sender_email="q@example.org")
    eve = make.member("Eve\r\nBcc: everybody@example.org")

    letter = compose(to=eve)

    assert "\n" not in letter.subject + letter.from_email
    assert "\r" not in letter.subject + letter.from_email


def test_attachments_go_with_the_letter():
    calendar = Attachment("agenda.ics", b"BEGIN:VCALENDAR", "text/calendar; method=REQUEST")

    assert compose(attachments=[calendar]).attachments == (calendar,)


def test_a_letter_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        compose()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("You are registered for Q 2026", "You are registered for Q 2026"),
        ("Run charts " * 10, "Run charts Run charts Run charts Run charts Run charts Run charts Run charts…"),
        ("a" * 100, "a" * 77 + "…"),
    ],
)
def test_a_subject_is_cut_between_words_where_no_inbox_shows_all_of_it(words, told):
    assert letters.short(words) == told
