"""What other programs put on the clipboard, as the text of a post."""

from pathlib import Path

import pytest

from blog import body

CASES = Path(__file__).parent / "pasted"


def list_of_word(*entries, kind="MsoListParagraph"):
    """Entries (list, level, marker, words) as Word writes them."""
    return "".join(
        f"<p class={kind} style='text-indent:-18.0pt;mso-list:{name} level{level} lfo1'>"
        f"<!--[if !supportLists]--><span style='mso-list:Ignore'>{marker}"
        f"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><!--[endif]-->"
        f"{words}<o:p></o:p></p>\n"
        for name, level, marker, words in entries
    )


@pytest.mark.parametrize(
    ("name", "html"),
    [
        (
            "word-list",
            "<ul><li><p>Wash your hands</p><ul><li><p>before the ward round</p></li></ul></li></ul>"
            "<ol><li><p>Say your name</p></li></ol>",
        ),
        (
            "google-docs",
            "<p>Plain words that must stay plain, and <strong>these alone are bold</strong>.</p>"
            "<p>A second plain paragraph.</p>",
        ),
        (
            "table",
            '<table><tbody><tr><th scope="col">Ward</th><th scope="col">Beds</th></tr>'
            "<tr><td>7</td><td>24</td></tr></tbody></table>",
        ),
        (
            "word-online",
            "<h2>Safer rounds</h2><p>We changed <strong>two</strong> things, <em>slowly</em>:<br>see "
            '<a href="https://example.org/rounds">the rounds</a></p>'
            "<ul><li><p>Walls</p><ul><li><p>The rota</p></li></ul></li><li><p>Doors</p></li></ul>"
            "<ol><li><p><strong>Ask</strong></p></li><li><p>Listen</p></li></ol>"
            '<table><tbody><tr><th scope="col">Ward</th><th scope="col">Beds</th></tr>'
            "<tr><td>Seven</td><td>20</td></tr></tbody></table>",
        ),
        (
            "libreoffice",
            "<h2>A heading</h2><p><strong>Loud paragraph by style</strong></p>"
            "<p>Some <strong>strong</strong>, <em>slanted</em> and <strong>mine</strong> words.</p>"
            "<ul><li><p>One</p><ul><li><p>Deep</p></li></ul></li><li><p>Two</p></li></ul>"
            '<ol start="3"><li><p>First</p><ol><li><p>lettered</p></li></ol></li><li><p>Second</p></li></ol>'
            "<blockquote><p>Quoted words</p></blockquote>"
            '<table><tbody><tr><th scope="col">Ward</th><th scope="col">Beds</th></tr>'
            "<tr><td>7</td><td>20</td></tr></tbody></table>"
            "<p>and under and gone and H<sub>2</sub>O</p>",
        ),
    ],
)
def test_a_clipboard_becomes_what_its_writer_saw(name, html):
    assert body.clean((CASES / f"{name}.html").read_text()) == html


def test_what_word_on_the_web_and_libreoffice_lose_is_said():
    word, libre = ((CASES / f"{name}.html").read_text() for name in ("word-online", "libreoffice"))

    assert body.left_out(word) == ("1 picture was not pasted. Add it with Add a picture.",)
    assert body.left_out(libre) == (
        "1 picture was not pasted. Add it with Add a picture.",
        "Text that is struck through is not struck through here: look whether it should stay.",
        "Underlining is not kept: readers take it for a link.",
        "Lists that count in letters or Roman figures count in figures here.",
    )


def test_counted_lists_of_word_nest_begin_where_they_began_and_say_what_letters_became():
    clipboard = list_of_word(
        ("l0", 1, "3.", "Three"), ("l0", 2, "a)", "Deep"), ("l0", 3, "i.", "Deeper"), ("l0", 1, "4.", "Four")
    )

    assert body.clean(clipboard) == (
        '<ol start="3"><li><p>Three</p><ol><li><p>Deep</p><ol><li><p>Deeper</p></li></ol></li></ol></li>'
        "<li><p>Four</p></li></ol>"
    )
    assert body.left_out(clipboard) == (
        "Lists that count in letters or Roman figures count in figures here.",
    )


@pytest.mark.parametrize(
    ("clipboard", "html"),
    [
        (
            "<p class=MsoListBullet>· &nbsp;&nbsp; One</p><p class=MsoListBullet2>Two</p>"
            "<p class=MsoListNumber>1.&nbsp;&nbsp; First</p>",
            "<ul><li><p>One</p><ul><li><p>Two</p></li></ul></li></ul><ol><li><p>First</p></li></ol>",
        ),
        (
            "<p class=MsoListParagraph style='margin-left:36pt'>•&nbsp;&nbsp;&nbsp;<b>One</b></p>"
            "<p class=MsoListParagraph style='margin-left:72pt'>o&nbsp;&nbsp;&nbsp;Two</p>",
            "<ul><li><p><strong>One</strong></p><ul><li><p>Two</p></li></ul></li></ul>",
        ),
        (
            '<b style="font-weight:normal"><ul><li aria-level="1" style="font-weight:400"><p>One</p></li>'
            '<ul><li aria-level="2"><p>Two</p></li></ul><li aria-level="1"><p>Three</p></li></ul></b>',
            "<ul><li><p>One</p><ul><li><p>Two</p></li></ul></li><li><p>Three</p></li></ul>",
        ),
        (
            '<div><ul><li data-aria-level="1"><p>One</p></li></ul></div>'
            '<div><ul><li data-aria-level="2"><p>Two</p></li></ul></div>',
            "<ul><li><p>One</p><ul><li><p>Two</p></li></ul></li></ul>",
        ),
        (
            '<ul><li><p style="margin-bottom: 0cm">a</p><ol start="2"><li><p>b</p></li></ol></li></ul>',
            '<ul><li><p>a</p><ol start="2"><li><p>b</p></li></ol></li></ul>',
        ),
        ("<p class=MsoListParagraph>No marker</p>", "<p>No marker</p>"),
    ],
)
def test_every_kind_of_list_is_a_list(clipboard, html):
    assert body.clean(clipboard) == html


@pytest.mark.parametrize(
    ("clipboard", "html"),
    [
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4>", "<h2>A</h2><h3>B</h3><h4>C</h4><h4>D</h4>"),
        ('<h2 style="x:y"><b>A</b></h2><h5>B</h5>', "<h2>A</h2><h4>B</h4>"),
        ("<p class=MsoTitle>A</p><p style='mso-outline-level:2'>B</p>", "<h2>A</h2><h3>B</h3>"),
        ('<h1 class="western"><span style="font-weight:400">A</span></h1>', "<h2>A</h2>"),
    ],
)
def test_headings_begin_at_the_second_level_and_are_not_bold_besides(clipboard, html):
    assert body.clean(clipboard) == html


@pytest.mark.parametrize(
    ("clipboard", "html"),
    [
        ('<p><span style="font-weight:600">a</span></p>', "<p><strong>a</strong></p>"),
        ('<p><span style="font-weight:500">a</span></p>', "<p>a</p>"),
        (
            '<p style="font-weight:bold">a<span style="font-weight:normal">b</span></p>',
            "<p><strong>a</strong>b</p>",
        ),
        (
            '<p><i style="font-style:normal">a</i><span style="font-style:italic">b</span></p>',
            "<p>a<em>b</em></p>",
        ),
        ('<p>x<span style="vertical-align:super">2</span></p>', "<p>x<sup>2</sup></p>"),
        ('<p><span style="font-weight:700">kind </span>words</p>', "<p><strong>kind</strong> words</p>"),
    ],
)
def test_looks_are_read_before_they_are_taken_away(clipboard, html):
    assert body.clean(clipboard) == html


def test_a_table_keeps_its_caption_its_heads_and_what_reaches_over_others():
    clipboard = (
        "<p class=MsoCaption>Table 1: Beds</p>"
        "<table><thead><tr><th>Ward</th><th colspan=2>Beds</th></tr></thead>"
        "<tr><th>7</th><td><b>x</b></td><td><p>a</p><p>b</p></td></tr></table>"
    )

    assert body.clean(clipboard) == (
        '<table><caption>Table 1: Beds</caption><tbody><tr><th scope="col">Ward</th>'
        '<th scope="col" colspan="2">Beds</th></tr><tr><th scope="row">7</th><td><strong>x</strong></td>'
        "<td><p>a</p><p>b</p></td></tr></tbody></table>"
    )


def test_a_table_of_one_cell_is_a_frame_around_words():
    assert body.clean("<table><tr><td><p>Note</p></td></tr></table>") == "<p>Note</p>"


@pytest.mark.parametrize(
    ("words", "html"),
    [
        (
            "Before:\r\n·\tWash your hands\r\no\tbefore the round\r\n·\tSay your name\r\nAfter.",
            "<p>Before:</p><ul><li>Wash your hands<ul><li>before the round</li></ul></li>"
            "<li>Say your name</li></ul><p>After.</p>",
        ),
        (
            "1.\tOne\na)\tDeep\ni.\tDeeper\nb)\tDeep too\n2.\tTwo",
            "<ol><li>One<ol><li>Deep<ol><li>Deeper</li></ol></li><li>Deep too</li></ol></li>"
            "<li>Two</li></ol>",
        ),
        (
            "Beds by ward\n\nWard\tBeds\n7 & 8\t24\n\n*After*",
            '<p>Beds by ward</p><table><tbody><tr><th scope="col">Ward</th><th scope="col">Beds</th></tr>'
            "<tr><td>7 &amp; 8</td><td>24</td></tr></tbody></table><p><em>After</em></p>",
        ),
        ("One\tword alone", "<p>One\tword alone</p>"),
    ],
)
def test_in_the_plain_field_lists_and_tables_are_told_by_their_tabs(words, html):
    assert body.clean(words).replace("\n", "") == html


def test_what_posts_do_not_have_is_said():
    clipboard = (
        '<p style="x">a<img src="x"></p><p><img><s>b</s> <u>c</u> <a href="https://q.example"><u>d</u></a></p>'
        '<iframe src="x"></iframe>'
    )

    assert body.left_out(clipboard) == (
        "2 pictures were not pasted. Add them with Add a picture.",
        "1 video or other embedded part was not pasted.",
        "Text that is struck through is not struck through here: look whether it should stay.",
        "Underlining is not kept: readers take it for a link.",
    )
    assert body.left_out("<p>Plain</p>") == body.left_out("# Markdown") == ()


@pytest.mark.parametrize("case", sorted(CASES.glob("*.html")), ids=lambda case: case.stem)
def test_cleaning_again_what_was_pasted_changes_nothing(case):
    once = body.clean(case.read_text())

    assert body.clean(once) == once


@pytest.mark.parametrize(
    "odd",
    [
        "<table>" * 200,
        "<table><tr><td>" * 200 + "a",
        "<ul>" * 500 + "<li>a",
        "<p class=MsoListParagraph style='mso-list:l0 level9 lfo1'>a</p>",
        "<p style='mso-list:'>a</p>",
        "<td style=a>b",
        "<ol start=99999999999999999999 style=a><li>a</ol>",
        "<table><tr><td colspan=99999999999>a</td><td>b</td></tr></table>",
        "<b style='font-weight:²'>a</b><p>",
        "<p style='margin-left:..pt' class=MsoListBullet>a</p>",
    ],
)
def test_an_odd_clipboard_is_no_error(odd):
    assert body.clean(odd + "<p>b</p>") is not None
    assert body.left_out(odd + "<p>b</p>") is not None
