"""All acts that are recorded, in one list: what each is called in the trail, and what it says of itself."""

from django.db import models


class Act(models.TextChoices):
    """What somebody did, in the past tense. A name in the trail is never changed, only added."""

    # Records without rules of their own, in the admin.
    ADDED = "added", "Added it"
    CHANGED = "changed", "Changed it"
    DELETED = "deleted", "Deleted it"

    # People.
    SIGNED_UP = "member.signed-up", "Signed up"
    SIGNED_UP_AGAIN = "member.signed-up-again", "Signed up once more with the address"
    ACCOUNT_MADE = "member.account-made", "Made the account"
    ADDRESS_CONFIRMED = "member.address-confirmed", "Confirmed the address"
    JOINED = "member.joined", "Became a member with the confirmed address"
    APPROVED = "member.approved", "Approved the membership"
    APPROVAL_TAKEN_BACK = "member.approval-taken-back", "Took the approval back"
    DECLINED = "member.declined", "Did not approve the membership"
    MEMBERSHIP_ENDED = "member.ended", "Ended the membership"
    REINSTATED = "member.reinstated", "Reinstated the membership"
    ADDRESS_CORRECTED = "member.address-corrected", "Corrected the email address"
    PASSWORD_LETTER = "member.password-letter", "Sent how to choose a new password"
    ADDRESS_CHANGED = "member.address-changed", "Changed the email address"
    PASSWORD_SET = "member.password-set", "Chose a password"
    PASSWORD_FORGOTTEN = (
        "member.password-forgotten",
        "Took out a password set before the address was confirmed",
    )
    INTRODUCED = "member.introduced", "Told the team how they know the community"
    PROFILE_SAVED = "member.profile-saved", "Changed the profile"
    LISTED = "list.added", "Put the address on the community’s list"
    LISTING_CHANGED = "list.changed", "Changed the details on the community’s list"

    # Events and registrations.
    EVENT_ADDED = "event.added", "Added the event"
    EVENT_CHANGED = "event.changed", "Changed the event"
    EVENT_CANCELLED = "event.cancelled", "Cancelled the event"
    EVENT_PLACES_SET = "event.places-set", "Set how many may come"
    PROGRAMME_IMPORTED = "event.programme-imported", "Imported the programme"
    OPENING_TOLD = "event.opening-told", "Told everybody who is registered that booking has opened"
    REGISTERED = "registration.confirmed", "Registered"
    REGISTERED_IN_LINE = "registration.joined-line", "Registered, and joined the waiting list"
    REGISTRATION_RECEIVED = "registration.received", "Registered, to be confirmed with the approval"
    EVENT_PLACE_GIVEN = "registration.place-given", "Confirmed the registration: a place came free"
    RECEIVED_AGAIN = "registration.received-again", "Made it wait again, as an approval was taken back"
    REGISTRATION_CANCELLED = "registration.cancelled", "Cancelled the registration"
    NEEDS_KEPT = "registration.needs-kept", "Wrote down access needs"
    NEEDS_FORGOTTEN = "registration.needs-forgotten", "Took access needs out"

    # Sessions and their places.
    SESSION_ADDED = "session.added", "Added the session"
    SESSION_CHANGED = "session.changed", "Changed the session"
    SESSION_PUBLISHED = "session.published", "Published the session"
    SESSION_CANCELLED = "session.cancelled", "Cancelled the session"
    PLACES_SET = "session.places-set", "Set how many places there are"
    OPENED_TO_ALL = "session.opened-to-all", "Took the places away: all who are registered may come"
    TIMES_MEANT = "session.times-meant", "Said that the times are meant as the clocks show them now"

    # Bookings.
    CHOSEN = "booking.chosen", "Chose the session before booking opened"
    UNCHOSEN = "booking.unchosen", "Took it out of the choices"
    CHOSEN_AGAIN = "booking.chosen-again", "Made it a choice again, as an approval was taken back"
    CHOICE_REFUSED = "booking.choice-refused", "Could not book the choice"
    BOOKED = "booking.booked", "Booked a place"
    JOINED_LINE = "booking.joined-line", "Joined the waiting list"
    REJOINED_LINE = "booking.rejoined-line", "Joined the waiting list again, with the old turn"
    MOVED_UP = "booking.moved-up", "Moved them to the head of the waiting list"
    PLACE_GIVEN = "booking.place-given", "Gave a place that came free"
    PLACE_OFFERED = "booking.place-offered", "Offered a place that came free"
    OFFER_ACCEPTED = "booking.offer-accepted", "Accepted the place that was held"
    OFFER_DECLINED = "booking.offer-declined", "Declined the place that was held"
    OFFER_LAPSED = "booking.offer-lapsed", "Let the place go on, as nobody had accepted it in time"
    PASSED_OVER = "booking.passed-over", "Passed them over: they could not take the place"
    BOOKING_CANCELLED = "booking.cancelled", "Cancelled the booking"
    BOOKING_SWAPPED = "booking.swapped", "Gave it up for another session"
    BOOKING_ENDED_REGISTRATION = "booking.ended-registration", "Ended it with the registration"
    BOOKING_ENDED_SESSION = "booking.ended-session", "Ended it with the session"
