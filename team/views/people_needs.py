"""What somebody who is registered says on the telephone that they need: written down, and never read out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from events import needs_by_telephone
from events.models import Registration
from team.guards import acting_member, allowed_if, may_register_people
from team.people.search import person_or_404
from team.people_forms import CallerNeedsForm
from team.views.helping import done, emailing, event_or_404, page_of, refused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_register_people)
def write_down(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """Ask what they need, and whether it may be kept; the page says nothing of what they told before."""
    person, about = person_or_404(pk), event_or_404(event)
    form = CallerNeedsForm(request.POST if request.method == "POST" else None, event=about)
    theirs, back = (
        Registration.objects.current().filter(member=person, event=about).first(),
        page_of(person, about),
    )
    if theirs is None:
        return refused(request, f"{person.name} is not registered for {about}.", back)
    if form.is_valid():
        try:
            needs_by_telephone.write_down(theirs, by=acting_member(request), at=timezone.now(), **form.said())
        except needs_by_telephone.NotWritten as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, f"Written down for {about}, as you agreed. {emailing(person)}", back)
    return render(request, "team/people/needs.html", {"person": person, "event": about, "form": form})
