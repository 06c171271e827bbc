"""Texts that no editor means to send: they are cleaned in no time, and what is left can be shown."""

import xml.etree.ElementTree as ET
from itertools import islice, product

import pytest

from blog import blocks, body
from blog.models import Post
from tests import make, work
from tests.contracts import people
from tests.found import found

ATOM = "{http://www.w3.org/2005/Atom}"
#: Units of work that the longest text may take; the worst takes about twenty.
MOST = 100


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<p>a&#11;b&#x1;c&#x1b;</p>", "<p>a bc</p>"),
        ("<p>a\x00b\x85c\x7f</p>", "<p>abc</p>"),
        ("<p>a&#xfffe;\uffffb</p>", "<p>ab</p>"),
        ("<p>\u202eb\u2066a&#x202e;</p>", "<p>ba</p>"),
        ("one\u2028two", "<p>one two</p>"),
        ("<p>a\ud800b</p>", "<p>a?b</p>"),
        ("a\udfffb", "<p>a?b</p>"),
        ("<p>می\u200cخواهم 👩🏽\u200d⚕️</p>", "<p>می\u200cخواهم 👩🏽\u200d⚕️</p>"),
    ],
)
def test_what_cannot_be_seen_is_left_out_and_what_belongs_to_a_word_stays(text, html):
    assert body.clean(text) == html


@pytest.mark.parametrize(
    "link",
    ["/\\evil.example/", "/\t/evil.example/", "/\n\\evil.example", "/&#x202e;/evil.example",
     "\\\\evil.example", "java\nscript:pwned()", "java&#x202e;script:pwned()", "&#11;//evil.example",
     "https&#x202e;:x"],
)  # fmt: skip
def test_a_link_that_only_seems_to_stay_here_loses_its_address(link):
    assert body.clean(f'<p><a href="{link}">x</a></p>') == "<p><a>x</a></p>"


def test_lists_in_lists_stay_as_deep_as_people_write_them():
    deep = "<ul><li>" * 20 + "Deep" + "</li></ul>" * 20

    assert body.clean(deep) == deep


def test_what_stands_deeper_than_people_write_keeps_its_words():
    deep = "<blockquote>" * 60 + "<p>Deep</p>" + "</blockquote>" * 60

    assert body.clean(deep) == "<blockquote>" * 50 + "<p>Deep</p>" + "</blockquote>" * 50
    assert body.clean(f"{deep}<p>After</p>").endswith("</blockquote><p>After</p>")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["<p " * 66_000, "<b " * 66_000 + "<p>", "</b" * 66_000 + "<p>", "<p>" + "<b><" * 50_000, "&" * 200_000,
     "*a **b " * 28_000, "[" * 60_000, "<ul>" * 25_000, "<ul><li>" * 12_500, "<p></p>" + "<div>" * 20_000,
     "[a](" * 50_000, "<p>x</p>" + "<blockquote>" * 16_000,
     "<p>&nbsp;" * 25_000, "<p>" + "&nbsp;" * 33_000 + "x", "https://a.b/" + "(" * 100_000, "a@" * 100_000,
     "*a* " * 25_000, "a\n" * 50_000, "[a](/b) " * 12_500],
)  # fmt: skip
def test_no_text_keeps_the_site_busy(text):
    taken = work.units(lambda: body.plain(body.clean(text[: body.MAX_BODY_CHARS])))

    assert taken < MOST


@pytest.mark.parametrize(
    "text", ["<p>[[" + " " * 190_000 + "</p>", "<p>[[" * 38_000, "<p> " * 50_000 + "[[x]]"]
)
def test_no_marker_keeps_the_site_busy(text):
    taken = work.units(lambda: body.MARKER.split(text))

    assert taken < MOST


@pytest.mark.parametrize(
    "marker",
    ["[[picture\u00a01]]", "[[ picture &nbsp; 1 ]]", "[[picture 1]]<br>", "\n[[picture\n1]] "],
)
@pytest.mark.django_db
def test_a_marker_is_known_whatever_spaces_an_editor_puts_in_it(marker):
    cleaned = body.clean(f"<p>{marker}</p>")
    assert cleaned == "<p>[[picture 1]]</p>"
    post = make.post(body=cleaned)
    post.pictures.create(
        number=1, file="a.webp", width=1, height=1, alternative_text="Board", created_at=make.NOW
    )

    assert [one.kind for one in blocks.blocks_of(post, at=make.NOW, reader=None)] == ["picture"]


@pytest.mark.parametrize("words", ["a &amp; b", "&lt;b&gt;", "&amp;lt;b&amp;gt;", "\"'"])
def test_whatever_stands_in_a_marker_stays_words(words):
    assert body.clean(f"<p>[[{words}]]</p>") == f"<p>[[{words}]]</p>"


@pytest.mark.django_db
@pytest.mark.usefixtures("ordinary_monday")
def test_the_feed_can_be_read_whatever_stands_in_a_post():
    """Events and themes come from spreadsheets too, and the shell writes what no form lets through."""
    strange = "a\x0bb\ufffec\x1bd"
    post = make.post(strange, standfirst=strange, body=f"<p>{strange}</p>", authors=[make.member(strange)])
    post.themes.add(make.theme(make.event(), strange))

    feed = ET.fromstring(people.reader().get("/blog/feed/").content)  # noqa: S314  # our own

    entry = found(feed.find(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}title") == "abcd"
    assert found(entry.find(f"{ATOM}category")).get("term") == "abcd"
    assert entry.findtext(f"{ATOM}content", "").strip() == "<p>abcd</p>"


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 2, 3, 4, 8])
def test_the_longest_text_of_words_that_all_differ_can_be_searched(length):
    """A tsvector holds a megabyte at most; what is longer is an error of the database."""
    letters = [chr(number) for number in range(0x20000, 0x20000 + (40_000 if length == 1 else 300))]
    words = ("".join(word) for word in product(letters, repeat=length))
    text = " ".join(islice(words, body.MAX_BODY_CHARS // (length + 1)))[: body.MAX_BODY_CHARS]

    post = make.post("T" * 150, standfirst="S " * 200, body=f"<p>{text}</p>", text=text)

    assert Post.objects.get(pk=post.pk).text == text
