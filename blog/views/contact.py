"""Writing to the authors of a post."""

from datetime import datetime, timedelta
from typing import Final

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from audit.actors import VISITOR
from blog import contact
from blog.contact import Sender
from blog.contact_forms import ContactForm
from blog.models import Post
from blog.views.loading import public_or_404
from members.accounts import limits
from members.accounts.limits import Limit
from members.readers import reader_of

#: Messages from one sender, and to one post, whoever writes.
FROM_ONE: Final = Limit("messages of a sender", 5, timedelta(hours=1))
TO_ONE_POST: Final = Limit("messages to a post", 60, timedelta(hours=1))
TOO_MANY: Final = gettext_lazy(
    "Many messages were sent in a short time. Wait an hour, then press the button again."
)
SENT: Final = gettext_lazy("Your message is on its way.")


@require_http_methods(["GET", "HEAD", "POST"])
def contact_authors(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the words and send them; a trapped program is told what everybody is told."""
    now = timezone.now()
    post = public_or_404(slug, now)
    readers = contact.reached(post)
    if not readers:
        raise Http404
    form = ContactForm(request.POST if request.method == "POST" else None, member=reader_of(request))
    if request.method == "POST" and form.is_valid():
        is_trapped = bool(form.cleaned_data["website"])
        if not is_trapped and not _lets(request, post, form.sender(), at=now):
            form.add_error(None, TOO_MANY)
        else:
            if not is_trapped:
                words = form.cleaned_data["words"]
                contact.write_to_authors(post, words, sender=form.sender(), by=form.member or VISITOR, at=now)
            messages.success(request, str(SENT))
            return redirect(post)
    return render(request, "blog/contact.html", {"post": post, "readers": readers, "form": form})


def _lets(request: HttpRequest, post: Post, by: Sender, *, at: datetime) -> bool:
    """Whether one more may come from this sender and network (a hospital sits behind one), and to this post.

    What a guest sends under the address of a member does not count as the member's.
    """
    sender = f"{'member' if by.is_member else 'guest'}:{by.email.lower()}"
    if not ratelimit.consume(request, action="contact_author"):
        return False
    try:
        limits.count([FROM_ONE.of(sender), TO_ONE_POST.of(str(post.pk))], at=at)
    except limits.TooMany:
        return False
    return True
