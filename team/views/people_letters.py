"""An email to somebody: as it was sent, as it would be sent now, and sending it again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from notifications import kept
from notifications.admin import SEND_AGAIN, preview
from notifications.admin_maybe_sent import in_words
from notifications.models import Message, SentLetter
from notifications.resend import SendAgainRefused, send_again
from team.guards import acting_member, allowed_if, may_read_letters
from team.people.search import person_or_404
from team.views.helping import done, page_of, refused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_read_letters)
def letter(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Show an email to somebody; a press on that page sends it again."""
    person, reader = person_or_404(pk), acting_member(request)
    found = get_object_or_404(Message, pk=message, member=person)
    may_send, now_is = reader.has_perm(SEND_AGAIN), timezone.now()
    waits_until = (
        found.send_after if found.state == Message.State.QUEUED and found.send_after > now_is else None
    )
    if request.method == "POST":
        if not may_send:
            raise PermissionDenied
        if waits_until:  # what is about to be told may still be taken back
            return refused(request, "It goes out by itself: it has not been sent yet.", page_of(person))
        try:
            send_again(found, by=reader, at=now_is)
        except SendAgainRefused as refusal:
            return refused(request, f"It is not sent again. {refusal}", page_of(person))
        return done(request, "It will be sent again in a moment.", page_of(person))
    now, why_not = preview(found)
    was_sent = SentLetter.objects.filter(message=found).first()
    context = {
        "person": person,
        "message": found,
        "what": found.subject or in_words(found.kind),
        "was_sent": was_sent,
        "is_same": now is not None and was_sent is not None and now.text == was_sent.text,
        "is_secret": kept.is_secret(found),
        "letter": now,
        "why_not": why_not,
        "may_send": may_send and not waits_until,
        "waits_until": waits_until,
        "back": page_of(person),
    }
    return render(request, "team/people/letter.html", context)
