"""The workshops app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Places, bookings, waiting lists, the agenda, the programme import."""

    name = "workshops"

    def ready(self) -> None:
        """Hook this app's acts into those of the apps below."""
        from events import approval, joining, registration, states
        from members import membership
        from workshops import agenda, agenda_told, cancellation, emails, emails_sessions, promises

        registration.on_cancelled(cancellation.end_bookings)
        registration.on_cancelled(agenda_told.forget)
        membership.on_approved(promises.approved)
        approval.on_received_again(promises.received_again)
        emails.register()
        emails_sessions.register()
        joining.register_checker(agenda.may_join)
        states.register_lookup(agenda.lookup)
