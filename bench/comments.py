"""What a post with 1,000 comments in 200 threads costs, and what it costs as it is usually done.

    python -m bench.comments

Run it with the site's own environment (DATABASE_URL, REDIS_URL). It makes a scratch database, fills it, asks
for each page through Django's test client in this process, and drops the database again. The columns are
those of ``bench.pages``; "times" is a multiple of the first row, in the same run.

The comparison is the usual way in spirit: a tree without pages, of which each comment asks for its replies
and its author, written by a template that includes itself, with the site's own markup of a comment.
"""

import sys
from datetime import timedelta
from uuid import uuid4

from bench import scratch  # isort: skip

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import Client
from django.urls import path
from django.utils import timezone

from bench.pages import Cost, Page, measure
from blog.models import Post
from blog.views.pages import render_post
from comments.models import Comment
from members.models import Member
from qevent import urls

THREADS, REPLIES, PEOPLE = 200, 4, 100
WORDS = (
    "We tried this on our own ward in spring. What helped most was to ask everybody first, and to say openly "
    "what could not be changed; the rota is still not what all of us would like, but nobody is surprised."
    "\n\nHas anybody done the same with bank staff? There is a report at https://example.org/reports/rotas."
)
#: The usual way: a comment, and below it whatever answers it, asked for one by one.
USUAL = (
    '<li><article class="comment" id="comment-{{ one.pk }}"><div class="comment-head">'
    "<h3><bdi>{{ one.shown_name }}</bdi></h3>"
    '{% if one.is_guests %}<span class="badge-word badge-plain">Guest</span>{% endif %}'
    '<a class="comment-when" href="{% url "comments:comment" one.post.slug one.pk %}">'
    '<time datetime="{{ one.created_at|date:"c" }}">{{ one.created_at|timesince }} ago</time></a></div>'
    '<div class="comment-body" dir="auto">{{ one.body|urlize|linebreaks }}</div><p class="comment-acts">'
    '<a href="{% url "comments:reply" one.post.slug one.pk %}">Reply</a>'
    '<a href="{% url "comments:report" one.post.slug one.pk %}">Report</a></p></article>'
    "<ul>{% for one in one.below %}{% include itself %}{% endfor %}</ul></li>"
)


def fill() -> Post:
    """Make the post, and people who talk about it."""
    now = timezone.now()
    post = Post.objects.create(
        title="Rotas",
        slug="rotas",
        status=Post.Status.PUBLISHED,
        body="<p>Words.</p>",
        text="Words.",
        created_at=now,
        published_at=now - timedelta(days=300),
    )
    people = Member.objects.bulk_create(
        Member(name=f"Member {n}", email=f"{n}@example.org", membership="active") for n in range(PEOPLE)
    )
    tops = [_comment(post, people[n % PEOPLE], n, None, None) for n in range(THREADS)]
    Comment.objects.bulk_create(tops)
    before: list[Comment | None] = [None] * THREADS
    for number in range(REPLIES):
        made = [
            _comment(post, people[(n * 7 + number) % PEOPLE], n * 5 + number + 1, top, before[n])
            for n, top in enumerate(tops)
        ]
        before = list(Comment.objects.bulk_create(made))
    return post


def _comment(post: Post, by: Member, minutes: int, top: Comment | None, answers: Comment | None) -> Comment:
    at = timezone.now() - timedelta(days=200) + timedelta(minutes=minutes)
    return Comment(
        post=post,
        member=by,
        thread=top,
        answers=answers,
        body=WORDS,
        status=Comment.Status.PUBLISHED,
        submission=uuid4(),
        created_at=at,
        published_at=at,
        status_changed_at=at,
    )


class Below:
    """A comment as the usual way has it: who asks for what is below asks the database."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment

    def __getattr__(self, name: str) -> object:
        return getattr(self.comment, name)

    @property
    def below(self) -> list["Below"]:
        """Its replies. A query, and another for whoever wrote each."""
        answers = Comment.objects.filter(answers=self.comment) | Comment.objects.filter(
            thread=self.comment, answers=None
        )
        return [Below(one) for one in answers.published().order_by("created_at")]


def usual(request: HttpRequest) -> HttpResponse:
    """Show the post as the site does, but with all comments in the usual way."""
    post = Post.objects.get(slug="rotas")
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101  # tells the type checker what settings say
    itself = engine.engine.from_string(USUAL)
    page = engine.from_string("<ul>{% for one in tops %}{% include itself %}{% endfor %}</ul>")
    tops = [Below(one) for one in Comment.objects.filter(post=post, thread=None).order_by("created_at")]
    conversation = page.render({"tops": tops, "itself": itself}, request)
    around = render_post(request, Post.objects.get(slug="empty"))
    return HttpResponse(around.content + conversation.encode())


def main() -> None:
    """Measure and print."""
    urls.urlpatterns.append(path("usual/", usual))
    with scratch.database():
        post = fill()
        empty = Post.objects.create(
            title="Empty",
            slug="empty",
            status=Post.Status.PUBLISHED,
            body="<p>Words.</p>",
            text="Words.",
            created_at=timezone.now(),
            published_at=timezone.now(),
        )
        clients: dict[str | None, Client] = {None: Client()}
        rows = {
            "the post, 1,000 comments in 200 threads": post.get_absolute_url(),
            "its last page": f"{post.get_absolute_url()}?page=4",
            "a post without comments": empty.get_absolute_url(),
            "the post, in the usual way": "/usual/",
        }
        costs = {name: measure(Page(name, url), clients) for name, url in rows.items()}
        tell(costs)


def tell(costs: dict[str, Cost]) -> None:
    """Print a table."""
    sys.stdout.write(f"{'':<44}{'queries':>8}{'python':>9}{'postgres':>9}{'times':>7}{'kB':>8}{'gzip':>7}\n")
    unit = next(cost.python + cost.postgres for cost in costs.values())
    for name, cost in costs.items():
        times = (cost.python + cost.postgres) / unit
        sys.stdout.write(
            f"{name:<44}{cost.queries:>8}{cost.python:>9.1f}{cost.postgres:>9.1f}{times:>7.1f}"
            f"{cost.size / 1024:>8.0f}{cost.gzipped / 1024:>7.1f}\n"
        )


if __name__ == "__main__":
    main()
