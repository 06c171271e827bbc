"""What a post with 1,000 comments in 200 threads costs, and what it costs as it is usually done.

    python -m bench.comments

Run it with the site's own environment (DATABASE_URL, REDIS_URL). It makes a scratch database, fills it, asks
for each page through Django's test client in this process, and drops the database again. The columns are
those of ``bench.pages``; "times" is a multiple of the first row, in the same run.

Two comparisons in the same run. One is the usual way in spirit: a tree without pages, of which each comment
asks for its replies and its author, written by a template that includes itself, with the site's own markup of
a comment. The other is django-comments-xtd itself (bench/comments_xtd.py), as many comments of the same words
in its own markup, in an environment that is made for it and thrown away, so packages must be within reach.
"""

import json
import os
import subprocess
import sys
import venv
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import cost, scratch, posts  # isort: skip

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import Client
from django.urls import path
from django.utils import timezone

from bench.cost import Cost, Page
from blog.models import Post
from blog.views.pages import render_post
from comments.models import Comment
from members.models import Member
from qevent import urls

WIDTH = 44
ITS_PACKAGES = ("django-comments-xtd==2.10.13", f"django=={django.__version__}", "psycopg2-binary==2.9.13")
#: What of our database it is told.
PARTS = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
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
    names = range(posts.PEOPLE)
    people = Member.objects.bulk_create(
        Member(name=f"Member {n}", email=f"{n}@example.org", membership="active") for n in names
    )
    posts.talk(post, people)
    return post


class Below:
    """A comment as the usual way has it: who asks for what is below asks the database."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment

    def __getattr__(self, name: str) -> object:
        return getattr(self.comment, name)

    @property
    def below(self) -> list["Below"]:
        """Its replies. A query, and another for whoever wrote each."""
        answers = Comment.objects.filter(reply_to=self.comment) | Comment.objects.filter(
            thread=self.comment, reply_to=None
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
        costs = {name: cost.measure(Page(name, url), clients) for name, url in rows.items()}
    costs["django-comments-xtd, the conversation alone"] = of_comments_xtd()
    unit = next(iter(costs.values()))
    sys.stdout.write(cost.heading(WIDTH))
    sys.stdout.writelines(cost.line(name, WIDTH, found, unit) for name, found in costs.items())


def of_comments_xtd() -> Cost:
    """Measure the package itself. Raises ``CalledProcessError`` where it cannot be installed or run."""
    with TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = os.fspath(Path(folder, "bin", "python"))
        subprocess.run([python, "-m", "pip", "install", "-qq", *ITS_PACKAGES], check=True)  # noqa: S603  # ours
        database = {part: settings.DATABASES["default"].get(part, "") for part in PARTS}
        told = subprocess.run(  # noqa: S603  # our own module
            [python, "-m", "bench.comments_xtd"],
            input=json.dumps({"database": database, "words": posts.SAID}),
            text=True,
            stdout=subprocess.PIPE,
            check=True,
            cwd=settings.BASE_DIR,
        )
    return Cost(**json.loads(told.stdout))


if __name__ == "__main__":
    main()
