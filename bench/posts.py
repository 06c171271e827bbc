"""Makes a blog of the size that the figures are for: 5,000 posts, and one with 1,000 comments.

Without going through the rules; each post has words, authors, themes and a few comments.
"""

from datetime import timedelta
from typing import Final
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from blog.models import Author, Post
from comments.models import Comment
from events.models import Event
from members.models import Member

POSTS: Final = 5_000
THREADS, REPLIES, PEOPLE = 200, 4, 100
#: Every seventh post is about a word that a search asks for.
SOUGHT: Final = "handover"
WORDS: Final = (
    "How a ward halved its waiting time, and what it would do otherwise. We tried this in spring and asked "
    "everybody first; the rota is still not what all of us would like, but nobody is surprised any more. "
) * 12
SAID: Final = (
    "We tried this on our own ward in spring. What helped most was to ask everybody first, and to say openly "
    "what could not be changed; the rota is still not what all of us would like, but nobody is surprised."
    "\n\nHas anybody done the same with bank staff? There is a report at https://example.org/reports/rotas."
)


def make(event: Event) -> Post:
    """Fill the blog with members and themes of the event; return the post that everybody talks about."""
    posts = Post.objects.bulk_create([_post(number) for number in range(POSTS)], batch_size=500)
    people = list(Member.objects.order_by("pk")[:PEOPLE])
    Author.objects.bulk_create(
        [Author(post=one, member=people[n % PEOPLE]) for n, one in enumerate(posts)], batch_size=1000
    )
    themes = list(event.themes.all())
    links = [Post.themes.through(post=one, theme=themes[n % len(themes)]) for n, one in enumerate(posts)]
    Post.themes.through.objects.bulk_create(links, batch_size=1000)
    Comment.objects.bulk_create(
        [_comment(one, people[n % PEOPLE], n) for n, one in enumerate(posts[1:])], batch_size=1000
    )
    talk(posts[0], people)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as it is on a site that has been there for a day
    return posts[0]


def _post(number: int) -> Post:
    about = f"the {SOUGHT}" if number % 7 == 0 else "the rota"
    text = f"Post {number} about {about}. {WORDS}"
    return Post(
        title=f"Rotas {number}: what we learnt about {about}",
        slug=f"rotas-{number}",
        standfirst=WORDS[:120],
        status=Post.Status.PUBLISHED,
        body=f"<p>{text}</p>",
        text=text,
        created_at=timezone.now(),
        published_at=timezone.now() - timedelta(hours=6 * number + 1),
    )


def talk(post: Post, people: list[Member]) -> None:
    """Let people leave 200 comments with four replies each, three of which answer the one before."""
    tops = [_comment(post, people[n % len(people)], n * 5) for n in range(THREADS)]
    Comment.objects.bulk_create(tops)
    before: list[Comment | None] = [None] * THREADS
    for number in range(REPLIES):
        made = [
            _comment(post, people[(n * 7 + number) % len(people)], n * 5 + number + 1, top, before[n])
            for n, top in enumerate(tops)
        ]
        before = list(Comment.objects.bulk_create(made))


def _comment(
    post: Post, by: Member, minutes: int, top: Comment | None = None, reply_to: Comment | None = None
) -> Comment:
    at = timezone.now() - timedelta(days=200) + timedelta(minutes=minutes)
    return Comment(
        post=post,
        member=by,
        thread=top,
        reply_to=reply_to,
        body=SAID,
        status=Comment.Status.PUBLISHED,
        submission=uuid4(),
        created_at=at,
        published_at=at,
        status_changed_at=at,
    )
