"""States of the blog's pages that the table of roles does not lead to."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from blog import body
from blog.models import Picture, Post, Sound, Video
from tests import make
from tests.contracts.pages.catalogue import Site
from tests.found import found

NOW = make.NOW
VISITOR, ADA, EDITOR = "visitor", "registered and booked", "blog editor"
BLOG, ROTAS = "/blog/", "/blog/rotas/"
#: The smallest WebP there is: one pixel.
PIXEL = bytes.fromhex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700")

EVERYTHING = """
<h2>Why we asked</h2><p>We <strong>asked</strong> <em>everybody</em>, <a href="https://x.example/">too</a>.</p>
<ul><li><p>one</p></li><li><p>two</p></li></ul><ol start="3"><li><p>three</p></li></ol>
<blockquote><p>A quote.</p></blockquote><blockquote class="pull-quote"><p>Ask first.</p></blockquote><hr>
<p>[[picture 2]]</p><p>[[video 2]]</p><p>[[audio 2]]</p>
<p>[[call to action]]</p><p>[[sessions workshop]]</p><p>[[dance]]</p>
<h3>And then</h3><p>H<sub>2</sub>O, x<sup>2</sup>, <code>code</code>.</p>
"""


def rotas() -> Post:
    return Post.objects.get(slug="rotas")


def nothing_is_published(site: Site) -> None:
    site.look("blog:list", "nothing published", VISITOR, BLOG)


def a_post_has_everything_that_a_post_can_have(site: Site) -> None:
    post = rotas()
    for name in ("blog/pixel.webp", "blog/pixel-480.webp"):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(PIXEL))
    picture = Picture.objects.create(
        post=post,
        number=2,
        file="blog/pixel.webp",
        alternative_text="A board",
        caption="The board",
        created_at=NOW,
    )
    Video.objects.create(
        post=post,
        number=2,
        title="A round",
        length="4 minutes",
        url="https://v.example/1",
        transcript="Hello.\n\nBye.",
    )
    Sound.objects.create(
        post=post,
        number=2,
        title="A ward in the morning",
        length="4 minutes",
        transcript="Hello.\n\nBye.",
        file="blog/pixel.mp3",
        media_type="audio/mpeg",
        size=4_200_000,
    )
    make.post("Another of the event", event=post.event)
    Post.objects.filter(pk=post.pk).update(
        body=body.clean(EVERYTHING), lead_picture=picture, session=found(post.event).sessions.first()
    )
    for who in (VISITOR, ADA, EDITOR):
        site.look("blog:post", "with everything", who, ROTAS)
    site.look("blog:list", "with a picture", VISITOR, BLOG)
    site.look("home", "with a picture", VISITOR, "/")


def a_list_of_many_posts_is_filtered(site: Site) -> None:
    for number in range(25):
        title = f"Post {number} of a long list"
        make.post(
            title, published_at=NOW - timedelta(days=40 * number), kind="news" if number % 2 else "post"
        )
    site.look("blog:list", "many", VISITOR, BLOG)
    site.look("blog:list", "second page", VISITOR, f"{BLOG}?page=2")
    site.look("blog:list", "filtered", VISITOR, f"{BLOG}?type=news&year=2026")
    site.look("blog:list", "nothing fits", VISITOR, f"{BLOG}?theme=equity&type=news")


def a_post_is_not_for_everybody(site: Site) -> None:
    Post.objects.filter(slug="rotas").update(status=Post.Status.DRAFT)
    site.look("blog:post", "a draft", EDITOR, ROTAS)
    Post.objects.filter(slug="rotas").update(
        status=Post.Status.WITHDRAWN, withdrawn_reason="Its figures were wrong."
    )
    for who in (VISITOR, EDITOR):
        site.look("blog:post withdrawn", "", who, ROTAS, status=410)


def somebody_writes_to_the_author(site: Site) -> None:
    answer = site.client(VISITOR).post(f"{ROTAS}contact/", {"name": "Gwen", "email": "no", "words": "Hello"})
    site.keep(answer, "blog:contact", "refused", VISITOR, f"{ROTAS}contact/")
    answer = site.client(ADA).post(f"{ROTAS}contact/", {"words": "Hello"}, follow=True)
    site.keep(answer, "blog:post", "a message was sent", ADA, ROTAS)


EMPTY = (nothing_is_published,)
STATES = (
    a_post_has_everything_that_a_post_can_have,
    a_list_of_many_posts_is_filtered,
    a_post_is_not_for_everybody,
    somebody_writes_to_the_author,
)
