"""Addresses of the pages about people, below ``/team/people/``."""

from django.urls import path

from team.views import (
    people,
    people_acts,
    people_address,
    people_calls,
    people_letters,
    people_membership,
    people_merge,
    people_needs,
    people_new,
    people_registration,
    people_removal,
)

session = "<int:pk>/sessions/<int:session>"
urlpatterns = [
    path("", people.find, name="people"),
    path("new/", people_new.new, name="person_new"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/address/", people_address.correct, name="person_address"),
    path("<int:pk>/merge/", people_merge.find_other, name="person_merge"),
    path("<int:pk>/merge/<int:other>/", people_merge.merge, name="person_merge_with"),
    path("<int:pk>/merge/<int:other>/codes/", people_merge.mail_codes, name="person_merge_codes"),
    path("<int:pk>/call/", people_calls.end, name="person_call"),
    path("<int:pk>/note/", people.leave_note, name="person_note"),
    path("<int:pk>/note/<int:note>/take-out/", people.take_note_out, name="person_note_out"),
    path("<int:pk>/approve/", people_membership.approve, name="person_approve"),
    path("<int:pk>/take-back/", people_membership.take_back, name="person_take_back"),
    path("<int:pk>/turn-down/", people_membership.turn_down, name="person_turn_down"),
    path("<int:pk>/end/", people_membership.end, name="person_end"),
    path("<int:pk>/reinstate/", people_membership.reinstate, name="person_reinstate"),
    path("<int:pk>/register/<slug:event>/", people_registration.register, name="person_register"),
    path("<int:pk>/needs/<slug:event>/", people_needs.write_down, name="person_needs"),
    path("<int:pk>/deregister/<slug:event>/", people_registration.deregister, name="person_deregister"),
    path("<int:pk>/take-out/<slug:event>/", people_removal.take_out, name="person_take_out"),
    path("<int:pk>/second-look/<slug:event>/", people_removal.look_again, name="person_second_look"),
    path("<int:pk>/emails/<int:message>/", people_letters.letter, name="person_letter"),
    path("<int:pk>/programme/<slug:event>/", people_acts.sessions, name="person_sessions"),
    path(f"{session}/book/", people_acts.book, name="person_book"),
    path(f"{session}/swap/", people_acts.swap, name="person_swap"),
    path(f"{session}/decide/", people_acts.decide, name="person_decide"),
    path(f"{session}/accept/", people_acts.accept, name="person_accept"),
    path(f"{session}/decline/", people_acts.decline, name="person_decline"),
    path(f"{session}/give-up/", people_acts.cancel, name="person_cancel"),
    path(f"{session}/choose/", people_acts.choose, name="person_choose"),
    path(f"{session}/unchoose/", people_acts.unchoose, name="person_unchoose"),
]
