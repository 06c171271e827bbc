"""The emails of the blog: one function each, rendered at delivery."""

from typing import Final

from django.utils.translation import gettext_lazy

from blog.models import Post
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

BY_AUTHORSHIP: Final = gettext_lazy("You get this email because you are an author of this post.")


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register("contact-author", contact_author)


def contact_author(message: Message) -> Letter | None:
    """Pass on what somebody wrote to an author, and where to answer it."""
    post = Post.objects.filter(pk=message.payload.get("post")).first()
    if post is None or message.secret is None or not isinstance(message.member, Member):
        return None
    context = {"post": post, "is_member": False, **message.secret}
    return compose(
        "contact-author",
        to=message.member,
        context=context,
        reason=str(BY_AUTHORSHIP),
        answers_to=message.secret["email"],
    )
