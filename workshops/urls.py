"""Addresses of the agenda and the acts on it, below an event's own."""

from django.urls import path

import events.urls  # noqa: F401  # registers the converter "words"
from workshops.views import actions, from_letters, pages

app_name = "workshops"
urlpatterns = [
    path("<slug:slug>/give-up/<slug:token>/", from_letters.give_up, name="give_up"),
    path("<slug:slug>/agenda/", pages.agenda_page, name="agenda"),
    path("<slug:slug>/agenda/now/", pages.agenda_now, name="agenda_now"),
    path("<slug:slug>/agenda/parts/", pages.agenda_parts, name="agenda_parts"),
    path("<slug:slug>/agenda/places/", pages.places_now, name="places_now"),
    path("<slug:slug>/agenda/book-choices/", pages.book_choices, name="book_choices"),
    path("<slug:slug>/agenda/email/", pages.email_agenda, name="email_agenda"),
    path("<slug:slug>/agenda/<words:session_slug>/book/", actions.book, name="book"),
    path("<slug:slug>/agenda/<words:session_slug>/take/", actions.take, name="take"),
    path("<slug:slug>/agenda/<words:session_slug>/cancel/", actions.cancel, name="cancel"),
    path("<slug:slug>/agenda/<words:session_slug>/swap/", actions.swap, name="swap"),
    path("<slug:slug>/agenda/<words:session_slug>/decide/", actions.decide, name="decide"),
    path("<slug:slug>/agenda/<words:session_slug>/choose/", actions.choose, name="choose"),
    path("<slug:slug>/agenda/<words:session_slug>/unchoose/", actions.unchoose, name="unchoose"),
    path("<slug:slug>/agenda/<words:session_slug>/accept/", actions.accept, name="accept"),
    path("<slug:slug>/agenda/<words:session_slug>/decline/", actions.decline, name="decline"),
]
