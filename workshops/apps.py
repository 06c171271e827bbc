"""The workshops app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Places, bookings, waiting lists, the agenda, the programme import."""

    name = "workshops"

    def ready(self) -> None:
        """Hook this app's acts into those of the apps below."""
        from events import approval, joining_details, registration
        from events import cancellation as calling_off
        from events.programme import states
        from members import membership, objections
        from workshops import merging, personal_data
        from workshops.agenda import reading
        from workshops.letters import (
            agenda_emails,
            agenda_snapshot,
            calendar_feed,
            day_letters,
            session_emails,
            session_words,
        )
        from workshops.places import after_calling_off, cancellation, choices_after_approval

        registration.on_cancelled(cancellation.end_bookings)
        registration.on_cancelled(agenda_snapshot.forget)
        calling_off.on_brought_back(after_calling_off.give_time_back)
        objections.on_brought_back(calendar_feed.brought_back)
        membership.on_approved(choices_after_approval.approved)
        approval.on_received_again(choices_after_approval.received_again)
        agenda_emails.register()
        session_emails.register()
        session_words.register()
        day_letters.register()
        joining_details.register_checker(reading.may_join)
        states.register_lookup(reading.lookup)
        personal_data.register()
        merging.register()
