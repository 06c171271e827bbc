"""What forms, pages and emails promise in the words beside a button: where it stands, and what keeps it."""

GIVEN = "workshops/letters/test_places_emails.py"
CONTESTED = "workshops/places/test_contested.py"
PROPOSALS = "blog/editing/test_proposals.py"
EXPORT = "members/privacy/test_export.py"
ERASURE = "members/privacy/test_erasure.py"
ENTRANCE = "hosting/test_entrance.py"
WITHDRAWING = "hosting/test_withdrawing.py"
CONCERNS = "concerns/test"

#: File of the words, words, and the tests that show that they are so.
KEPT: dict[str, dict[str, tuple[str, ...]]] = {
    "templates/events/register.html": {
        "Whoever hosts a session that you book sees your name, until two weeks after the event.": (
            "hosting/test_people.py::test_names_are_seen_and_the_work_of_who_lets_hosts_see_it",
            "hosting/test_people.py::"
            "test_people_are_seen_for_two_weeks_after_the_last_day_by_the_clock_of_the_event",
        ),
    },
    "templates/events/_needs.html": {
        "Hosts of the sessions you book see it only where you say so.": (
            "events/test_needs_kept.py::test_hosts_are_shown_need_by_need_what_they_may_know",
        ),
        "Tell us all the same: it may be too late for them, and we try.": (
            "events/test_need_cases.py::test_only_who_needs_people_who_are_hired_asks_late",
        ),
        "What comes later is taken too, but it may be too late for them.": (
            "events/test_need_cases.py::test_only_who_needs_people_who_are_hired_asks_late",
        ),
        "The event team and support see what you tick.": (
            "contracts/test_needs_are_seen.py::test_whoever_of_the_team_reads_it_is_in_its_history",
            "contracts/test_needs_are_seen.py::test_a_member_reads_what_another_needs_nowhere",
        ),
    },
    "templates/events/_needs_told.html": {
        "Only the event team and support see this.": (
            "events/test_access_needs.py::test_hosts_are_shown_nothing_unless_they_said_so",
            "contracts/test_needs_are_seen.py::test_a_member_reads_what_another_needs_nowhere",
        ),
    },
    "events/forms.py": {
        "The form is filled in next time; after this event only you see it.": (
            "events/test_needs_kept.py::"
            "test_what_is_kept_for_the_next_registration_fills_in_its_form_and_only_they_see_it",
        ),
        "Otherwise all is erased 30": (
            "members/privacy/test_retention.py::test_needs_go_a_month_after_the_event",
            "events/test_needs_withdrawn.py::test_it_goes_with_the_needs_thirty_days_after_the_event",
        ),
    },
    "events/needs_told.py": {
        "You should have had an answer by now. Please ask us.": (
            "events/test_needs_over.py::test_the_database_finds_late_what_is_overdue",
            "events/test_needs_over.py::test_of_a_cancelled_event_nothing_is_said_to_come_and_nothing_changed",
        ),
        "You asked after people had to be hired for it, so it may be too late. We try all the same.": (
            "events/test_need_cases.py::test_only_who_needs_people_who_are_hired_asks_late",
        ),
    },
    "events/views/registration.py": {
        "The team learns from it; later only the number stays.": (
            "events/test_need_cases.py::"
            "test_that_they_got_it_or_not_stands_in_the_case_and_in_nothing_that_stays",
            "events/test_needs_kept.py::test_numbers_stay_and_nothing_else",
            "team/needs/test_numbers.py::test_numbers_below_five_are_not_told",
        ),
    },
    "templates/live/_join.html": {
        "We note that you joined: you, its hosts and the team see it, never your employer.": (
            "live/test_joining.py::test_joining_notes_it_and_leads_to_a_page_with_the_link_alone",
            "live/test_joining.py::test_where_noting_is_switched_off_nobody_is_noted_nor_told_so",
            "live/test_now.py::test_no_other_member_sees_where_somebody_was",
        ),
    },
    "templates/emails/needs-written-down/body.html": {
        "This is all that you have told us for this event:": (
            "team/people/test_needs_by_telephone.py::"
            "test_they_get_all_of_it_in_an_email_that_nobody_of_the_team_reads",
        ),
    },
    "templates/emails/host-needs-changed/body.html": {
        "What is not on your page any more is not needed.": (
            "hosting/test_need_changes.py::"
            "test_who_has_looked_is_told_that_it_is_needed_no_more_and_neither_whose_nor_what",
            "hosting/test_people.py::test_needs_are_shown_as_agreed_and_each_look_is_recorded",
        ),
    },
    "templates/team/people/needs.html": {
        "it is added to what they have told already, which is not shown here and never read out.": (
            "team/people/test_needs_by_telephone.py::test_nothing_of_what_they_told_before_is_shown_or_lost",
        ),
    },
    "team/people_forms.py": {
        "Ask them first: without their yes nothing of it may be kept.": (
            "team/people/test_needs_by_telephone.py::"
            "test_without_their_yes_nothing_is_kept_when_they_are_registered_or_later",
        ),
    },
    "templates/team/needs/list.html": {
        "It is recorded with your name in the history of each person.": (
            "team/needs/test_views.py::"
            "test_who_waits_is_listed_and_what_they_need_is_not_before_a_press_which_is_recorded",
        ),
    },
    "templates/team/needs/numbers.html": {
        "Numbers below five are not told, so that they point at nobody.": (
            "team/needs/test_numbers.py::test_numbers_below_five_are_not_told",
        ),
        "They are here once the needs themselves are erased, 30 days after the event, and do not change": (
            "team/needs/test_numbers.py::test_while_anybody_can_still_answer_no_number_is_told",
            "team/needs/test_numbers.py::test_what_one_who_is_erased_had_needed_is_not_told_before_the_others",
            "events/test_need_counts.py::"
            "test_each_is_in_time_or_late_or_could_not_be_and_no_number_changes_when_needs_are_erased",
        ),
    },
    "templates/events/_kept_needs.html": {
        "Only you see this. The form for your next registration is filled in with it.": (
            "events/test_needs_kept.py::"
            "test_what_is_kept_for_the_next_registration_fills_in_its_form_and_only_they_see_it",
        ),
    },
    "templates/events/cancel_registration.html": {
        "Your places go to others at once.": (
            "events/test_registration.py::test_cancelling_lets_in_whoever_waited_longest_and_tells_both",
        ),
    },
    "events/calls_to_action.py": {
        "We will email you if a place comes free.": (
            "events/test_registration.py::test_cancelling_lets_in_whoever_waited_longest_and_tells_both",
        ),
    },
    "templates/workshops/swap.html": {
        "You lose this place only if you get the new one.": (
            "workshops/places/test_swapping.py::test_a_swap_gives_up_nothing_that_they_have_not_booked",
            "races/test_places.py::test_two_who_swap_with_each_other_at_once_never_lose_what_they_have",
        ),
    },
    "templates/workshops/decide.html": {
        "All of these places are yours until": (
            f"{CONTESTED}::test_undecided_what_did_not_move_stays_and_what_moved_goes_to_its_line",
        ),
        "What you give up goes to the next in line at once": (
            "workshops/places/test_booking.py::test_a_swap_gives_the_old_place_to_the_line_and_takes_the_new_one",
        ),
    },
    "templates/workshops/calendar.html": {
        "Make a new address: the old one stops at once.": (
            "workshops/letters/test_calendar_feed.py::"
            "test_a_new_address_stops_the_old_one_and_stopping_stops_both",
        ),
    },
    "templates/comments/_box.html": {
        "An email will ask you to confirm your address: until you do, we send you nothing about replies.": (
            "comments/writing/test_addresses_kept.py::"
            "test_an_address_that_nobody_confirmed_is_not_kept_by_following",
        ),
    },
    "comments/forms.py": {
        "erase it after 90 days unless you follow the conversation.": (
            "comments/writing/test_guests.py::"
            "test_an_address_is_forgotten_after_90_days_here_and_in_what_was_sent",
        ),
    },
    "templates/comments/report.html": {
        "Whoever wrote it is not told who reported it.": (
            "members/privacy/test_reporters.py::test_whoever_wrote_it_never_learns_who_reported_it",
        ),
    },
    "templates/comments/withdraw.html": {
        "a line says that it was withdrawn by its author.": (
            "comments/reading/test_threads.py::"
            "test_their_own_can_be_edited_for_ten_minutes_and_withdrawn_any_time",
        ),
    },
    "templates/blog/propose.html": {
        "Nobody sees it until you send it": (
            f"{PROPOSALS}::test_editors_see_what_they_send_and_nothing_that_they_wrote_before",
        ),
    },
    "templates/blog/proposal.html": {
        "Until one of them changes it you can take it back and go on writing.": (
            f"{PROPOSALS}::test_they_take_it_back_change_it_and_send_it_again",
            f"{PROPOSALS}::test_what_editors_have_made_of_it_stays_when_they_send_it_again",
        ),
    },
    "templates/blog/contact.html": {
        "We do not show you the address, and keep no copy.": (
            "blog/test_contact.py::test_nobody_sees_the_authors_address",
            "blog/test_contact.py::test_the_words_are_kept_nowhere_once_they_are_sent",
        ),
    },
    "templates/members/my_data.html": {
        "only you can fetch it.": (f"{EXPORT}::test_only_its_owner_fetches_it_and_shows_who_they_are",),
        "we email you when it is ready.": (f"{EXPORT}::test_they_are_told_when_it_is_ready",),
        "Until then one press takes it back.": (
            "members/privacy/test_pages.py::test_one_asks_and_takes_it_back_with_one_press",
        ),
    },
    "templates/members/erase.html": {
        "Places that you have are given to who waits for them.": (
            f"{ERASURE}::test_who_waits_for_their_place_moves_up",
        ),
    },
    "templates/hosting/code.html": {
        "It then stays open in this browser for 12 hours, or until you close it.": (
            f"{ENTRANCE}::test_the_pages_close_after_twelve_hours",
            f"{ENTRANCE}::test_the_pages_close_when_they_are_closed",
        ),
    },
    "templates/hosting/needs.html": {
        "That you have looked is recorded.": (
            "hosting/test_people.py::test_needs_are_shown_as_agreed_and_each_look_is_recorded",
        ),
    },
    "templates/hosting/session.html": {
        "at most three messages: nobody sees an address.": (
            "hosting/test_writing.py::test_there_is_no_fourth_message_whoever_of_the_hosts_writes_it",
            "hosting/test_writing.py::test_everybody_who_has_a_place_is_mailed_and_no_address_is_shown",
        ),
    },
    "templates/hosting/recording.html": {
        "if you do not agree any more, it is taken off at once.": (
            "hosting/test_recordings.py::test_whoever_does_not_agree_any_more_takes_it_off_and_puts_it_back",
        ),
    },
    "templates/emails/host-take-away/body.html": {
        "We ask this once: if you would rather not, you need do nothing.": (
            "hosting/test_asking.py::test_a_host_is_asked_on_the_morning_after_and_never_again",
        ),
    },
    "templates/emails/host-recording/body.html": {
        "If you do not answer, it is not shown.": (
            "recordings/test_publishing.py::test_one_of_two_hosts_is_not_enough",
        ),
    },
    "templates/hosting/take_away.html": {
        "The team reads it before everybody does. Until then you can change it.": (
            "recordings/test_taking_away.py::test_nobody_reads_it_before_the_team_has_published_it",
            "recordings/test_taking_away.py::test_the_team_publishes_what_it_has_read_and_nothing_else",
        ),
        "stays as it is until the team has read what you changed.": (
            "recordings/test_taking_away.py::test_what_is_published_stays_until_a_change_is_read",
        ),
        "Nobody can read it then, from this moment on.": (
            "recordings/test_taking_away.py::test_a_host_takes_it_down_at_once_and_it_is_kept_to_be_changed",
        ),
        "What everybody reads stays as it is.": (
            "recordings/test_taking_away.py::test_what_is_taken_back_is_deleted_and_what_is_published_stays",
        ),
    },
    "templates/recordings/recording.html": {
        "Only you see what you marked.": (
            "recordings/test_pages.py::test_what_is_marked_as_watched_is_seen_by_them_alone",
        ),
    },
    "templates/hosting/withdraw.html": {
        "You see its people no more and your name leaves the programme, both at once.": (
            f"{WITHDRAWING}::test_a_host_who_has_withdrawn_sees_nothing_more",
            f"{WITHDRAWING}::test_the_programme_names_them_no_more_and_is_made_anew",
        ),
        "The team is told, and finds somebody else.": (
            f"{WITHDRAWING}::test_the_team_is_told_on_its_first_page_until_it_is_noted",
        ),
    },
    "templates/hosting/deputy.html": {
        "they agree to confidentiality themselves, and see what you see as long as you host.": (
            "hosting/test_deputies.py::test_a_deputy_is_mailed_agrees_and_sees_what_the_host_sees",
            "hosting/test_deputies.py::test_a_deputys_access_ends_with_it_or_with_the_hosts",
        ),
    },
    "templates/emails/place-offered/body.html": {
        "It is held for you until": (
            "races/test_waiting.py::"
            "test_an_offer_accepted_while_it_expires_is_theirs_or_the_next_ones_never_both",
        ),
        "Until you decide, you keep it.": (
            "workshops/places/test_giving_up.py::"
            "test_accepting_gives_up_what_it_replaces_and_serves_the_line_there",
        ),
        "You keep your turn.": ("workshops/places/test_waiting_again.py",),
    },
    "templates/emails/registration-waiting/body.html": {
        "Places go to whoever has waited longest.": (
            "events/test_registration.py::test_cancelling_lets_in_whoever_waited_longest_and_tells_both",
        ),
    },
    "templates/emails/registration-received/body.html": {
        "we book them for you, behind whoever has booked by then.": (
            "workshops/places/test_choices_after_approval.py",
        ),
    },
    "templates/emails/session-changed/body.html": {
        "All places are yours until": (
            f"{CONTESTED}::test_undecided_what_did_not_move_stays_and_what_moved_goes_to_its_line",
        ),
    },
    "templates/emails/booking-opens-soon/body.html": {
        "We will email you again once booking is open": (
            "workshops/letters/test_booking_opened.py::"
            "test_an_opening_that_was_announced_and_taken_away_is_told_as_open",
        ),
    },
    "templates/learning/feedback.html": {
        "Your answers are kept without your name.": (
            "learning/test_feedback.py::test_an_answer_is_kept_without_whoever_gave_it_and_when",
            "learning/test_feedback.py::test_each_hour_sheets_and_who_gave_them_are_written_anew",
        ),
        "Hosts and the team read those of at least five people together, in steps of five.": (
            "learning/test_feedback.py::test_a_session_is_shown_from_five_answers_on",
            "learning/test_feedback.py::test_one_more_answer_shows_nothing_new",
            "learning/test_feedback.py::test_what_is_left_is_told_together_once_feedback_has_closed",
        ),
    },
    "templates/team/sessions/report.html": {
        "names of people who are not ours are not kept.": (
            "live/meeting_reports/test_taking.py::test_nothing_of_the_file_is_left_once_it_is_taken",
            "live/meeting_reports/test_taking.py::test_a_report_that_nobody_takes_is_deleted_after_a_day",
        ),
    },
    "templates/emails/data-ready/body.html": {
        "It lies on our site for a week, and only you can fetch it.": (
            f"{EXPORT}::test_after_a_week_it_goes_with_its_file",
            f"{EXPORT}::test_only_its_owner_fetches_it_and_shows_who_they_are",
        ),
    },
    "templates/emails/erasure-refused/body.html": {
        "We try again each day, and email you once it is done.": (
            "members/privacy/test_refused_erasures.py",
        ),
    },
    "templates/emails/log-in-attempts/body.html": {
        "In a browser in which you have logged in before you can log in as ever.": (
            "members/accounts/test_guarding.py::test_a_known_browser_has_a_limit_of_its_own",
        ),
    },
    "templates/emails/contact-author/body.html": {
        "until then nobody has seen it.": ("blog/test_contact.py::test_nobody_sees_the_authors_address",),
    },
    "templates/emails/moderation-digest/body.html": {
        "We promise an answer within one working day.": (
            "team/test_small_rules.py::test_the_page_promises_the_time_that_the_letters_keep",
        ),
    },
    "templates/emails/merge-code/body.html": {
        "nothing happens without it.": ("members/merging/test_bringing_together.py",),
    },
    "templates/emails/host-withdrawn/body.html": {
        "We asked for no reason, and say none.": (
            f"{WITHDRAWING}::test_the_programme_names_them_no_more_and_is_made_anew",
        ),
    },
    "templates/emails/_day.html": {
        "we email the link only if the site cannot be reached.": (
            "workshops/letters/test_day_before.py::"
            "test_no_way_to_join_is_in_it_but_where_to_find_it_and_to_check",
        ),
        "we ask once before it is gone.": (
            "workshops/views/test_give_up_from_letter.py::test_opening_it_changes_nothing_and_asks",
        ),
        "We give places by email until half an hour before a session starts.": (
            "workshops/places/test_last_minutes.py::"
            "test_until_half_an_hour_before_the_first_in_line_has_it_at_once_and_from_then_on_nobody_by_itself",
        ),
        "and the first to press has it.": (
            "workshops/places/test_last_minutes.py::"
            "test_the_first_of_those_who_wait_to_press_has_it_whatever_their_turn",
        ),
        "minutes it is for everybody.": (
            "workshops/places/test_last_minutes.py::"
            "test_in_the_last_ten_minutes_what_those_in_line_have_left_is_anybodys",
        ),
    },
    "workshops/letters/day_letters.py": {
        "Nobody gets it unasked.": (
            "workshops/letters/test_day_before.py::"
            "test_in_the_morning_only_who_has_asked_for_it_and_the_day_before_only_who_has_not_turned_it_off",
        ),
    },
    "workshops/agenda/line_words.py": {
        "No place is given by email in the last half hour.": (
            "workshops/places/test_last_minutes.py::test_no_sweep_gives_it_either",
        ),
        "In the last ten minutes it is for everybody.": (
            "workshops/places/test_last_minutes.py::"
            "test_in_the_last_ten_minutes_what_those_in_line_have_left_is_anybodys",
        ),
    },
    "templates/concerns/report.html": {
        "Nobody else of the team, whatever their role. Each time one of them reads it is recorded.": (
            f"{CONCERNS}_handling.py::test_an_admin_to_whom_it_was_not_sent_reads_nothing",
            f"{CONCERNS}_handling.py::test_each_reading_is_recorded_and_the_first_makes_it_read",
            f"{CONCERNS}_pages.py::"
            "test_no_page_of_the_team_nor_of_the_admin_shows_a_concern_to_whom_it_was_not_sent",
            f"{CONCERNS}_reporting.py::test_nobody_of_the_team_is_told_whom_these_emails_went_to",
        ),
        "You can leave one of them out.": (
            f"{CONCERNS}_reporting.py::test_who_is_left_out_is_not_told_and_is_known_as_left_out_for_ever",
            f"{CONCERNS}_handling.py::test_who_was_left_out_reads_nothing_and_nobody_can_pass_it_on_to_them",
        ),
        "If you would like an answer, you have it by": (
            f"{CONCERNS}_reporting.py::test_an_answer_is_promised_by_the_evening_of_the_second_working_day",
            f"{CONCERNS}_handling.py::test_what_was_promised_an_answer_is_not_closed_without_one",
            f"{CONCERNS}_pages.py::test_the_first_page_says_what_waits_for_a_reader_and_what_is_overdue",
        ),
        "You are shown a code once.": (
            f"{CONCERNS}_reporting.py::test_neither_the_code_nor_the_form_is_stored",
            f"{CONCERNS}_handling.py::test_an_answer_is_read_with_the_code_and_no_note_is",
        ),
        "Without your name we keep nothing of who you are: no account, no network address, no cookie.": (
            f"{CONCERNS}_pages.py::"
            "test_a_visitor_reports_and_reads_the_answer_with_the_code_and_nothing_of_them_is_kept",
            f"{CONCERNS}_pages.py::test_who_is_logged_in_and_says_no_name_is_in_no_row_that_was_written",
        ),
        "We note only the hour with it; those who read it are emailed at once.": (
            f"{CONCERNS}_reporting.py::"
            "test_without_a_name_nothing_of_who_they_are_is_kept_and_of_the_time_only_the_hour",
        ),
        "A year after the last word all of it is erased.": (
            f"{CONCERNS}_handling.py::test_a_year_after_the_last_word_all_of_it_is_erased",
            f"{CONCERNS}_handling.py::test_that_somebody_was_emailed_goes_with_it",
        ),
    },
    "concerns/forms.py": {
        "They are never told of it, and can never open it.": (
            f"{CONCERNS}_reporting.py::test_who_is_left_out_is_not_told_and_is_known_as_left_out_for_ever",
            f"{CONCERNS}_handling.py::test_who_was_left_out_reads_nothing_and_nobody_can_pass_it_on_to_them",
        ),
    },
    "templates/team/people/take_out.html": {
        "Their registration ends, and their places go to who waits, at once.": (
            f"{CONCERNS}_removal.py::test_their_registration_ends_and_their_places_go_to_who_waits_at_once",
        ),
        "no link lets them join, also where they host.": (
            f"{CONCERNS}_removal.py::test_they_cannot_join_from_the_next_request",
            f"{CONCERNS}_removal.py::test_who_hosts_cannot_join_any_more_and_their_hosts_pages_are_closed",
            f"{CONCERNS}_removal.py::test_who_hosts_and_is_out_sees_no_recordings",
        ),
        "They cannot register for this event until somebody lifts it.": (
            f"{CONCERNS}_removal.py::test_they_cannot_register_for_this_event_and_can_for_another",
        ),
        "Somebody else than you looks again.": (
            f"{CONCERNS}_removal.py::"
            "test_somebody_else_than_who_decided_looks_again_where_there_is_somebody_else",
        ),
    },
    "templates/emails/second-look/body.html": {
        "Your places went to others, and we cannot promise them back.": (
            f"{CONCERNS}_removal.py::test_lifting_lets_them_register_again_and_brings_no_place_back",
        ),
    },
    "templates/emails/announcement-test/body.html": {
        "It went to you and nobody else.": ("team/announcements/test_views.py",),
    },
}
