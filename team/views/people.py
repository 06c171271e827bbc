"""Finding a person, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.words import counted
from team.guards import acting_member, allowed_if, may_find_people
from team.people import search, state

PAGE_SIZE = 30


@require_safe
@allowed_if(may_find_people)
def find(request: HttpRequest) -> HttpResponse:
    """List whom the words in the address fit; whose address exactly they are is led to at once."""
    reader, words = acting_member(request), search.typed(request.GET.get("q", ""))
    if (one := search.whose_address(words)) is not None:
        return redirect("team:person", one.pk)
    pages = Paginator(search.people(words, reader=reader), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "q": words,
        "page": page,
        "rows": search.found(page, reader=reader, today=timezone.localdate()),
        "listed": search.only_listed(words, reader=reader),
        "result": counted(pages.count, "%(count)s person", "%(count)s people") if words else "",
    }
    return render(request, "team/people/find.html", context)


@require_safe
@allowed_if(may_find_people)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: what a caller asks about, and what can be done."""
    shown = state.state_of(search.person_or_404(pk), reader=acting_member(request), at=timezone.now())
    return render(request, "team/people/person.html", {"shown": shown, "person": shown.person})
