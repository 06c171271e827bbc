"""Finding a person, the page of one, and notes about them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.words import counted
from events.models import Event
from members import membership
from members.models import Member
from team.guards import (
    acting_member,
    allowed_if,
    may_book_for_people,
    may_bring_together,
    may_find_people,
    may_read_calls,
    may_register_people,
    may_remove_people,
)
from team.models import PersonNote
from team.people import deciding, duplicates, notes, search, state
from team.people.notes import NoteRefused
from team.people_forms import NoteForm
from team.views.helping import done, page_of, refused

PAGE_SIZE = 30


@require_safe
@allowed_if(may_find_people)
def find(request: HttpRequest) -> HttpResponse:
    """List whom the words in the address fit; whose address exactly they are is led to at once."""
    reader, words = acting_member(request), search.typed(request.GET.get("q", ""))
    if (one := search.whose_address(words)) is not None:
        return redirect("team:person", one.pk)
    pages = Paginator(search.ids(words, reader=reader), PAGE_SIZE)
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
    try:
        about = search.person_or_404(pk)
    except Http404:
        if (stays := duplicates.went_into(pk)) is None:
            raise
        return redirect("team:person", stays)
    return _page(request, about, NoteForm())


@require_POST
@allowed_if(may_find_people)
def leave_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a note about somebody for colleagues."""
    about, form = search.person_or_404(pk), NoteForm(request.POST)
    if form.is_valid():
        try:
            notes.leave(about, form.cleaned_data["text"], by=acting_member(request), at=timezone.now())
        except NoteRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            event = Event.objects.public().filter(slug=request.GET.get("event", "")).first()
            back = page_of(about, event).removesuffix("#event")
            return done(request, "The note is kept for a year.", f"{back}#notes")
    return _page(request, about, form)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def take_note_out(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Show a note once more, then take it out."""
    about = search.person_or_404(pk)
    back, one = f"{page_of(about)}#notes", PersonNote.objects.filter(pk=note, about=about).first()
    if one is None:
        return refused(request, "The note was taken out before.", back)
    if request.method != "POST":
        return render(request, "team/people/note_out.html", {"person": about, "note": one, "back": back})
    try:
        notes.take_out(note, about, by=acting_member(request), at=timezone.now())
    except NoteRefused as refusal:
        return refused(request, str(refusal), back)
    return done(request, "The note is taken out.", back)


def _page(request: HttpRequest, about: Member, note: NoteForm) -> HttpResponse:
    reader, now = acting_member(request), timezone.now()
    shown = state.state_of(about, reader=reader, at=now, event=request.GET.get("event", ""))
    context = {
        "shown": shown,
        "person": about,
        "note_form": note,
        "seen": deciding.as_shown(about),
        "may_take_back": membership.can_be_taken_back(about, at=now),
        "may_register": may_register_people(reader),
        "may_book": may_book_for_people(reader),
        "may_remove": may_remove_people(reader) and about.pk != reader.pk,
        "may_end_call": may_read_calls(reader),
        "likely": duplicates.likely(about) if may_bring_together(reader) else None,
    }
    return render(request, "team/people/person.html", context)
