"""The form of a post keeps what is typed and not saved, and offers it when it is opened again."""

import pytest
from django.urls import reverse

from blog.editing import autosave, saving
from blog.models import UnsavedDraft
from members.models import Member
from tests import make
from tests.blog.editing.revisions import draft
from tests.make import NOW
from tests.team.posts import editor, form_of, saved_meanwhile, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def page_of(post, rest=""):
    return reverse("team:post_edit", args=[post.pk]) + rest


@pytest.fixture
def eve(client) -> Member:
    """An editor, logged in."""
    return editor(client)


def keep(client, post, **typed):
    return client.post(page_of(post, "keep/"), typed, headers={"accept": "application/json"})


@pytest.mark.slow
def test_what_is_typed_is_kept_and_offered_when_the_form_is_opened_again(client, eve):
    post = draft()

    answer = keep(client, post, title="Half a ti", standfirst="S", body="<p>Half</p>")

    assert answer.json() == {"kept": "10:00"}
    page = client.get(page_of(post))
    assert page.context["form"]["title"].value() == "Rota as kindness"
    assert "It was kept on Monday 2 November, 10:00 (UK and Ireland time)." in text_of(page)
    back = client.get(page_of(post, "?typed=1"))
    form = back.context["form"]
    assert [form[name].value() for name in ("title", "standfirst", "body")] == [
        "Half a ti",
        "S",
        "<p>Half</p>",
    ]
    assert "Throw it away" not in text_of(back)


FACTS = {
    "authors": "Flo\nBo Nightingale, Ward 7",
    "kind": "news",
    "comment_policy": "held",
    "comments_close_at_0": "2026-12-01",
    "comments_close_at_1": "17:00",
    "slug": "rotas",
}


def shown(form):
    """What stands in each field of a form."""
    return {name: form[name].value() for name in form.fields if name != "seen"}


@pytest.mark.slow
def test_every_field_comes_back_as_it_was_typed(client, eve):
    event = make.event()
    theme, session = make.theme(event), make.session(event)
    post = draft()
    picture = post.pictures.create(
        number=1, file="blog/x.webp", width=1, height=1, alternative_text="A ward", created_at=NOW
    )
    about = {"event": event.pk, "session": session.pk, "themes": [theme.pk], "lead_picture": picture.pk}
    typed = form_of(post, title="Half a ti", standfirst="S", body="<p>Half</p>", **FACTS, **about)

    keep(client, post, **typed)

    back = shown(client.get(page_of(post, "?typed=1")).context["form"])
    assert back == {
        "title": "Half a ti",
        "standfirst": "S",
        "body": "<p>Half</p>",
        "authors": FACTS["authors"],
        "kind": "news",
        "lead_picture": str(picture.pk),
        "event": str(event.pk),
        "session": str(session.pk),
        "themes": [str(theme.pk)],
        "comment_policy": "held",
        "comments_close_at": ["2026-12-01", "17:00"],
        "slug": "rotas",
    }


@pytest.mark.slow
def test_a_choice_that_was_taken_away_comes_back_as_none(client, eve):
    event = make.event()
    post = draft(event=event, themes=[make.theme(event)])

    keep(client, post, **form_of(post, event="", themes=[]))

    back = shown(client.get(page_of(post, "?typed=1")).context["form"])
    assert (back["event"], back["themes"]) == ("", [])


@pytest.mark.slow
def test_a_form_in_which_nothing_is_changed_is_not_offered(client, eve):
    event = make.event()
    post = draft(
        event=event,
        themes=[make.theme(event)],
        authors=[saving.Byline(eve), saving.Byline(name="Flo")],
    )

    opened = client.get(page_of(post)).context["form"]["authors"].value()
    keep(client, post, **form_of(post, authors=opened.replace("\n", "\r\n")))

    assert "Bring back" not in text_of(client.get(page_of(post)))


@pytest.mark.slow
def test_what_others_saved_meanwhile_stays_beside_what_was_typed(client, eve):
    post = draft()
    keep(client, post, **form_of(post, kind="news"))
    saved_meanwhile(post, standfirst="Bo’s", comment_policy="held")

    page = client.get(page_of(post, "?typed=1"))

    back = shown(page.context["form"])
    assert (back["kind"], back["comment_policy"], back["standfirst"]) == ("news", "held", post.standfirst)
    assert "Bo saved the post on Monday 2 November, 10:01" in text_of(page)
    assert "after you typed this. Look at Revisions first: your save replaces it." in text_of(page)


@pytest.mark.parametrize(
    ("then", "name"),
    [
        ("picture", "picture_new"),
        ("video", "video_new"),
        ("withdraw", "withdraw"),
        ("//evil.example", "edit"),
    ],
)
def test_a_button_beside_the_form_keeps_what_is_typed_and_leads_on(client, eve, then, name):
    post = draft()

    answer = client.post(page_of(post, "keep/"), form_of(post, kind="news", then=then))

    assert answer["Location"] == reverse(f"team:post_{name}", args=[post.pk])
    assert UnsavedDraft.objects.get().facts == {"kind": ["news"]}


@pytest.mark.slow
def test_bringing_back_does_not_get_around_somebody_elses_save(client, eve):
    post = draft()
    keep(client, post, title="Eve’s")
    seen = client.get(page_of(post, "?typed=1")).context["form"]["seen"].value()
    saved_meanwhile(post, title="Bo’s")

    page = client.post(page_of(post, "?typed=1"), form_of(post, title="Eve’s", seen=seen))

    assert "Nothing has been saved" in text_of(page)


def test_a_save_forgets_what_was_kept(client, eve):
    post = draft()
    keep(client, post, title="Half a ti")

    client.post(page_of(post), form_of(post, title="A whole title"))

    assert not UnsavedDraft.objects.exists()


def test_it_can_be_thrown_away(client, eve):
    post = draft()
    keep(client, post, title="Half a ti")

    answer = client.post(page_of(post, "throw-away/"))

    assert answer["Location"] == page_of(post)
    assert not UnsavedDraft.objects.exists()


@pytest.mark.slow
def test_nobody_sees_what_another_types(client, eve):
    post = draft()
    autosave.store(post, {"title": "Bo’s"}, by=make.member("Bo"), at=NOW)

    assert "Bring back" not in text_of(client.get(page_of(post)))
    assert client.get(page_of(post, "?typed=1")).context["form"]["title"].value() == "Rota as kindness"


def test_without_a_script_keeping_leads_back_to_the_form(client, eve):
    post = draft()

    assert client.post(page_of(post, "keep/"), {"title": "x"})["Location"] == page_of(post)
