"""Beginning a post, and saving what has changed: addresses, revisions, two editors at once."""

from datetime import timedelta

import pytest
from django.db import connection

from blog.editing import publishing, saving
from blog.editing.saving import Byline
from blog.models import Post, Revision, UnsavedDraft
from blog.refusals import AddressNotFree, AddressStays, NotReady, StalePost
from common.edit_conflicts import stamp
from members.models import Member
from tests import make
from tests.blog.editing.revisions import draft, proposal
from tests.found import found
from tests.make import NOW
from tests.races.together import together

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def eve(db) -> Member:
    """An editor."""
    return make.member("Eve")


def revisions(post):
    return [
        (
            one.number,
            one.title,
            one.standfirst,
            one.body,
            found(one.saved_by).name,
            one.saved_at,
            one.restores,
        )
        for one in Revision.objects.filter(post=post).order_by("number")
    ]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Rota as kindness!", "rota-as-kindness"),
        ("  Größe – und Maß  ", "größe-und-maß"),
        ("نوبت‌کاری", "نوبتکاری"),
        ("夜勤", "夜勤"),
        ("???", "post-1"),
        ("\ud800", "post-1"),
        ("Feed", "feed-2"),
        ("Propose", "propose-2"),
        ("a" * 150, "a" * 120),
        ("a" * 119 + " b", "a" * 119),
    ],
)
def test_the_address_is_made_of_the_title(eve, title, slug):
    post = saving.create(title.replace("\ud800", "!"), by=eve, at=NOW)

    assert Post.objects.get(pk=post.pk).slug == slug


def test_the_same_title_again_gets_a_number_behind_it(eve):
    slugs = [
        saving.create(title, by=eve, at=NOW).slug for title in ("Rota", "Rota", "rota!", "!", "?", "Rota 2")
    ]

    assert slugs == ["rota", "rota-2", "rota-3", "post-1", "post-2", "rota-2-2"]


def test_a_long_title_leaves_room_for_the_number(eve):
    slugs = [saving.create("a" * 150, by=eve, at=NOW).slug for _ in range(2)]

    assert slugs == ["a" * 120, "a" * 118 + "-2"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_six_who_begin_the_same_title_at_once_get_six_addresses():
    eve = make.member("Eve")

    together(*([lambda: saving.create("Rota", by=eve, at=NOW)] * 6))

    assert sorted(Post.objects.values_list("slug", flat=True)) == [
        "rota",
        *(f"rota-{n}" for n in range(2, 7)),
    ]


def test_a_save_writes_what_is_given_and_leaves_the_rest(eve):
    event = make.event()
    theme, session = make.theme(event), make.session(event)
    post = draft(by=eve)

    saving.save(
        post,
        {
            "title": " Rotas ",
            "body": "Plain *words*.",
            "kind": "news",
            "event": event,
            "session": session,
            "themes": [theme],
            "authors": [Byline(member=eve, role="Editor"), Byline(name=" Flo ", role="Nurse")],
            "comment_policy": "closed",
            "comments_close_at": TOMORROW,
        },
        by=eve,
        at=TOMORROW,
        seen=None,
    )

    saved = Post.objects.get()
    assert (saved.title, saved.standfirst, saved.kind) == ("Rotas", "What a ward learnt.", "news")
    assert (saved.body, saved.text) == ("<p>Plain <em>words</em>.</p>", "Plain words.")
    assert (saved.event, saved.session, list(saved.themes.all())) == (event, session, [theme])
    assert (saved.comment_policy, saved.comments_close_at) == ("closed", TOMORROW)
    assert list(saved.authors.values_list("member__name", "name", "role", "position")) == [
        ("Eve", "", "Editor", 0),
        (None, "Flo", "Nurse", 1),
    ]


def test_a_body_is_cleaned_before_it_is_stored(eve):
    post = draft(body="<p onclick='x()'>Hello<script>alert(1)</script></p>")

    assert (post.body, post.text) == ("<p>Hello</p>", "Hello")


def test_each_save_with_other_words_leaves_a_revision(eve):
    post = saving.create("Rota", by=eve, at=NOW)
    bo = make.member("Bo")

    saving.save(post, {"standfirst": "Short", "body": "<p>One.</p>"}, by=bo, at=TOMORROW, seen=None)
    saving.save(post, {"standfirst": "Short", "kind": "news"}, by=eve, at=TOMORROW, seen=None)

    assert revisions(post) == [
        (1, "Rota", "", "", "Eve", NOW, None),
        (2, "Rota", "Short", "<p>One.</p>", "Bo", TOMORROW, None),
    ]


def test_a_save_that_did_not_see_the_last_one_is_refused_and_says_whose_it_was(eve):
    post = draft(by=make.member("Bo"))
    seen = stamp(Post.objects.get())
    saving.save(post, {"title": "Bo’s"}, by=make.member("Bo"), at=NOW, seen=seen)

    with pytest.raises(StalePost, match="changed"):
        saving.save(post, {"title": "Eve’s"}, by=eve, at=NOW, seen=seen)

    assert Post.objects.get().title == "Bo’s"
    assert Revision.objects.count() == 3


@pytest.mark.usefixtures("ordinary_monday")
def test_a_stale_save_is_told_who_and_when(eve):
    post = draft(by=make.member("Bo"))

    with pytest.raises(StalePost) as refusal:
        saving.save(post, {"title": "x"}, by=eve, at=NOW, seen="what was never there")

    assert str(refusal.value).startswith(
        "Bo changed it on Monday 2 November, 10:00 (UK and Ireland time). Nothing has been saved."
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_of_two_editors_who_save_at_once_one_is_refused():
    post = draft()
    seen = stamp(Post.objects.get())
    people = [make.member("Ada"), make.member("Bo")]

    def save(one):
        def act():
            connection.ensure_connection()
            try:
                saving.save(post, {"title": one.name}, by=one, at=NOW, seen=seen)
            except StalePost:
                return "refused"
            return one.name

        return act

    said = together(*map(save, people))

    assert sorted(said)[1] == "refused"
    assert Post.objects.get().title == sorted(said)[0]
    assert Revision.objects.count() == 3


def test_what_was_kept_of_their_typing_is_forgotten_and_not_what_others_type(eve):
    post, bo = draft(), make.member("Bo")
    for one in (eve, bo):
        UnsavedDraft.objects.create(post=post, member=one, kept_at=NOW)

    saving.save(post, {"title": "Saved"}, by=eve, at=NOW, seen=None)

    assert [one.member for one in UnsavedDraft.objects.all()] == [bo]


def test_the_address_can_change_until_readers_can_know_it(eve):
    post = draft()
    saving.save(post, {"slug": "kindness"}, by=eve, at=NOW, seen=None)
    publishing.publish(post, by=eve, at=NOW, from_=TOMORROW)
    saving.save(post, {"slug": "more-kindness"}, by=eve, at=NOW, seen=None)

    with pytest.raises(AddressStays):
        saving.save(post, {"slug": "other"}, by=eve, at=TOMORROW, seen=None)
    saving.save(post, {"slug": "more-kindness", "kind": "news"}, by=eve, at=TOMORROW, seen=None)

    assert Post.objects.get().slug == "more-kindness"


@pytest.mark.parametrize("slug", ["taken", "feed", "propose", "preview", "comments"])
def test_an_address_that_is_not_free_is_refused(eve, slug):
    make.post(slug="taken")
    post = draft()

    with pytest.raises(AddressNotFree):
        saving.save(post, {"slug": slug, "title": "Lost"}, by=eve, at=NOW, seen=None)

    assert Post.objects.get(pk=post.pk).title == "Rota as kindness"


def test_a_published_post_cannot_lose_what_readers_need(eve):
    post = publishing.publish(draft(), by=eve, at=NOW)

    with pytest.raises(NotReady, match="A published post keeps a text and at least one author"):
        saving.save(post, {"body": " ", "authors": []}, by=eve, at=NOW, seen=None)

    fresh = Post.objects.get()
    assert (fresh.body, fresh.authors.count()) == ("<p>We asked everybody.</p>", 1)


def test_a_proposed_post_is_under_the_members_name(eve):
    ada = make.member("Ada")

    post = proposal(ada)

    assert (post.proposed_by, [one.shown_name for one in post.authors.all()]) == (ada, ["Ada"])
