"""Revisions compared and brought back."""

from datetime import timedelta

import pytest

from blog.editing import publishing, revisions, saving
from blog.models import Post, Revision
from blog.refusals import NotReady, StalePost
from common.edit_conflicts import stamp
from tests import make, work
from tests.blog.editing.revisions import draft
from tests.make import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def revision(body="", title="Rota", standfirst=""):
    return Revision(title=title, standfirst=standfirst, body=body)


def said(lines):
    """Each line as its kind and its pieces, marked."""
    signs = {"same": "", "added": "+", "removed": "-", "skipped": "#"}
    return [(line.kind, [signs[piece.kind] + piece.words for piece in line.pieces]) for line in lines]


def test_changed_words_stand_in_their_paragraph():
    found = revisions.compare(
        revision("<p>We asked every nurse which shift she wants.</p>", "Rota", "Short"),
        revision("<p>We asked each nurse and porter which shift she wants.</p>", "Rotas", "Short"),
    )

    assert said(found.title) == [("removed", ["-Rota"]), ("added", ["+Rotas"])]
    assert said(found.standfirst) == [("same", ["Short"])]
    assert said(found.text) == [
        ("same", ["We asked", "-every", "+each", "nurse", "+and porter", "which shift she wants."])
    ]
    assert not found.only_form


def test_paragraphs_that_come_and_go_are_whole_and_others_are_left_out():
    same = [f"<p>Paragraph {number}.</p>" for number in range(8)]
    before = "".join([*same[:4], "<p>Gone altogether.</p>", *same[4:]])
    after = "".join([*same, "<h2>And now?</h2>"])

    assert said(revisions.compare(revision(before), revision(after)).text) == [
        ("skipped", ["#3"]),
        ("same", ["Paragraph 3."]),
        ("removed", ["-Gone altogether."]),
        ("same", ["Paragraph 4."]),
        ("skipped", ["#2"]),
        ("same", ["Paragraph 7."]),
        ("added", ["+## And now?"]),
    ]


def test_a_paragraph_written_anew_is_shown_as_both():
    found = revisions.compare(revision("<p>One two.</p>"), revision("<p>Nothing like it at all.</p>"))

    assert said(found.text) == [("removed", ["-One two."]), ("added", ["+Nothing like it at all."])]


def test_an_editor_reads_headings_lists_quotes_links_and_markers():
    html = (
        '<h2>Why &amp; how</h2><p>See <a href="https://example.org/a">the <em>rota</em></a>.</p>'
        "<ul><li><p>One</p></li><li>Two</li></ul><blockquote><p>Kind.</p></blockquote>"
        "<p>[[picture 2]]</p><hr>"
    )

    assert revisions.lines(html) == [
        "## Why & how",
        "See the rota (https://example.org/a).",
        "- One",
        "- Two",
        "> Kind.",
        "[[picture 2]]",
        "---",
    ]


def test_where_a_link_leads_is_a_change_and_emphasis_alone_is_only_form():
    one = revision('<p>See <a href="https://a.example">this</a>.</p>')
    other = revision('<p>See <a href="https://b.example">this</a>.</p>')
    strong = revision('<p>See <a href="https://a.example"><strong>this</strong></a>.</p>')

    assert said(revisions.compare(one, other).text) == [
        ("same", ["See this", "-(https://a.example).", "+(https://b.example)."])
    ]
    assert revisions.compare(one, strong).only_form
    assert not revisions.compare(one, one).only_form


def test_what_is_alike_before_and_after_a_change_is_no_part_of_it():
    before = "".join(f"<p>{number}</p>" for number in range(2_000))
    after = before.replace("<p>1000</p>", "<p>new</p><p>newer</p>")

    shown = said(revisions.compare(revision(before), revision(after)).text)

    kinds = [kind for kind, _ in shown if kind != "skipped"]
    assert kinds == ["same", "removed", "added", "added", "same"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>" + "a b " * 50_000 + "</p>", "<p>" + "b a " * 50_000 + "</p>"),
        ("<p>a</p><p>b</p>" * 12_000, "<p>b</p><p>c</p>" * 12_000),
        ("", "<p>x</p>" * 20_000),
        ("<p>x " + "a " * 1_400 + "</p>", "<p>y " + "a b " * 700 + "</p>"),
        ("<p>x</p>" + "<p>a</p>" * 1_500 + "<p>y</p>", "<p>v</p>" + "<p>a</p><p>b</p>" * 750 + "<p>w</p>"),
        ("<p>x " + "a b c d e f g " * 27 + "</p>", "<p>y " + "a c b e d f g h " * 24 + "</p>"),
    ],
)
def test_the_longest_texts_are_compared_in_no_time(before, after):
    taken = work.units(lambda: revisions.compare(revision(before), revision(after)).text)

    assert taken < 4  # without the limits the slowest takes twice as many


def test_an_older_text_comes_back_as_a_new_revision():
    eve = make.member("Eve")
    post = draft(body="<p>First.</p>")
    saving.save(post, {"title": "Other", "body": "<p>Second.</p>", "kind": "news"}, by=eve, at=NOW, seen=None)
    seen = stamp(Post.objects.get())

    revisions.restore(post, post.revisions.get(number=2), by=eve, at=LATER, seen=seen)

    fresh = Post.objects.get()
    assert (fresh.title, fresh.body, fresh.text, fresh.kind) == (
        "Rota as kindness",
        "<p>First.</p>",
        "First.",
        "news",
    )
    assert post.revisions.values_list("number", "restores", "saved_by__name", "saved_at").first() == (
        4,
        2,
        "Eve",
        LATER,
    )


def test_it_does_not_come_back_over_what_somebody_saved_meanwhile():
    eve, post = make.member("Eve"), draft()
    seen = stamp(Post.objects.get())
    saving.save(post, {"title": "Meanwhile"}, by=make.member("Bo"), at=NOW, seen=None)

    with pytest.raises(StalePost):
        revisions.restore(post, post.revisions.get(number=1), by=eve, at=LATER, seen=seen)

    assert Post.objects.get().title == "Meanwhile"


def test_a_published_post_does_not_become_empty_by_it():
    eve = make.member("Eve")
    post = publishing.publish(draft(), by=eve, at=NOW)

    with pytest.raises(NotReady):
        revisions.restore(post, post.revisions.get(number=1), by=eve, at=LATER, seen=None)
