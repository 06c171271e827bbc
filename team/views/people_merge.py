"""Two accounts of one person: finding the other, saying what is kept and what ends, and doing it."""

from collections.abc import Sequence
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.accounts import fresh_proof
from members.merging import act, proof
from members.merging.proof import AccountClosed, MergeRefused
from members.merging.registry import Line
from members.models import Member
from team.guards import acting_member, allowed_if, may_bring_together
from team.merge_forms import MergeForm
from team.people import duplicates, search
from team.people.search import person_or_404
from team.views.helping import done, page_of, refused

PAGE = "team/people/merge.html"


@require_safe
@allowed_if(may_bring_together)
def find_other(request: HttpRequest, pk: int) -> HttpResponse:
    """Name accounts that may be the same person's, and find others."""
    person, reader = person_or_404(pk), acting_member(request)
    words = search.typed(request.GET.get("q", ""))
    ids = [one for one in search.ids(words, reader=reader) if one != person.pk]
    rows = search.found(ids[: search.MAX_OTHERS], reader=reader, today=timezone.localdate())
    context = {"person": person, "q": words, "rows": rows, "has_more": len(ids) > search.MAX_OTHERS}
    return render(request, "team/people/merge_find.html", context | {"likely": duplicates.likely(person)})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_bring_together)
def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Say what bringing them together keeps and ends; with the two codes, do it."""
    if duplicates.went_into(other) == pk:
        return done(request, "They are one account.", page_of(person_or_404(pk)))
    kept, ended, by = person_or_404(pk), person_or_404(other), acting_member(request)
    form = _form(request, kept, ended)
    if request.method == "POST":
        if asked := fresh_proof.ask(request):
            return asked
        if form.is_valid():
            codes = form.cleaned_data["kept_code"], form.cleaned_data["ended_code"]
            seen = request.POST.get("seen", "")
            try:
                act.merge(kept, ended, codes=codes, seen=seen, by=by, at=timezone.now())
            except MergeRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                words = f"They are one account now: {kept.email}. We are emailing both addresses."
                return done(request, words, page_of(kept))
    return _page(request, kept, ended, form)


@require_POST
@allowed_if(may_bring_together)
def mail_codes(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Mail a code to each of the two addresses: they open the one act that ends somebody's account."""
    if asked := fresh_proof.ask(request):
        return asked
    kept, ended, by = person_or_404(pk), person_or_404(other), acting_member(request)
    try:
        proof.ask(kept, ended, by=by, at=timezone.now())
    except MergeRefused as refusal:
        return refused(request, f"Nothing is mailed. {refusal}", page_of(kept))
    words = f"A code is on its way to {kept.email}, and another to {ended.email}. Ask the caller for both."
    return done(request, words, f"{request.path.removesuffix('codes/')}#codes")


def _form(request: HttpRequest, kept: Member, ended: Member) -> MergeForm:
    return MergeForm(request.POST if request.method == "POST" else None, kept=kept.email, ended=ended.email)


def _page(request: HttpRequest, kept: Member, ended: Member, form: MergeForm) -> HttpResponse:
    now, by = timezone.now(), acting_member(request)
    context = {"person": kept, "ended": ended, "form": form}
    try:
        proof.check(kept, ended, by=by, at=now)
    except MergeRefused as refusal:
        closed = refusal.closed if isinstance(refusal, AccountClosed) else None
        return render(request, PAGE, context | {"refusal": str(refusal), "closed": closed})
    lines = act.plan(kept, ended)
    asked = proof.open_request(kept, ended, at=now)
    context |= {"parts": _by_subject(lines), "seen": act.digest(lines), "asked": asked}
    return render(request, PAGE, context)


def _by_subject(lines: Sequence[Line]) -> list[tuple[str, list[str]]]:
    """Return what is said of each thing, in one row."""
    return [
        (about, [one.words for one in group]) for about, group in groupby(lines, key=lambda one: one.about)
    ]
