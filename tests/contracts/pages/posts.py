"""States of the editor's pages, of a preview and of what a member proposes."""

from datetime import timedelta

from blog.editing import autosave, proposals, saving
from blog.models import Post
from members.models import Member
from tests import make
from tests.contracts.pages.catalogue import Site

NOW = make.NOW
EDITOR, ADA, VISITOR = "blog editor", "registered and booked", "visitor"
POSTS = "/team/posts/"


def member(site: Site, who: str) -> Member:
    found = site.members[who]
    assert found is not None
    return found


def begun(site: Site, title: str = "A new post") -> Post:
    return saving.create(title, by=member(site, EDITOR), at=NOW)


def no_post_is_there(site: Site) -> None:
    path = f"{POSTS}?status=withdrawn"
    site.look("team:posts", "nothing there", EDITOR, path)


def posts_in_every_stage(site: Site) -> None:
    for number, status in enumerate(("draft", "review", "withdrawn")):
        make.post(f"Post {number}", status=status, published_at=None)
    soon = make.post("Soon", published_at=NOW + timedelta(days=3), authors=[member(site, ADA)])
    site.look("team:posts", "in every stage", EDITOR, POSTS)
    for post in (*Post.objects.filter(proposed_by=None).exclude(status="published"), soon):
        site.look("team:post_edit", f"{post.status} {post.title}", EDITOR, f"{POSTS}{post.pk}/")
    site.look("team:post_publish", "scheduled", EDITOR, f"{POSTS}{soon.pk}/publish/")


def something_is_missing_before_publishing(site: Site) -> None:
    post = begun(site)
    site.look("team:post_edit", "nothing in it", EDITOR, f"{POSTS}{post.pk}/")
    site.look("team:post_publish", "something is missing", EDITOR, f"{POSTS}{post.pk}/publish/")


def what_was_typed_is_kept(site: Site) -> None:
    post = begun(site)
    later = NOW + timedelta(minutes=2)
    autosave.store(post, {"title": "Typed", "body": "<p>Typed.</p>"}, by=member(site, EDITOR), at=later)
    site.look("team:post_edit", "something typed is kept", EDITOR, f"{POSTS}{post.pk}/")
    site.look("team:post_edit", "with what was typed", EDITOR, f"{POSTS}{post.pk}/?typed=1")


def a_save_is_refused_or_stale(site: Site) -> None:
    post = begun(site)
    path = f"{POSTS}{post.pk}/"
    client = site.client(EDITOR)
    typed = {"title": "", "body": "Typed", "kind": "dance", "seen": "never", "authors": "Nobody Known"}
    site.keep(client.post(path, typed), "team:post_edit", "refused", EDITOR, path)
    typed |= {"title": "Typed", "kind": "post", "comment_policy": "rule", "slug": post.slug}
    site.keep(client.post(path, typed), "team:post_edit", "stale", EDITOR, path)


def revisions_are_compared(site: Site) -> None:
    post = begun(site)
    for text in ("One.\n\nTwo.", "One.\n\nTwo and more.\n\nThree."):
        saving.save(post, {"body": text}, by=member(site, EDITOR), at=NOW, seen=None)
    site.look("team:post_revisions", "some", EDITOR, f"{POSTS}{post.pk}/revisions/")
    site.look("team:post_compare", "with differences", EDITOR, f"{POSTS}{post.pk}/revisions/compare/")


def a_picture_is_none(site: Site) -> None:
    path = f"{POSTS}{begun(site).pk}/pictures/new/"
    answer = site.client(EDITOR).post(path, {"alternative_text": "A board"})
    site.keep(answer, "team:post_picture_new", "without a file", EDITOR, path)


def audio_is_none(site: Site) -> None:
    path = f"{POSTS}{begun(site).pk}/audio/new/"
    answer = site.client(EDITOR).post(path, {"title": "A round"})
    site.keep(answer, "team:post_audio_new", "without a file", EDITOR, path)


def somebody_previews_a_draft(site: Site) -> None:
    post = begun(site)
    saving.save(post, {"body": "One.\n\n[[picture 7]]"}, by=member(site, EDITOR), at=NOW, seen=None)
    for who in (VISITOR, EDITOR):
        site.look("blog:preview", "a draft", who, f"/blog/preview/{post.preview_token}/")


def a_member_proposes(site: Site) -> None:
    ada = member(site, ADA)
    mine = proposals.begin(proposals.Proposal("Mine", "Words"), by=ada, at=NOW)
    sent = proposals.send(
        proposals.begin(proposals.Proposal("Sent", "Words"), by=ada, at=NOW), by=ada, at=NOW
    )
    taken = proposals.begin(proposals.Proposal("Taken on", "Words"), by=ada, at=NOW)
    proposals.send(taken, by=ada, at=NOW)
    saving.save(taken, {"body": "Better words"}, by=member(site, EDITOR), at=NOW, seen=None)
    site.look("blog:propose", "some proposed", ADA, "/blog/propose/")
    for state, post in (("begun", mine), ("sent", sent), ("taken on", taken)):
        site.look("blog:proposal", state, ADA, f"/blog/propose/{post.pk}/")
    site.look("blog:propose", "no member", "waiting for approval", "/blog/propose/")


STATES = (
    no_post_is_there,
    posts_in_every_stage,
    something_is_missing_before_publishing,
    what_was_typed_is_kept,
    a_save_is_refused_or_stale,
    revisions_are_compared,
    a_picture_is_none,
    audio_is_none,
    somebody_previews_a_draft,
    a_member_proposes,
)
