"""``make messages``: what it finds for translators, what it refuses, and what becomes of a translation."""

import gettext

import pytest

from qevent import translation_files
from tests import pseudo

TEMPLATE = """{% load i18n %}
    {% button _("Book all") href=url %}
  <p aria-label="{% translate "Main" context "navigation" %}">
{% if x %}{% blocktranslate trimmed count n=things|length with who=member.name %}
      {{ who }} has
      one thing.
      {% plural %}{{ who }} has {{ n }} things.{% endblocktranslate %}{% endif %}
"""
PYTHON = """
from django.utils.translation import gettext as _, pgettext

def told(title):
    # Translators: a place in a session
    return _("You have a place in %(title)s.") % {"title": title} + pgettext("a day", "May")

def people(number):
    return counted(number, "%(count)s person", "%(count)s people")
"""


def found(tmp_path, name, source):
    path = tmp_path / name
    path.write_text(source)
    return path


def test_texts_are_found_in_templates_and_in_python(tmp_path):
    sources = [found(tmp_path, "page.html", TEMPLATE), found(tmp_path, "rule.py", PYTHON)]

    catalog = translation_files.extracted(sources)

    assert {(one.id, one.context, tuple(one.auto_comments)) for one in catalog if one.id} == {
        ("Book all", None, ()),
        ("Main", "navigation", ()),
        (("%(who)s has one thing.", "%(who)s has %(n)s things."), None, ()),
        ("You have a place in %(title)s.", None, ("Translators: a place in a session",)),
        ("May", "a day", ()),
        (("%(count)s person", "%(count)s people"), None, ()),
    }


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ('_(f"Hello {name}")', "the text of _() is made while the site runs"),
        ('_("Hello " + name)', "the text of _() is made while the site runs"),
        ('_("Hello {name}".format(name=name))', "the text of _() is made while the site runs"),
        ('gettext_lazy("Hello " "you" + name)', "the text of gettext_lazy() is made while the site runs"),
        ('pgettext("a greeting", name)', "the text of pgettext() is made while the site runs"),
        ('counted(3, "%(count)s day", days)', "the text of counted() is made while the site runs"),
        ("f\"{_('Hello')} {name}\"", "_() stands in an f-string"),
        ('_("Hello %s")', "'Hello %s' has a value without a name"),
        ('_("Hello {}")', "'Hello {}' has a value without a name"),
        ('ngettext("%(n)s of %d", "%(n)s of %(m)s", 3)', "'%(n)s of %d' has a value without a name"),
    ],
)
def test_a_text_that_no_translator_could_work_with_is_refused(tmp_path, call, fault):
    path = found(tmp_path, "rule.py", f"x = {call}\n")

    assert list(translation_files.faults([path])) == [f"{path}:1: {fault}"]


@pytest.mark.parametrize(
    "call", ['_("100 %% of %(name)s")', '_("Hello " "you")', "counted(3, '%(count)s a', 'b')"]
)
def test_an_ordinary_text_is_not_refused(tmp_path, call):
    path = found(tmp_path, "rule.py", f"x = {call}\n")

    assert list(translation_files.faults([path])) == []


def translated(folder, text, words):
    """Translate one text in a file that ``make messages`` has made."""
    po = folder / "cy" / "LC_MESSAGES" / "django.po"
    empty = f'msgid "{text}"\nmsgstr "'
    assert empty in po.read_text()
    po.write_text(po.read_text().replace(empty, empty + words))
    return po.with_suffix(".mo")


def test_a_language_is_begun_brought_up_to_date_and_compiled(tmp_path, capsys):
    sources = [found(tmp_path, "rule.py", PYTHON)]
    assert translation_files.main(["cy"], folder=tmp_path, paths=sources) == 0
    compiled = translated(tmp_path, "You have a place in %(title)s.", "Mae gennych le yn %(title)s.")

    assert translation_files.main([], folder=tmp_path, paths=sources) == 0

    with compiled.open("rb") as file:
        welsh = gettext.GNUTranslations(file)
    assert welsh.gettext("You have a place in %(title)s.") == "Mae gennych le yn %(title)s."
    assert capsys.readouterr().out.splitlines()[-2:] == ["3 texts.", "cy: 1 of 3 translated."]


def test_a_translation_that_lost_a_value_is_named(tmp_path, capsys):
    sources = [found(tmp_path, "rule.py", PYTHON)]
    translation_files.main(["cy"], folder=tmp_path, paths=sources)
    translated(tmp_path, "You have a place in %(title)s.", "Mae gennych le yn %(teitl)s.")

    assert translation_files.main([], folder=tmp_path, paths=sources) == 1

    assert "django.po (cy): 'You have a place in %(title)s.'" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["<b>Mae</b> %(title)s.", r"Mae \"%(title)s\".", "A & %(title)s."])
def test_a_translation_with_marks_of_html_that_its_text_has_not_is_named(tmp_path, capsys, words):
    sources = [found(tmp_path, "rule.py", PYTHON)]
    translation_files.main(["cy"], folder=tmp_path, paths=sources)
    translated(tmp_path, "You have a place in %(title)s.", words)

    assert translation_files.main([], folder=tmp_path, paths=sources) == 1

    assert capsys.readouterr().err == (
        "django.po (cy): 'You have a place in %(title)s.': other marks of HTML than the text has\n"
    )


def test_nothing_is_written_where_a_source_has_a_fault(tmp_path, capsys):
    sources = [found(tmp_path, "rule.py", "x = _(name)\n")]

    assert translation_files.main(["cy"], folder=tmp_path / "locale", paths=sources) == 1

    assert not (tmp_path / "locale").exists()
    assert capsys.readouterr().err.splitlines()[-1] == "Nothing was written."


def test_the_pseudo_language_keeps_values_and_markup():
    assert pseudo.stretched('Go <a href="{{ url }}">to %(place)s</a> &amp; %(n)d%%\n') == (
        '⟦Ĝöö <a href="{{ url }}">ţöö %(place)s</a> &amp; %(n)d%%⟧\n'
    )
    assert pseudo.stretched("%(start)s, 10:00") == "%(start)s, 10:00"
