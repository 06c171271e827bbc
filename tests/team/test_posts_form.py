"""The form of a post: what is typed is saved, or comes back with what is wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse

from blog.editing import proposals, publishing, saving
from blog.models import Post, Revision, UnsavedDraft
from tests import make
from tests.blog.editing.revisions import draft, proposal
from tests.found import found
from tests.make import NOW
from tests.team.posts import form_of, page_of, saved_meanwhile, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
TOMORROW = NOW + timedelta(days=1)


@pytest.mark.slow
def test_themes_are_asked_for_where_there_are_any(client, eve):
    post = draft()

    assert "Themes" not in text_of(client.get(page_of(post)))
    make.theme(make.event())
    assert "Themes" in text_of(client.get(page_of(post)))


@pytest.mark.slow
def test_the_form_saves_what_was_typed(client, eve):
    event = make.event()
    theme, session = make.theme(event), make.session(event)
    post, ada = draft(), make.member("Ada")

    answer = client.post(
        page_of(post),
        form_of(
            post,
            title="Rotas",
            standfirst="In short.",
            body="<h2>Why</h2><p onclick=x>Because.</p>",
            authors=f"Ada, Nurse\n\n{eve.email}\nFlo Nightingale, Ward 7",
            kind="news",
            session=session.pk,
            themes=[theme.pk],
            comment_policy="held",
            comments_close_at_0="2026-12-01",
            comments_close_at_1="17:00",
            slug="rotas",
        ),
    )

    saved = Post.objects.get()
    assert answer["Location"] == page_of(post)
    assert (saved.title, saved.standfirst, saved.kind, saved.slug) == ("Rotas", "In short.", "news", "rotas")
    assert (saved.body, saved.text) == ("<h2>Why</h2><p>Because.</p>", "Why\nBecause.")
    assert [(one.member, one.name, one.role) for one in saved.authors.all()] == [
        (ada, "", "Nurse"),
        (eve, "", ""),
        (None, "Flo Nightingale", "Ward 7"),
    ]
    assert (saved.session, saved.event, list(saved.themes.all())) == (session, event, [theme])
    assert (saved.comment_policy, found(saved.comments_close_at).isoformat()) == (
        "held",
        "2026-12-01T17:00:00+00:00",
    )


def test_save_and_preview_leads_to_the_preview(client, eve):
    post = draft()

    answer = client.post(page_of(post), form_of(post, title="Rotas", preview="1"))

    assert answer["Location"] == reverse("blog:preview", args=[post.preview_token])
    assert Post.objects.get().title == "Rotas"


@pytest.mark.parametrize("then", ["publish", "review"])
def test_publishing_and_review_save_first_what_is_on_the_screen(client, eve, then):
    post = draft()

    answer = client.post(page_of(post), form_of(post, title="Rotas", then=then))

    saved = Post.objects.get()
    page = "publish/" if then == "publish" else ""
    assert (saved.title, saved.status) == ("Rotas", "review" if then == "review" else "draft")
    assert answer["Location"] == page_of(post, page)
    assert not UnsavedDraft.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("then", ["publish", "review"])
def test_what_cannot_be_saved_goes_no_further(client, eve, then):
    post = draft()
    stale = form_of(post, title="Rotas", then=then)
    saved_meanwhile(post, title="Bo’s")

    for sent in (stale, form_of(post, title="", then=then)):
        page = client.post(page_of(post), sent)
        assert (page.status_code, page.context["form"].is_valid()) == (200, False)

    assert (Post.objects.get().title, Post.objects.get().status) == ("Bo’s", "draft")


@pytest.mark.slow
def test_a_browser_is_told_which_of_its_forms_were_saved(client, eve):
    post = draft()

    for name in [f"form-{number}" for number in range(12)] + ["<script>"]:
        client.post(page_of(post), form_of(post, typed_as=name))

    saved = client.get(page_of(post)).context["saved_forms"]
    assert saved == " ".join(f"form-{number}" for number in range(2, 12))


@pytest.mark.slow
def test_opened_and_saved_again_nothing_has_changed(client, eve):
    post = draft(authors=[saving.Byline(eve, role="Editor"), saving.Byline(name="Flo", role="Nurse")])
    shown = client.get(page_of(post)).context["form"]
    before = Revision.objects.count()

    client.post(page_of(post), form_of(post, authors=shown["authors"].value()))

    assert [(one.member, one.name, one.role) for one in post.authors.all()] == [
        (eve, "", "Editor"),
        (None, "Flo", "Nurse"),
    ]
    assert Revision.objects.count() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"standfirst": "a" * 401}, "standfirst"),
        ({"body": "a" * 100_001}, "body"),
        ({"body": "a\x0bb"}, "body"),
        ({"authors": "nobody@example.org"}, "authors"),
        ({"kind": "novel"}, "kind"),
        ({"lead_picture": "999999999999999999999"}, "lead_picture"),
        ({"themes": ["x"]}, "themes"),
        ({"slug": "feed"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"slug": "not an address"}, "slug"),
        ({"comments_close_at_0": "31/31/2026"}, "comments_close_at"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_is_kept(client, eve, typed, field):
    make.post(slug="taken")
    make.theme(make.event())
    post = draft()
    sent = form_of(post, **{"title": "Typed", **typed})

    page = client.post(page_of(post), sent)

    form = page.context["form"]
    assert page.status_code == 200
    assert form.errors[field]
    assert form["title"].value() == sent["title"]
    assert Post.objects.get(pk=post.pk).title == "Rota as kindness"


@pytest.mark.slow
def test_a_session_of_another_event_is_refused(client, eve):
    event, other = make.event(), make.event()
    post = draft()

    page = client.post(page_of(post), form_of(post, event=event.pk, session=make.session(other).pk))

    assert list(page.context["form"].errors["session"]) == [
        f"This session is of {other}. Choose that event, or another session."
    ]


@pytest.mark.slow
def test_of_two_editors_the_slower_is_told_and_loses_nothing(client, eve):
    post = draft()
    sent = form_of(post, title="Eve’s", body="<p>Eve’s words.</p>")
    saved_meanwhile(post, title="Bo’s")

    page = client.post(page_of(post), sent)

    form = page.context["form"]
    assert form.non_field_errors()[0].startswith("Bo changed it on Monday 2 November, 10:01")
    assert (form["title"].value(), form["body"].value()) == ("Eve’s", "<p>Eve’s words.</p>")
    assert Post.objects.get().title == "Bo’s"
    # Sending the same again is refused again: what the page carries is still what was seen.
    assert client.post(page_of(post), sent).status_code == 200
    assert Post.objects.get().title == "Bo’s"


@pytest.mark.slow
def test_a_public_post_keeps_its_address_and_what_readers_need(client, eve):
    post = publishing.publish(draft(), by=eve, at=NOW)

    page = client.post(page_of(post), form_of(post, body="", slug="other"))
    assert "A published post keeps a text." in text_of(page)

    client.post(page_of(post), form_of(post, title="Rotas", slug="other"))
    assert (Post.objects.get().title, Post.objects.get().slug) == ("Rotas", "rota-as-kindness")


def test_a_title_that_could_be_markup_is_text(client, eve):
    post = draft("<script>alert(1)</script>", body="<p>x</p>", authors=[])

    assert "<script>alert(1)" not in text_of(client.get(page_of(post)))


@pytest.mark.slow
def test_what_a_member_has_not_sent_is_not_there(client, eve):
    hers = proposal(make.member("Ada"))

    assert client.get(page_of(hers)).status_code == 404
    assert client.post(page_of(hers, "keep/"), {"title": "x"}).status_code == 404

    proposals.send(hers, by=found(hers.proposed_by), at=NOW)
    assert client.get(page_of(hers)).status_code == 200


@pytest.mark.slow
def test_what_they_tell_the_editors_stands_beside_their_post(client, eve):
    ada = make.member("Ada")
    words = proposals.Proposal("A title", "Words.", "Please no <b>picture</b>.")
    post = proposals.send(proposals.begin(words, by=ada, at=NOW), by=ada, at=NOW)

    assert "Please no &lt;b&gt;picture&lt;/b&gt;." in text_of(client.get(page_of(post)))
    client.force_login(ada)
    assert client.get(page_of(post)).status_code == 403


@pytest.mark.slow
def test_parts_of_the_event_can_be_put_into_the_text(client, eve):
    event = make.event()
    theme = make.theme(event, "Equity", slug="equity")
    make.session(event, format="talk").themes.add(theme)
    make.session(event, status="draft", format="panel")

    page = client.get(page_of(draft(event=event)))

    assert [one.marker for one in page.context["blocks"]] == [
        "[[call to action]]",
        "[[themes]]",
        "[[sessions equity]]",
        "[[sessions talk]]",
    ]


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 40])
def test_a_post_that_there_is_not(client, eve, number):
    assert client.get(f"/team/posts/{number}/").status_code == 404


# ---- What another program put on the clipboard ---------------------------------------------------
