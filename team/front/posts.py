"""What waits for editors of the blog."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from blog.models import Post
from common.words import counted
from team.front.lines import NAMED, Section, Thing, TodoItem

NOTHING = "No post is in review, and none is scheduled."


def section(*, at: datetime) -> Section:
    """Return the job of editors. Two queries."""
    numbers = Post.objects.aggregate(
        review=Count("pk", filter=Q(status=Post.Status.REVIEW)),
        scheduled=Count("pk", filter=Q(status=Post.Status.PUBLISHED, published_at__gt=at)),
    )
    url = reverse("team:posts")
    lines = [
        TodoItem(
            counted(numbers["review"], "%(count)s post is in review", "%(count)s posts are in review"),
            f"{url}?status={Post.Status.REVIEW}",
        ),
        TodoItem(
            counted(numbers["scheduled"], "%(count)s post is scheduled", "%(count)s posts are scheduled"),
            f"{url}?status=scheduled",
        ),
    ]
    found = [line for line, number in zip(lines, numbers.values(), strict=True) if number]
    things = [
        Thing(Post._meta.label_lower, pk, title, reverse("team:post_edit", args=[pk]), "In review")
        for pk, title in Post.objects.in_review().order_by("pk").values_list("pk", "title")[:NAMED]
    ]
    return Section("Posts", "posts", url, "All posts", NOTHING, found, things)
