"""Addresses of the team's pages of events and their sessions, below ``events/``."""

from django.urls import path

import events.urls  # noqa: F401  # registers the converter "words"
from team.views import (
    calling_off,
    concern_readers,
    day,
    host_needs,
    programme,
    session_acts,
    session_cancel,
    session_change,
    session_hosts,
    session_lists,
    session_mail,
    session_words,
    sessions,
)

SESSION = "<slug:slug>/sessions/<words:session_slug>/"

urlpatterns = [
    path("", sessions.event_list, name="events"),
    path("<slug:slug>/", sessions.event_page, name="event"),
    path("<slug:slug>/concerns/", concern_readers.concern_readers, name="event_concern_readers"),
    path("<slug:slug>/call-off/", calling_off.call_off, name="event_call_off"),
    path("<slug:slug>/bring-back/", calling_off.bring_back, name="event_bring_back"),
    path("<slug:slug>/copy/", programme.copy, name="event_copy"),
    path("<slug:slug>/day/", day.board, name="event_day"),
    path("<slug:slug>/day/notice/", day.notice, name="event_day_notice"),
    path("<slug:slug>/day/notices/<int:pk>/down/", day.notice_down, name="event_day_notice_down"),
    path("<slug:slug>/door/", session_lists.door, name="event_door"),
    path("<slug:slug>/move/", programme.shift, name="event_move"),
    path("<slug:slug>/publish/", programme.publish, name="event_publish"),
    path(SESSION, sessions.session_page, name="session"),
    path(f"{SESSION}change/", session_change.change, name="session_change"),
    path("<slug:slug>/invite-hosts/", session_hosts.invite_all, name="invite_hosts"),
    path("<slug:slug>/host-needs/", host_needs.host_needs, name="host_needs"),
    path("<slug:slug>/host-needs/<int:pk>/arranged/", host_needs.arrange, name="host_need_arranged"),
    path(f"{SESSION}withdrawals/<int:pk>/", session_hosts.withdrawal_noted, name="withdrawal_noted"),
    path(f"{SESSION}words/<int:pk>/take/", session_words.take, name="words_take"),
    path(f"{SESSION}words/<int:pk>/leave/", session_words.leave, name="words_leave"),
    path(f"{SESSION}words/<int:pk>/put-back/", session_words.put_back, name="words_put_back"),
    path(f"{SESSION}hosts/<int:pk>/invite/", session_hosts.invite, name="session_invite_host"),
    path(f"{SESSION}in/<slug:who>/", day.tick, name="session_in"),
    path(f"{SESSION}cancel/", session_cancel.cancel, name="session_cancel"),
    path(f"{SESSION}bring-back/", session_cancel.bring_back, name="session_bring_back"),
    path(f"{SESSION}waiting/<int:pk>/move-up/", session_acts.move_up, name="session_move_up"),
    path(f"{SESSION}attendance/", session_lists.attendance, name="session_attendance"),
    path(f"{SESSION}attendance.<slug:ending>", session_lists.attendance_file, name="session_attendance_file"),
    path(f"{SESSION}message/", session_mail.message, name="session_message"),
    path(f"{SESSION}needs/", session_lists.session_needs, name="session_needs"),
]
