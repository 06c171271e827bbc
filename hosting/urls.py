"""Addresses of the hosts' pages, below ``events/``."""

from django.urls import path

import events.urls  # noqa: F401  # registers the converter "words"
from hosting.views import (
    acts,
    attending,
    beforehand,
    entrance,
    files,
    own_needs,
    pages,
    recordings,
    take_away,
    words,
)

app_name = "hosting"
HOSTING = "<slug:slug>/hosting/"
SESSION = f"{HOSTING}sessions/<words:session_slug>/"

urlpatterns = [
    path(HOSTING, pages.overview, name="overview"),
    path(f"{HOSTING}enter/", entrance.enter, name="enter"),
    path(f"{HOSTING}code/", entrance.code, name="code"),
    path(f"{HOSTING}leave/", entrance.leave, name="leave"),
    path(f"{HOSTING}agree/", pages.agree, name="agree"),
    path(f"{HOSTING}my-needs/", own_needs.told, name="own_needs"),
    path(SESSION, pages.session_page, name="session"),
    path(f"{SESSION}message/", acts.message, name="message"),
    path(f"{SESSION}withdraw/", acts.withdraw, name="withdraw"),
    path(f"{SESSION}who-came/", attending.came, name="came"),
    path(f"{SESSION}feedback/", attending.feedback, name="feedback"),
    path(f"{SESSION}words/", words.session_words, name="words"),
    path(f"{SESSION}deputy/", beforehand.deputy, name="deputy"),
    path(f"{SESSION}deputy/remove/", beforehand.deputy_remove, name="deputy_remove"),
    path(f"{SESSION}links/", beforehand.session_links, name="links"),
    path(f"{SESSION}links/<int:pk>/remove/", beforehand.link_remove, name="link_remove"),
    path(f"{SESSION}files/", files.session_files, name="files"),
    path(f"{SESSION}files/<int:pk>/remove/", files.file_remove, name="file_remove"),
    path(f"{SESSION}files/<int:pk>/", files.file, name="file"),
    path(f"{SESSION}recording/", recordings.recording, name="recording"),
    path(f"{SESSION}take-away/", take_away.take_away, name="take_away"),
    path(f"{SESSION}take-away/take-back/", take_away.take_back, name="take_away_take_back"),
    path(f"{SESSION}take-away/take-down/", take_away.take_down, name="take_away_take_down"),
    path(f"{SESSION}needs/", pages.session_needs, name="needs"),
]
