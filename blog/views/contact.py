"""Writing to the authors of a post."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from blog import contacting
from blog.contact_forms import ContactForm
from blog.views.loading import public_or_404, reader_of

TOO_MANY = "Many messages were sent in a short time. Wait an hour, then press the button again."
SENT = "Your message is on its way."


@require_http_methods(["GET", "HEAD", "POST"])
def contact_authors(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the words and send them; a trapped program is told what everybody is told."""
    now = timezone.now()
    post = public_or_404(slug, now)
    readers = [one for one in post.authors.all() if one.member_id]
    if not readers:
        raise Http404
    form = ContactForm(request.POST if request.method == "POST" else None, member=reader_of(request))
    if request.method == "POST" and form.is_valid():
        name, email = form.sender()
        if not _lets(request, email):
            form.add_error(None, TOO_MANY)
        else:
            if not form.cleaned_data["website"]:
                contacting.write_to_authors(post, form.cleaned_data["words"], name=name, email=email, at=now)
            messages.success(request, SENT)
            return redirect(post)
    return render(request, "blog/contact.html", {"post": post, "readers": readers, "form": form})


def _lets(request: HttpRequest, email: str) -> bool:
    """Whether one more may come from this address and this network; a hospital sits behind one."""
    return bool(ratelimit.consume(request, action="contact_author", key=email.lower()))
