"""Writing a post: beginning it, and saving what has changed.

A post is locked, then looked at: of two who save at once the second is told who was quicker, and nothing of
theirs is saved. Each save whose words differ leaves a revision; nothing is thrown away. What has been public
keeps its address for ever.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, Final, TypedDict

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from blog import body as bodies
from blog import notices
from blog.models import SLUG_LENGTH, Author, Picture, Post, Revision, UnsavedDraft
from blog.refusals import AddressNotFree, AddressStays, NotReady, StalePost
from common.edit_conflicts import stamp, who_changed
from common.transactions import retried, violates
from events.models import Event, Session, Theme
from members.models import Member

Status = Post.Status

#: Pages of the blog, which no post may hide.
RESERVED: Final = frozenset({"feed", "propose", "preview", "comments"})
#: What a revision keeps.
WORDS: Final = ("title", "standfirst", "body")
ONE_PER_ADDRESS: Final = "blog_post_slug_key"


@dataclass(frozen=True)
class Byline:
    """An author as an editor writes them: a member, or a name; with a role where one is to be shown."""

    member: Member | None = None
    name: str = ""
    role: str = ""


class Changes(TypedDict, total=False):
    """What a save may change; what is not given stays."""

    title: str
    standfirst: str
    body: str
    kind: str
    slug: str
    lead_picture: Picture | None
    event: Event | None
    session: Session | None
    themes: Sequence[Theme]
    authors: Sequence[Byline]
    comment_policy: str
    comments_close_at: datetime | None


@retried
def create(title: str, *, by: Member, at: datetime, proposed_by: Member | None = None) -> Post:
    """Begin a post with an address made of its title; a proposed one is under the member's name."""
    for slug in _free_slugs(title):
        post = Post(title=title.strip(), created_by=by, proposed_by=proposed_by, created_at=at, slug=slug)
        try:
            with transaction.atomic():
                post.save(force_insert=True)
        except IntegrityError as error:
            if not violates(error, ONE_PER_ADDRESS):
                raise
            continue  # somebody began one with this title at the same moment
        if proposed_by is not None:
            Author.objects.create(post=post, member=proposed_by)
        _revise(post, by=by, at=at)
        trail.record(post, Act.POST_BEGUN, by=by, at=at)
        return post
    raise AddressNotFree  # never: there is always one more number


@retried
def save(
    post: Post, changes: Changes, *, by: Member, at: datetime, seen: str | None, restores: int | None = None
) -> Post:
    """Save what has changed; ``seen`` is the ``stamp`` of the post as it was opened, None to overlook it.

    What was kept of ``by``'s typing is forgotten. Raises ``StalePost``, ``AddressNotFree``,
    ``AddressStays``, and ``NotReady`` where a published post would lose what readers need.
    """
    locked = locked_post(post)
    if seen is not None and stamp(locked) != seen:
        raise StalePost(who_changed(locked))
    before, was = _words(locked), copy(locked)
    _assign(locked, changes, at)
    if "authors" in changes:
        _set_authors(locked, changes["authors"])
    if locked.status == Status.PUBLISHED:
        check_ready(locked, is_public=True)
    _write(locked)
    if "themes" in changes:
        locked.themes.set(changes["themes"])
    if _words(locked) != before:
        _revise(locked, by=by, at=at, restores=restores)
    UnsavedDraft.objects.filter(post=locked, member=by).delete()
    if restores is None:
        trail.record(locked, Act.POST_SAVED, by=by, at=at, fields=trail.changes(was, locked))
    else:
        trail.record(locked, Act.POST_RESTORED, by=by, at=at, revision=restores)
    if locked.is_scheduled(at):
        notices.queue_publication(locked, by=by, at=at)
    return locked


def has_been_public(post: Post, at: datetime) -> bool:
    """Whether anybody can know its address."""
    return post.published_at is not None and post.published_at <= at


def missing(post: Post) -> list[str]:
    """Say in words what the post still needs before readers can see it. One query."""
    needs = {
        _("a title"): post.title,
        _("a standfirst"): post.standfirst,
        _("a text"): post.body,
    }
    found = [words for words, value in needs.items() if not value.strip()]
    return found if post.authors.exists() else [*found, _("at least one author")]


def check_ready(post: Post, *, is_public: bool = False) -> None:
    """Raise ``NotReady`` where readers would miss something."""
    if lacks := missing(post):
        raise NotReady(lacks, is_public=is_public)


def locked_post(post: Post) -> Post:
    """Return the post as it is now, locked until the transaction ends."""
    rows = Post.objects.select_for_update(no_key=True, of=("self",))
    return rows.get(pk=post.pk)


def _assign(post: Post, changes: Changes, at: datetime) -> None:
    plain: dict[str, Any] = {
        name: value for name, value in changes.items() if name not in ("body", "slug", "themes", "authors")
    }
    for name, value in plain.items():
        setattr(post, name, value.strip() if isinstance(value, str) else value)
    if "body" in changes:
        post.body = bodies.clean(changes["body"])
        post.text = bodies.plain(post.body)
    slug = changes.get("slug", post.slug)
    if slug != post.slug:
        if has_been_public(post, at):
            raise AddressStays
        if slug in RESERVED:
            raise AddressNotFree
        post.slug = slug


def _write(post: Post) -> None:
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        if violates(error, ONE_PER_ADDRESS):
            raise AddressNotFree from error
        raise


def _set_authors(post: Post, authors: Sequence[Byline]) -> None:
    post.authors.all().delete()
    Author.objects.bulk_create(
        Author(post=post, member=one.member, name=one.name.strip(), role=one.role.strip(), position=position)
        for position, one in enumerate(authors)
    )


def _words(post: Post) -> tuple[str, ...]:
    return tuple(getattr(post, name) for name in WORDS)


def _revise(post: Post, *, by: Member, at: datetime, restores: int | None = None) -> None:
    last: int = post.revisions.aggregate(last=Max("number"))["last"] or 0
    Revision.objects.create(
        post=post,
        number=last + 1,
        title=post.title,
        standfirst=post.standfirst,
        body=post.body,
        restores=restores,
        saved_by=by,
        saved_at=at,
    )


def _free_slugs(title: str) -> Iterator[str]:
    """Yield addresses for a title in any script that no post has, the plain one first. One query."""
    wanted = slugify(title, allow_unicode=True)
    base = wanted or "post"
    taken = set(Post.objects.filter(slug__startswith=base[:100]).values_list("slug", flat=True)) | RESERVED
    for number in count(1):
        end = f"-{number}" if number > 1 or not wanted else ""
        slug = base[: SLUG_LENGTH - len(end)].strip("-_") + end
        if slug not in taken:
            yield slug
