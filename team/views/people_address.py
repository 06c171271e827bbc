"""Correcting somebody's email address while they telephone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members import addresses, objections
from team.address_forms import AddressForm
from team.guards import acting_member, allowed_if, may_find_people
from team.people.search import person_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what correcting the address does, or why nobody does it for them; and do it."""
    member, by, at = person_or_404(pk), acting_member(request), timezone.now()
    form = AddressForm(request.POST or None, initial={"email": member.email, "seen": member.email})
    owner, refusal = None, ""
    try:
        addresses.check_correctable(member, by=by)
        if request.method == "POST" and form.is_valid():
            email, seen = form.cleaned_data["email"], form.cleaned_data["seen"]
            addresses.correct(member, email, by=by, at=at, seen=seen)
            messages.success(
                request, f"The address of {member} is {email.lower()} now. Ask whether our email has come."
            )
            return redirect("team:person", pk)
    except addresses.CorrectionRefused as refused:
        owner = getattr(refused, "owner", None)
        if form.is_bound and form.is_valid():
            form.add_error("email", str(refused))
        else:
            refusal = str(refused)
    context = {"person": member, "form": form, "owner": owner, "refusal": refusal}
    context |= {"was_confirmed": objections.is_confirmed(member)}
    return render(request, "team/people/address.html", context)
