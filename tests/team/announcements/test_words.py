"""What an announcement says as plain text, and what stands for names."""

import pytest

from team.announcements import placeholders
from team.announcements.plain_words import as_text
from team.models import Announcement
from tests import make


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<h2>Pens</h2><p>Bring <strong>one</strong>.</p>", "Pens\n\nBring one."),
        (
            "<p>Bring:</p><ul><li>a pen</li><li><p>ink</p></li></ul><p>Bye</p>",
            "Bring:\n\n- a pen\n- ink\n\nBye",
        ),
        ("<ol start='3'><li>c</li><li>d</li></ol>", "3. c\n4. d"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<p>See <a href="https://a.example/">the page</a>.</p>', "See the page: https://a.example/."),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<p><a href="mailto:a@a.example">a@a.example</a></p>', "a@a.example"),
        ("<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>", "a | b\nc"),
        ("<blockquote><p>So</p></blockquote><p>Bye</p>", "So\n\nBye"),
    ],
)
def test_html_becomes_lines(html, text):
    assert as_text(html) == text


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ada Lovelace", "Ada"),
        ("Dr. Ada Lovelace", "Ada"),
        ("Prof Dr Ada Lovelace", "Ada"),
        ("Ada", "Ada"),
        ("Dr", "Dr"),
        ("محمد عبد الله", "محمد"),
    ],
)
def test_a_first_name_is_the_first_word_that_is_no_title(name, first):
    assert placeholders.first_name(name) == first


@pytest.mark.django_db
def test_what_people_are_called_is_never_markup():
    words = "<p>Hello {name}, {FIRST&nbsp;NAME}</p>"

    html = placeholders.in_html(words, Announcement(), make.member("<b>Ada</b> & Bo"))

    assert html == "<p>Hello &lt;b&gt;Ada&lt;/b&gt; &amp; Bo, &lt;b&gt;Ada&lt;/b&gt;</p>"
