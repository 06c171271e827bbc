"""Correcting somebody's email address while they telephone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members import addresses, objections
from members.accounts import fresh_proof
from members.models import Member
from team.address_forms import AddressForm
from team.guards import acting_member, allowed_if, may_find_people
from team.people.search import person_or_404
from team.views.helping import done, page_of

PAGE = "team/people/address.html"


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what correcting the address does, or why nobody does it for them; and do it.

    It moves where the codes that open their account go, so that it asks for a second step of a moment ago.
    """
    if request.method == "POST" and (asked := fresh_proof.ask(request)):
        return asked
    member, by = person_or_404(pk), acting_member(request)
    try:
        addresses.check_correctable(member, by=by)
    except addresses.CorrectionRefused as refused:
        return render(request, PAGE, {"person": member, "refusal": str(refused)})
    form = AddressForm(request.POST or None, initial={"email": member.email, "seen": member.email})
    owner: Member | None = None
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            addresses.correct(member, by=by, at=timezone.now(), **form.cleaned_data)
        except addresses.CorrectionRefused as refused:
            owner, member = getattr(refused, "owner", None), person_or_404(pk)
            form = AddressForm(
                form.cleaned_data | {"seen": member.email}
            )  # what is on the screen from now on
            form.add_error("email", str(refused))
        else:
            words = f"The address of {member} is {email.lower()} now. Ask whether our email has come."
            return done(request, words, page_of(member))
    context = {"person": member, "form": form, "owner": owner}
    return render(request, PAGE, context | {"was_confirmed": objections.is_confirmed(member)})
