"""The same conversation in django-comments-xtd: 1,000 comments in 200 threads, its own template.

Run by ``bench.comments`` in an environment of its own, where that package is and ours is not. It reads, as
JSON, the words of a comment and Django's settings of the database; it makes a scratch database beside it, and
prints, as JSON, what the page cost (``bench.cost.Cost``).
"""

import json
import os
import sys
from dataclasses import asdict
from datetime import timedelta

import django
from django.conf import settings

THREADS, REPLIES, PEOPLE = 200, 4, 100
TOLD = json.load(sys.stdin)
settings.configure(
    SECRET_KEY="for-measuring-only",  # noqa: S106  # signs nothing: thrown away with its database
    DATABASES={"default": TOLD["database"] | {"TEST": {"NAME": f"bench_xtd_{os.getpid()}"}}},
    INSTALLED_APPS=[
        *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sites"),
        *("django_comments_xtd", "django_comments"),
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["testserver"],
    SITE_ID=1,
    USE_TZ=True,
    COMMENTS_APP="django_comments_xtd",
    COMMENTS_XTD_MAX_THREAD_LEVEL=REPLIES,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.urls import include, path
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from bench.cost import Page, measure

PAGE = (
    "{% load comments comments_xtd %}{% get_comment_count for post as count %}<h1>{{ count }}</h1>"
    "{% render_xtdcomment_tree for post %}"
)


def show(request: HttpRequest) -> HttpResponse:
    """Show the conversation about the site, which stands for a post."""
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"post": Site.objects.get(), "user": AnonymousUser()}, request))


urlpatterns = [path("", show), path("comments/", include("django_comments_xtd.urls"))]


def fill(words: str) -> None:
    """Make the people and their conversation: in each thread a reply to a reply to a reply."""
    people = [User.objects.create(username=f"{n}", email=f"{n}@example.org") for n in range(PEOPLE)]
    about = {"content_type": ContentType.objects.get_for_model(Site), "object_pk": "1", "site_id": 1}
    at = timezone.now() - timedelta(days=200)
    for thread in range(THREADS):
        before = 0
        for number in range(REPLIES + 1):
            by = people[(thread * 7 + number) % PEOPLE]
            made = XtdComment.objects.create(
                **about,
                user=by,
                user_name=by.username,
                user_email=by.email,
                comment=words,
                parent_id=before,
                submit_date=at + timedelta(minutes=thread * 5 + number),
            )
            before = made.pk


def main() -> None:
    """Measure and print."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        fill(TOLD["words"])
        found = measure(Page("django-comments-xtd", "/"), {None: Client()})
    finally:
        teardown_databases(made, verbosity=0)
    sys.stdout.write(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
