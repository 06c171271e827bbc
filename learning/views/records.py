"""Somebody's record of an event for their CPD, and the certificate of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event
from learning import certificates, records
from learning.certificates import NoPdf
from learning.views.loading import for_who_comes
from members.models import Member, SiteSettings


@require_safe
@for_who_comes
def record(request: HttpRequest, event: Event, member: Member) -> HttpResponse:
    """What they attended, with their notes, and the one thing they will do."""
    at = timezone.now()
    context = {"event": event, "record": records.of(event, member, at=at), "at": at}
    return render(request, "learning/record.html", context)


@require_safe
@for_who_comes
def certificate(request: HttpRequest, event: Event, member: Member) -> HttpResponse:
    """The certificate, made for print; without a session that counts, the record."""
    at = timezone.now()
    made = certificates.of(records.of(event, member, at=at), SiteSettings.load(), at=at)
    if made is None:
        return redirect("learning:record", event.slug)
    context = {"event": event, "certificate": made, "no_pdf": certificates.why_no_pdf(made)}
    return render(request, "learning/certificate.html", context)


@require_safe
@for_who_comes
def certificate_pdf(request: HttpRequest, event: Event, member: Member) -> HttpResponse:
    """The same as a tagged PDF; where none can be made, the page, which says why."""
    at = timezone.now()
    made = certificates.of(records.of(event, member, at=at), SiteSettings.load(), at=at)
    if made is None:
        return redirect("learning:record", event.slug)
    try:
        content = certificates.pdf(made)
    except NoPdf as refusal:
        messages.info(request, str(refusal))
        return redirect("learning:certificate", event.slug)
    name = f'attachment; filename="certificate-{event.slug}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})
