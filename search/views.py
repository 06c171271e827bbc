"""The search: a page, and the same for programs."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from common.words import counted, in_digits
from members.readers import reader_of
from search import finding, in_recordings, results, suggestions
from search.finding import Asked, Found, Hit
from search.forms import SearchForm
from search.results import Result

#: Results on one page.
PAGE = 20


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """One box, and what it found."""
    search = SearchPage(request, at=timezone.now())
    context = {
        "asked": search.asked,
        "form": SearchForm(search.found),
        "found": search.found,
        "page": search.page,
        "results": search.results,
        "result": search.in_words,
        "did_you_mean": search.did_you_mean,
        "titles": search.titles,
        "said": in_recordings.said(search.asked, reader_of(request), at=search.at),
    }
    return _unlisted(render(request, "search.html", context))


@require_safe
def search_json(request: HttpRequest) -> HttpResponse:
    """The results of one page as JSON, and where the next page is."""
    search = SearchPage(request, at=timezone.now())
    answer = {
        "query": search.asked.q,
        "kind": search.asked.kind or None,
        "total": len(search.found.hits),
        "page": search.page.number,
        "pages": search.page.paginator.num_pages,
        "next": search.next_address,
        "did_you_mean": search.did_you_mean.asked.q if search.did_you_mean else None,
        "results": [_as_json(request, one) for one in search.results],
    }
    return _unlisted(JsonResponse(answer))


@dataclass
class SearchPage:
    """One look at the search, of which page and JSON tell the same."""

    request: HttpRequest
    at: datetime

    @cached_property
    def asked(self) -> Asked:
        """What the address asks for."""
        return finding.parse_query(self.request.GET)

    @cached_property
    def found(self) -> Found:
        """All that matches."""
        return finding.find(self.asked, at=self.at)

    @cached_property
    def page(self) -> Page[Hit]:
        """The page of it that the address names; the nearest one where it names none that there is."""
        return Paginator(self.found.hits, PAGE).get_page(self.request.GET.get("page"))

    @cached_property
    def results(self) -> list[Result]:
        """What to show on that page."""
        return results.build(self.page, self.asked.meaning.marks, at=self.at)

    @cached_property
    def did_you_mean(self) -> Found | None:
        """What they may have meant, where nothing matches."""
        return None if self.found.every else suggestions.did_you_mean(self.asked, at=self.at)

    @cached_property
    def titles(self) -> list[tuple[str, str]]:
        """What sounds like it, where not even other words are known."""
        is_lost = self.asked.q and not self.found.every and not self.did_you_mean
        return suggestions.titles(self.asked, at=self.at) if is_lost else []

    @property
    def in_words(self) -> str:
        """How much was found: "12 results", "3 of 12 results", "More than 1,000 results"."""
        if not self.asked.q:
            return ""
        hits, every = len(self.found.hits), len(self.found.every)
        told = {"hits": in_digits(hits), "count": in_digits(every)}
        if hits != every:
            return ngettext("%(hits)s of %(count)s result", "%(hits)s of %(count)s results", every) % told
        if self.found.is_cut:
            return ngettext("More than %(count)s result", "More than %(count)s results", every) % told
        return counted(every, "%(count)s result", "%(count)s results")

    @property
    def next_address(self) -> str | None:
        """Where the next page of the JSON is."""
        if not self.page.has_next():
            return None
        path = f"{reverse('search_json')}{self.asked.query}&page={self.page.next_page_number()}"
        return self.request.build_absolute_uri(path)


def _as_json(request: HttpRequest, result: Result) -> dict[str, Any]:
    when = result.when
    return {
        "kind": result.kind.value,
        "title": result.title.text,
        "url": request.build_absolute_uri(result.url),
        "excerpt": result.excerpt.text,
        "belongs_to": result.beside or None,
        "when": when.isoformat(timespec="seconds") if isinstance(when, datetime) else _day(when),
    }


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep results out of other search engines, which know the pages themselves."""
    response["X-Robots-Tag"] = "noindex"
    return response
