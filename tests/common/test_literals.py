"""Texts, addresses and files that stand in a template: looked up once, and in each language anew."""

from typing import Any

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, clear_url_caches
from django.utils import translation

SEARCH = '{% url "search" %}'


def said(template: Template, **context: object) -> str:
    return template.render(Context(context))


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ('{% translate "Monday" %}', "Monday", "Montag"),
        ('{% translate "Monday" as day %}<{{ day }}>', "<Monday>", "<Montag>"),
        ('{% translate "May" context "abbrev. month" %}', "May", "Mai"),
        ("{% blocktranslate %}Monday{% endblocktranslate %}", "Monday", "Montag"),
        ("{% blocktranslate asvar day %}Monday{% endblocktranslate %}<{{ day }}>", "<Monday>", "<Montag>"),
    ],
)
def test_a_text_is_said_in_each_language(settings: Any, text: str, english: str, german: str):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    template = Template(text)

    written = [said(template)]
    with translation.override("de"):
        written.append(said(template))
    written.append(said(template))

    assert written == [english, german, english]


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("{% translate day %}", "Monday", "Tuesday"),
        ('{% translate "day"|add:day %}', "dayMonday", "dayTuesday"),
        ("{% blocktranslate %}On {{ day }}{% endblocktranslate %}", "On Monday", "On Tuesday"),
        ("{% url 'members:page' day %}", "/pages/Monday/", "/pages/Tuesday/"),
        ("{% static day %}", "/static/Monday", "/static/Tuesday"),
    ],
)
def test_what_comes_from_the_page_is_said_anew(text: str, first: str, then: str):
    template = Template(text)

    assert [said(template, day=day) for day in ("Monday", "Tuesday")] == [first, then]


def test_how_many_there_are_is_said_anew():
    template = Template(
        "{% blocktranslate trimmed count n=n %}\n one of {{ all }} {% plural %}\n {{ n }} of {{ all }}\n"
        "{% endblocktranslate %}"
    )

    told = [said(template, n=n, all=every) for n, every in ((1, 5), (2, 5), (3, 7), (1, 7), (2, 7))]

    assert told == ["one of 5", "2 of 5", "3 of 7", "one of 7", "2 of 7"]


def test_an_address_is_looked_up_once(settings: Any):
    template = Template(SEARCH)
    before = said(template)
    settings.ROOT_URLCONF = "comments.urls"
    clear_url_caches()

    assert (before, said(template)) == ("/search/", "/search/")
    with pytest.raises(NoReverseMatch):
        said(Template(SEARCH))


def test_an_address_that_is_not_there_is_asked_for_anew(settings: Any):
    own = settings.ROOT_URLCONF
    template = Template('{% url "search" as here %}<{{ here }}>')

    settings.ROOT_URLCONF = "comments.urls"
    clear_url_caches()
    before = said(template)
    settings.ROOT_URLCONF = own
    clear_url_caches()

    assert (before, said(template)) == ("<>", "</search/>")


def test_a_file_has_its_address_and_a_name_where_one_is_wanted():
    template = Template('{% static "a.js" %} {% static "b&c.js" as b %}{{ b }}')

    assert [said(template) for _ in range(2)] == ["/static/a.js /static/b%26c.js"] * 2
