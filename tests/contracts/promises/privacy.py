"""The page about privacy, sentence by sentence, each with the tests that show that it is so.

A sentence that is added to the page has to be added here with what keeps it. ``REASON`` stands for sentences
that say what something is for, and promise nothing; ``PEOPLE`` for what no program can keep: those who run
the site do, and docs/operations.md tells them.
"""

REASON = ("it says why, or leads on",)
PEOPLE = ("people keep it",)

NOTHING_FROM_ELSEWHERE = "contracts/pages/test_pages_html.py::test_nothing_on_a_page_comes_from_elsewhere"
NO_COOKIE = "events/test_programme_body.py::test_a_visitor_who_sends_no_form_gets_no_cookie"
NEEDS_SEEN = "team/needs/test_who_sees.py"
EVERYTHING = "members/privacy/test_export.py::test_it_holds_all_that_there_is_of_somebody_with_everything"
WHAT_GOES = "members/privacy/test_pages.py::test_the_page_names_all_that_goes_and_all_that_stays_with_why"

#: The beginning of each sentence, enough of it to know it by, and what keeps it.
KEPT: dict[str, tuple[str, ...]] = {
    "What we know about you, why": (EVERYTHING,),
    "In short: we keep what we need": REASON,
    # If you only read
    "Nothing is stored about you.": (NO_COOKIE,),
    "There is no tracking": (NOTHING_FROM_ELSEWHERE,),
    "So there is no banner": (NO_COOKIE,),
    # What is stored in your browser
    "Only what the site needs to work": ("qevent/test_cookies.py::test_a_name_is_in_no_cookie",),
    "a cookie for your visit": (
        "members/accounts/test_log_in.py::test_a_password_logs_in_and_the_session_ends_with_the_browser",
    ),
    "It goes when you close the browser": (
        "members/accounts/test_log_in.py::test_a_code_logs_in_and_the_session_ends_with_the_browser",
        "members/accounts/test_pages.py::test_keep_me_logged_in_is_not_ticked",
    ),
    "a cookie that says in which browsers": (
        "members/accounts/test_guarding.py::"
        "test_the_cookie_of_the_browser_goes_to_account_pages_only_and_says_nothing",
    ),
    "a cookie that keeps other websites": (
        "members/interrupted_forms/test_csrf.py::test_what_does_not_say_that_it_came_from_here_gets_advice_alone",
    ),
    "for editors of posts: what you type": (
        "journeys/team/test_words_kept.py::"
        "test_twelve_hours_later_any_page_forgets_them_also_where_nobody_is_logged_in",
        "journeys/team/test_words_kept.py::"
        "test_somebody_who_logs_out_in_another_tab_is_told_and_finds_the_words_where_they_were",
    ),
    "at times a short-lived cookie": ("qevent/test_cookies.py::test_a_name_is_in_no_cookie",),
    # If you have an account
    "**Name, email address, password.": (EVERYTHING,),
    "To let you in and to write": REASON,
    "The team sees your name and address": (
        "members/accounts/test_hashers.py::test_a_password_is_kept_by_the_figures_of_owasp",
        "members/admin/test_members.py::test_members_are_found_by_name_address_and_organisation",
    ),
    "**Organisation, role, nation or region": (EVERYTHING,),
    "All optional.": ("members/test_profile.py::test_all_but_the_name_is_optional",),
    "To show times as your clock has them": (
        "events/test_views_programme.py::test_a_reader_elsewhere_sees_their_own_time_beside",
    ),
    "**How your membership stands**": (
        "members/test_profile.py::test_how_the_membership_stands_is_said_in_words",
        "members/test_membership.py::test_who_is_declined_is_told_why",
    ),
    "Seen by you and the team.": ("contracts/test_rights_on_pages.py",),
    "We keep this as long as you have the account.": (
        "contracts/test_personal_data.py::test_the_docs_have_the_table_of_what_is_kept",
    ),
    "An account whose address nobody confirms": (
        "members/privacy/test_retention.py::test_accounts_that_nobody_confirmed_go_after_a_month",
    ),
    "What you typed into a form that you sent": (
        "members/interrupted_forms/test_saved_forms.py::test_it_is_gone_after_half_an_hour",
        "members/interrupted_forms/test_saved_forms.py::test_nobody_but_the_account_that_typed_it_sees_it",
        "members/interrupted_forms/test_saved_forms.py::test_no_secret_is_kept",
    ),
    # If you come to an event
    "**Your registration, your places": (EVERYTHING,),
    "To run the event.": REASON,
    "Seen by you, by the hosts of your sessions": (
        "hosting/test_people.py::test_a_host_sees_their_own_sessions_alone",
        "contracts/test_rights_on_pages.py",
    ),
    "Kept afterwards, so that you can prove": (
        "workshops/programme/test_cancelling.py::test_what_is_over_is_not_cancelled_and_those_who_were_there_keep_it",
    ),
    "**Where you were.": (EVERYTHING,),
    "When you press *Join* or *I was there*": (
        "live/test_joining.py::test_joining_notes_it_and_leads_to_a_page_with_the_link_alone",
        "live/test_joining.py::test_where_noting_is_switched_off_nobody_is_noted_nor_told_so",
    ),
    "Seen by you, by its hosts and by the team": (
        "live/test_now.py::test_no_other_member_sees_where_somebody_was",
        "live/test_now.py::test_afterwards_it_says_where_they_were",
    ),
    "**What hosts see.": ("hosting/test_people.py::test_no_address_of_anybody_is_on_the_page",),
    "Hosts of the sessions that you book see": (
        "hosting/test_people.py::test_names_are_seen_and_the_work_of_who_lets_hosts_see_it",
    ),
    "They agree to tell nobody": (
        "hosting/test_people.py::test_nobody_is_seen_before_the_host_has_agreed",
        "hosting/test_people.py::"
        "test_people_are_seen_for_two_weeks_after_the_last_day_by_the_clock_of_the_event",
    ),
    "**How you join a session.": REASON,
    "It stands on pages of the site": ("contracts/test_rights_on_pages.py",),
    "We email it in one case only": (
        "contracts/emails/test_every_email.py::test_an_email_is_well_made",
        "live/test_joining_letter.py::test_at_any_other_time_and_without_a_reason_nothing_goes_out",
    ),
    "Each time who sent it": (
        "live/test_joining_letter.py::test_pressed_twice_it_is_one_and_who_came_since_gets_it",
    ),
    "**What you need to take part**": (
        "events/test_access_needs.py::test_access_needs_are_kept_changed_and_forgotten",
    ),
    "Seen by those in the team who arrange it": (
        f"{NEEDS_SEEN}::test_before_a_look_nothing_tells_which_need_it_is",
        f"{NEEDS_SEEN}::test_hosts_know_of_who_comes_and_of_nobody_else",
        "events/test_access_needs.py::test_hosts_are_shown_nothing_unless_they_said_so",
    ),
    "This can say something about your health": (
        f"{NEEDS_SEEN}::test_every_act_about_needs_is_told_only_with_the_right",
    ),
    "Where you take out what was arranged": (
        "events/test_needs_withdrawn.py::test_nothing_of_their_own_words_stays",
        "events/test_needs_withdrawn.py::test_of_who_is_erased_only_stays_that_there_was_one",
        "team/needs/test_stopping.py::test_stopped_it_is_gone_and_the_list_stays_open",
    ),
    "We erase it 30 days after the event": (
        "members/privacy/test_retention.py::test_needs_go_a_month_after_the_event",
        "events/test_needs_kept.py::test_numbers_stay_and_nothing_else",
    ),
    "If you keep it for your next registration": (
        "events/test_needs_kept.py::"
        "test_what_is_kept_for_the_next_registration_fills_in_its_form_and_only_they_see_it",
        "events/test_needs_not_lost.py::"
        "test_what_is_kept_is_seen_and_ended_on_the_profile_without_any_registration",
    ),
    "**Recordings.": REASON,
    "Where a session says that it is recorded": (
        "recordings/test_pages.py::test_who_is_registered_finds_it_listed_and_watches_it",
        "recordings/test_pages.py::test_a_visitor_and_who_is_not_registered_read_who_may",
        "recordings/test_publishing.py::"
        "test_a_recording_of_a_session_that_says_it_is_not_recorded_is_never_published",
        "recordings/test_publishing.py::test_one_of_two_hosts_is_not_enough",
    ),
    "The team reads the transcript first": (
        "recordings/test_publishing.py::test_it_is_not_published_before_the_team_has_read_the_transcript",
        "recordings/test_speakers.py::test_what_hosts_say_is_shown_and_what_others_say_is_not",
        "recordings/test_speakers.py::test_words_that_the_team_puts_in_are_shown_without_a_name",
    ),
    "What you marked as watched is seen": (
        "recordings/test_pages.py::test_what_is_marked_as_watched_is_seen_by_them_alone",
    ),
    "**Your calendar address**": (
        "workshops/letters/test_calendar_feed.py::test_it_holds_what_is_theirs_and_what_everybody_comes_to",
    ),
    "It is secret; anybody who has it": (
        "workshops/letters/test_calendar_feed.py::test_a_copy_of_the_database_gives_no_address_away",
        "qevent/test_logs.py::test_the_address_of_a_calendar_is_not_logged",
    ),
    "You can replace it at any time.": (
        "workshops/letters/test_calendar_feed.py::"
        "test_a_new_address_stops_the_old_one_and_stopping_stops_both",
    ),
    # If you comment
    "**As a member**, your name stands": (
        "comments/views/test_feed.py::test_the_newest_comments_stand_first_with_who_and_when",
    ),
    "**As a guest**, the name that you gave": (
        "comments/writing/test_authoring.py::test_a_guest_is_kept_by_the_name_they_give",
    ),
    "Your email address is never shown.": (
        "comments/views/test_feed.py::test_no_address_of_anybody_is_in_it",
        "comments/views/test_own.py::test_a_secret_page_is_kept_and_listed_nowhere_and_names_no_address",
    ),
    "We erase it after 90 days, or when you stop": (
        "comments/writing/test_guests.py::test_an_address_is_forgotten_after_90_days_here_and_in_what_was_sent",
    ),
    "What moderators decided about a comment": (
        "team/test_views_moderation.py::test_the_story_of_a_comment_has_every_decision_and_report",
    ),
    "The [comments policy]": REASON,
    # Emails
    "We keep a record of the emails": (
        "notifications/test_kept.py::test_after_90_days_the_words_go_and_the_message_stays",
    ),
    "To where we wrote to somebody without an account": (
        "members/privacy/test_retention.py::"
        "test_addresses_of_people_without_account_go_from_emails_after_a_month",
    ),
    "Our emails have no hidden pictures": (
        "contracts/emails/test_every_email.py::test_an_email_is_well_made",
    ),
    "The email about your sessions of a day": (
        "workshops/views/test_give_up_from_letter.py::"
        "test_what_was_made_up_or_is_of_another_event_or_for_another_purpose_opens_nothing",
        "workshops/views/test_give_up_from_letter.py::"
        "test_a_place_that_was_booked_anew_is_not_given_up_by_an_old_letter",
    ),
    "Whoever has the email can use it until": (
        "workshops/views/test_give_up_from_letter.py::test_it_opens_nothing_once_the_session_has_started",
    ),
    "It asks once before anything is gone.": (
        "workshops/views/test_give_up_from_letter.py::test_opening_it_changes_nothing_and_asks",
    ),
    "You turn that email off": (
        "workshops/letters/test_day_before.py::"
        "test_in_the_morning_only_who_has_asked_for_it_and_the_day_before_only_who_has_not_turned_it_off",
    ),
    # Your network address
    "We count log-ins and comments by network": (
        "contracts/promises/test_network_addresses.py::"
        "test_what_counts_by_network_address_forgets_within_a_day",
    ),
    "It is not stored with your account": (
        "contracts/promises/test_network_addresses.py::test_no_network_address_is_in_the_database",
        "notifications/test_delivery.py::test_logs_name_ids_and_kinds_only",
    ),
    # Who did what
    "We record who did what on the site": ("audit/test_trail.py::test_a_person_is_named_and_nobody_else_is",),
    "Nobody can change that record.": (
        "audit/test_trail.py::test_an_entry_can_be_neither_changed_nor_deleted",
    ),
    "Once you are erased, the number": (
        "members/privacy/test_erasure.py::test_after_erasing_nothing_gives_them_away_but_what_is_listed",
    ),
    # Who else
    "The companies that run our servers": PEOPLE,
    "We sell nothing to anybody.": PEOPLE,
    "We give data to authorities only": PEOPLE,
    # Your rights
    "**See it and take it with you.": (EVERYTHING,),
    "Under [My data](/members/my-data/) you get": (
        EVERYTHING,
        "members/privacy/test_export.py::test_only_its_owner_fetches_it_and_shows_who_they_are",
    ),
    "**Correct it.": ("members/test_profile.py::test_a_profile_is_saved",),
    "Most of it yourself": ("members/test_profile.py::test_a_profile_is_saved",),
    "**Have it erased.": (WHAT_GOES,),
    "Under [My data](/members/my-data/erase/)": (WHAT_GOES,),
    "You have ten days": (
        "members/privacy/test_erasure.py::test_nothing_happens_before_ten_days_and_nothing_once_it_is_taken_back",
        "members/privacy/test_pages.py::test_one_asks_and_takes_it_back_with_one_press",
    ),
    "Your name stays above posts": (
        "members/privacy/test_erasure.py::test_bylines_of_what_was_published_stay_and_drafts_go",
    ),
    "**Ask us to stop using it**": PEOPLE,
    "Without an account, too.": ("contracts/roles/test_roles.py",),
    "We answer within one month": PEOPLE,
    "We use your data because": REASON,
    "You can take that back at any time.": (
        "events/test_needs_kept.py::test_what_is_kept_is_let_go_by_registering_without_the_tick_or_by_a_press",
    ),
    "If you are not happy with our answer": REASON,
}
