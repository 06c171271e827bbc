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
    ADDRESS_OBJECTED = (
        "member.address-objected",
        "Objected to the corrected address; it has a role",
    )
    ADDRESS_BROUGHT_BACK = "member.address-brought-back", "Brought back the address that had been corrected"
    MERGE_ASKED = "member.merge-asked", "Mailed codes, to bring two accounts of one person together"
    MERGED = "member.merged", "Brought another account of theirs into this one"
    MERGED_AWAY = "member.merged-away", "Ended the account: all of it is in another one of theirs"
    PASSWORD_LETTER = "member.password-letter", "Sent how to choose a new password"
    ADDRESS_CHANGED = "member.address-changed", "Changed the email address"
    PASSWORD_SET = "member.password-set", "Chose a password"
    PASSWORD_FORGOTTEN = (
        "member.password-forgotten",
        "Took out a password set before the address was confirmed",
    )
    FACTOR_ADDED = "member.factor-added", "Set up a second step for the team’s pages"
    FACTOR_REMOVED = "member.factor-removed", "Removed a second step"
    RECOVERY_CODES_MADE = "member.recovery-codes-made", "Made new recovery codes"
    FACTOR_REFUSED = "member.factor-refused", "Typed too many wrong codes for the second step"
    RECOVERY_CODE_USED = "member.recovery-code-used", "Used a recovery code"
    FACTOR_RESET_ASKED = "member.factor-reset-asked", "Asked to reset the second step"
    FACTOR_RESET = "member.factor-reset", "Reset the second step"
    FIRST_FACTOR_LET = "member.first-factor-let", "Let them set up a first second step"
    INTRODUCED = "member.introduced", "Told the team how they know the community"
    EMAILS_STOPPED = "member.emails-stopped", "Stopped emails of a kind"
    EMAILS_STARTED = "member.emails-started", "Turned emails of a kind on again"
    PROFILE_SAVED = "member.profile-saved", "Changed the profile"
    CALENDAR_MADE = "member.calendar-made", "Made an address of the calendar"
    CALENDAR_STOPPED = "member.calendar-stopped", "Stopped sharing the calendar"
    DATA_ASKED_FOR = "member.data-asked-for", "Asked for a file with all data"
    ERASURE_ASKED = "member.erasure-asked", "Asked for the person to be erased"
    ERASURE_TAKEN_BACK = "member.erasure-taken-back", "Took the erasure back"
    ERASURE_REFUSED = "member.erasure-refused", "Could not erase the person when it was due"
    ERASED = "member.erased", "Erased the person"
    MESSAGE_SENT_AGAIN = "message.sent-again", "Sent the email again"
    MESSAGE_HELD = "message.held", "Held the email after a restore: it may have been sent already"
    MESSAGE_RELEASED = "message.released", "Let the email go that was held after a restore"
    MESSAGE_DROPPED = "message.dropped", "Took the email as sent that was held after a restore"
    LISTED = "list.added", "Put the address on the community’s list"
    LISTING_CHANGED = "list.changed", "Changed the details on the community’s list"

    # Events and registrations.
    EVENT_ADDED = "event.added", "Added the event"
    EVENT_COPIED = "event.copied", "Made it from an earlier event"
    EVENT_CHANGED = "event.changed", "Changed the event"
    EVENT_CANCELLED = "event.cancelled", "Cancelled the event"
    EVENT_POSTPONED = "event.postponed", "Postponed the event"
    EVENT_BROUGHT_BACK = "event.brought-back", "Brought the event back before anybody was told"
    EVENT_PLACES_SET = "event.places-set", "Set how many may come"
    PROGRAMME_IMPORTED = "event.programme-imported", "Imported the programme"
    OPENING_ANNOUNCED = "event.opening-announced", "Told everybody who is registered when booking opens"
    OPENING_TOLD = "event.opening-told", "Told everybody who is registered that booking has opened"
    REGISTERED = "registration.confirmed", "Registered"
    REGISTERED_IN_LINE = "registration.joined-line", "Registered, and joined the waiting list"
    CONDUCT_BY_TELEPHONE = (
        "registration.conduct-by-telephone",
        "Noted that they heard and accepted the code of conduct, by telephone",
    )
    REGISTRATION_RECEIVED = "registration.received", "Registered, to be confirmed with the approval"
    EVENT_PLACE_GIVEN = "registration.place-given", "Confirmed the registration: a place came free"
    RECEIVED_AGAIN = "registration.received-again", "Made it wait again, as an approval was taken back"
    REGISTRATION_CANCELLED = "registration.cancelled", "Cancelled the registration"
    WORK_SHOWN = "registration.work-shown", "Let hosts see their organisation and role"
    WORK_HIDDEN = "registration.work-hidden", "Let hosts see their organisation and role no more"
    REGISTRATION_MERGED = "registration.merged", "Kept it for two accounts that were brought together"
    REGISTRATION_MERGED_AWAY = "registration.merged-away", "Ended it: their other account has one as well"
    NEEDS_KEPT = "registration.needs-kept", "Wrote down access needs"
    NEEDS_BY_TELEPHONE = (
        "registration.needs-by-telephone",
        "Noted that they agreed to have access needs kept, by telephone",
    )
    NEEDS_FORGOTTEN = "registration.needs-forgotten", "Took access needs out"
    NEEDS_SEEN = "registration.needs-seen", "Looked at access needs"
    NEEDS_SEEN_BY_HOST = "registration.needs-seen-by-host", "Looked, as a host, at access needs as agreed"
    NEEDS_TAKEN_ALONG = "registration.needs-taken-along", "Took access needs along in a file"
    NEEDS_LET_GO = "member.needs-let-go", "Took out the access needs kept for the next registration"
    NEEDS_OF_HOST_KEPT = "host.needs-kept", "Wrote down what they need to host"
    NEEDS_OF_HOST_TAKEN_OUT = "host.needs-taken-out", "Took out what they need to host"
    NEEDS_OF_HOST_SEEN = "host.needs-seen", "Looked at what a host needs"
    NEEDS_OF_HOST_ARRANGED = "host.needs-arranged", "Arranged something that a host needs"
    NEED_OF_HOST_STOPPED = "host.need-stopped", "Stopped what was arranged for a host who needs it no more"
    NEEDS_OF_HOST_FORGOTTEN = "host.needs-forgotten", "Erased what a host needed"
    NEED_ARRANGED = "need.arranged", "Arranged an access need"
    NEED_CONFIRMED = "need.confirmed", "Confirmed an access need to the member"
    NEED_DECLINED = "need.declined", "Told the member what is done in place of an access need"
    NEED_STOPPED = "need.stopped", "Stopped what was arranged for an access need that was withdrawn"
    NEED_ANSWERED_BACK = "need.answered-back", "Said whether they got what they needed"

    # Sessions and their places.
    SESSION_ADDED = "session.added", "Added the session"
    SESSION_CHANGED = "session.changed", "Changed the session"
    SESSION_PUBLISHED = "session.published", "Published the session"
    SESSION_CANCELLED = "session.cancelled", "Cancelled the session"
    SESSION_BROUGHT_BACK = "session.brought-back", "Brought the session back before anybody was told"
    PLACES_SET = "session.places-set", "Set how many places there are"
    SESSION_WRITTEN_TO = "session.written-to", "Wrote to those who come, wait or host"
    HOST_INVITED = "session.host-invited", "Invited a host to the hosts’ pages"
    HOST_AGREED = "session.host-agreed", "Agreed, as a host, to keep for themselves what they read of people"
    HOST_WROTE = "session.host-wrote", "Wrote to those who come, as a host"
    HOST_REWORDED = "session.host-reworded", "Wrote other words for the session, as a host"
    HOST_UNWORDED = "session.host-unworded", "Took their words for the session back, as a host"
    REWORDING_TAKEN = "session.rewording-taken", "Took the words of a host"
    REWORDING_LEFT = "session.rewording-left", "Left the session as it was, without the words of a host"
    REWORDING_PUT_BACK = "session.rewording-put-back", "Put back what it said before the words of a host"
    DEPUTY_NAMED = "session.deputy-named", "Named a deputy, as a host"
    DEPUTY_TAKEN_OUT = "session.deputy-taken-out", "Took a deputy out"
    LINK_ADDED = "session.link-added", "Added a link beforehand, as a host"
    LINK_REMOVED = "session.link-removed", "Removed a link beforehand, as a host"
    FILE_ADDED = "session.file-added", "Added a file beforehand"
    FILE_REMOVED = "session.file-removed", "Removed a file beforehand"
    HOST_WITHDREW = "session.host-withdrew", "Withdrew as a host"
    WITHDRAWAL_NOTED = "session.withdrawal-noted", "Noted that a host has withdrawn"
    OPENED_TO_ALL = "session.opened-to-all", "Took the places away: all who are registered may come"
    TIMES_MEANT = "session.times-meant", "Said that the times are meant as the clocks show them now"

    # Recordings of sessions.
    RECORDING_ADDED = "recording.added", "Added the recording"
    RECORDING_CHANGED = "recording.changed", "Changed what is said of the recording"
    TRANSCRIPT_GIVEN = "recording.transcript-given", "Gave the recording its transcript"
    SPEAKERS_SAID = "recording.speakers-said", "Said who speaks in the recording, and whose words are shown"
    TRANSCRIPT_READ = "recording.transcript-read", "Read the transcript"
    RECORDING_PUBLISHED = "recording.published", "Published the recording"
    RECORDING_TAKEN_DOWN = "recording.taken-down", "Took the recording down"
    RECORDING_REMOVED = "session.recording-removed", "Deleted a recording"
    RECORDING_ASKED = "session.recording-asked", "Asked a host whether the recording may be shown"
    RECORDING_AGREED = "session.recording-agreed", "Agreed, as a host, that the recording is shown"
    RECORDING_DECLINED = "session.recording-declined", "Did not agree, as a host, that the recording is shown"
    RECORDING_ANSWER_NOTED = (
        "session.recording-answer-noted",
        "Noted what a host had told about showing the recording",
    )
    TAKE_AWAY_WRITTEN = "session.take-away-written", "Wrote what to take away of the session"
    TAKE_AWAY_TAKEN_BACK = "session.take-away-taken-back", "Deleted what waited to be read to take away"
    TAKE_AWAY_PUBLISHED = "session.take-away-published", "Published what to take away"
    TAKE_AWAY_LEFT = "session.take-away-left", "Did not publish what was written to take away"
    TAKE_AWAY_TAKEN_DOWN = "session.take-away-taken-down", "Took down what to take away"

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
    PLACE_TAKEN = "booking.place-taken", "Took a place that was free in the last half hour"
    PLACE_OFFERED = "booking.place-offered", "Offered a place that came free"
    OFFER_ACCEPTED = "booking.offer-accepted", "Accepted the place that was held"
    OFFER_DECLINED = "booking.offer-declined", "Declined the place that was held"
    OFFER_LAPSED = "booking.offer-lapsed", "Let the place go on, as nobody had accepted it in time"
    PASSED_OVER = "booking.passed-over", "Passed them over: they could not take the place"
    CONTESTED = (
        "booking.contested",
        "Left it to decide: since a session moved it overlaps another one of theirs",
    )
    CONTESTED_BY_RETURN = (
        "booking.contested-by-return",
        "Left it to decide: the session was brought back, and overlaps another one of theirs",
    )
    SETTLED = "booking.settled", "Booked it for certain: nothing overlaps it any more"
    KEPT = "booking.kept", "Decided to keep it"
    BOOKING_ENDED_UNDECIDED = (
        "booking.ended-undecided",
        "Ended it: it overlapped another session, and nobody had decided in time",
    )
    BOOKING_CANCELLED = "booking.cancelled", "Cancelled the booking"
    BOOKING_SWAPPED = "booking.swapped", "Gave it up for another session"
    BOOKING_MERGED = "booking.merged", "Brought it over from another account of theirs"
    BOOKING_ENDED_MERGED = "booking.ended-merged", "Ended it: with their other account they have one"
    BOOKING_ENDED_REGISTRATION = "booking.ended-registration", "Ended it with the registration"
    BOOKING_ENDED_SESSION = "booking.ended-session", "Ended it with the session"
    BOOKING_BROUGHT_BACK = "booking.brought-back", "Brought it back with the session"

    NOTE_LEFT = "member.note-left", "Left a note about the person"
    NOTE_TAKEN_OUT = "member.note-taken-out", "Took a note about the person out"
    CALL_ENDED = "member.call-ended", "Ended a call: let the letter about it go"

    # Things that wait for the team.
    TAKEN_ON = "team.taken-on", "Took it on"
    GIVEN_BACK = "team.given-back", "Gave it back"

    # Who was in a session.
    ATTENDANCE_JOINED = "attendance.joined", "Pressed Join"
    ATTENDANCE_SAID = "attendance.said", "Said that they were there"
    ATTENDANCE_TAKEN_BACK = "attendance.taken-back", "Took back that they were there"
    ATTENDANCE_CORRECTED = "attendance.corrected", "Decided whether they were there"
    FEEDBACK_ASKED = "event.feedback-asked", "Chose what the feedback asks"
    REPORT_TAKEN = "attendance.report-taken", "Noted who was there by the meeting’s report"

    # The day of an event.
    NOTICE_PUT_UP = "day.notice-put-up", "Put up a notice for everybody who looks"
    NOTICE_TAKEN_DOWN = "day.notice-taken-down", "Took a notice down"
    SESSION_LATE = "day.session-late", "Said that it starts late"
    JOINING_LETTER_SENT = "day.joining-letter-sent", "Emailed how to join: the site could not be reached"
    HOST_SEEN = "day.host-seen", "Saw that a host is in"
    SUPPORT_SEEN = "day.support-seen", "Saw that the captioner or interpreter is in"
    PRESENCE_TAKEN_BACK = "day.presence-taken-back", "Took back that somebody is in"
    # Concerns. Whoever reports one is named by no entry.
    CONCERN_READERS_NAMED = "concern.readers-named", "Said who reads concerns, and what to do in danger"
    CONCERN_REPORTED = "concern.reported", "Reported a concern"
    CONCERN_ADDED_TO = "concern.added-to", "Wrote more about a concern"
    CONCERN_READ = "concern.read", "Read a concern"
    CONCERN_ANSWERED = "concern.answered", "Answered a concern"
    CONCERN_NOTED = "concern.noted", "Left a note at a concern"
    CONCERN_PASSED_ON = "concern.passed-on", "Let another reader read a concern"
    CONCERN_CLOSED = "concern.closed", "Closed a concern"
    PERSON_REMOVED = "removal.removed", "Took them out of the event"
    SECOND_LOOK_ASKED = "removal.asked", "Asked for a second look at being taken out"
    REMOVAL_UPHELD = "removal.upheld", "Looked again: they stay out of the event"
    REMOVAL_LIFTED = "removal.lifted", "Looked again: they may come to the event"

    # Announcements.
    ANNOUNCEMENT_SAVED = "announcement.saved", "Saved the announcement"
    ANNOUNCEMENT_TESTED = "announcement.tested", "Sent the announcement to themselves, to test it"
    ANNOUNCEMENT_SCHEDULED = "announcement.scheduled", "Scheduled the announcement"
    ANNOUNCEMENT_UNSCHEDULED = "announcement.unscheduled", "Took the announcement off the schedule"
    ANNOUNCEMENT_SENT = "announcement.sent", "Sent the announcement"
    ANNOUNCEMENT_STOPPED = "announcement.stopped", "Stopped the announcement"
    ANNOUNCEMENT_DELETED = "announcement.deleted", "Deleted the draft of an announcement"

    # Posts.
    POST_BEGUN = "post.begun", "Began the post"
    POST_SAVED = "post.saved", "Saved the post"
    POST_RESTORED = "post.restored", "Brought back an earlier version"
    POST_SENT = "post.sent-to-review", "Sent it to review"
    POST_DRAFTED = "post.drafted", "Made it a draft again"
    POST_SCHEDULED = "post.scheduled", "Scheduled it"
    POST_PUBLISHED = "post.published", "Published it"
    POST_UNSCHEDULED = "post.unscheduled", "Took it off the schedule"
    POST_WITHDRAWN = "post.withdrawn", "Withdrew it"
    PREVIEW_RENEWED = "post.preview-renewed", "Made a new link to the preview"
    PICTURE_ADDED = "post.picture-added", "Added a picture"
    PICTURE_DESCRIBED = "post.picture-described", "Changed what is said of a picture"
    PICTURE_REMOVED = "post.picture-removed", "Removed a picture"
    VIDEO_ADDED = "post.video-added", "Added a video"
    VIDEO_CHANGED = "post.video-changed", "Changed a video"
    VIDEO_REMOVED = "post.video-removed", "Removed a video"
    AUDIO_ADDED = "post.audio-added", "Added audio"
    AUDIO_CHANGED = "post.audio-changed", "Changed what is said of audio"
    AUDIO_REMOVED = "post.audio-removed", "Removed audio"
    AUTHORS_WRITTEN_TO = "post.authors-written-to", "Wrote to the authors"

    # Comments.
    COMMENT_LEFT = "comment.left", "Left the comment"
    COMMENT_HELD = "comment.held", "Left the comment, which waits for a moderator"
    COMMENT_EDITED = "comment.edited", "Edited the comment"
    COMMENT_WITHDRAWN = "comment.withdrawn", "Withdrew the comment"
    COMMENT_REPORTED = "comment.reported", "Reported the comment"
    COMMENT_SUSPECTED = "comment.suspected", "Moved the comment to the spam, as the spam service asked"
    COMMENT_PUBLISHED = "comment.published", "Published the comment, or its edit"
    COMMENT_REJECTED = "comment.rejected", "Did not publish the comment, or its edit"
    COMMENT_SPAM = "comment.spam", "Marked the comment as spam"
    COMMENT_REMOVED = "comment.removed", "Removed the comment"
    COMMENT_REDACTED = "comment.redacted", "Took personal data out of the comment"
    COMMENT_KEPT = "comment.kept", "Kept the comment after a report"
    DECISION_UNDONE = "comment.decision-undone", "Undid the decision"
    APPEALED = "comment.appealed", "Asked to look at the decision again"
    ADDRESS_REVEALED = "comment.address-revealed", "Looked at the guest’s address"
    LINK_ENDED = "comment.link-ended", "Ended the guest’s link"
    LINK_ASKED = "comment.link-asked", "Asked for a new link as a guest"
    GUEST_CONFIRMED = "comment.guest-confirmed", "Confirmed the address of the comment"
    COMMENT_CLAIMED = "comment.claimed", "Added the comment to the account"
    GUEST_FORGOTTEN = "comment.guest-forgotten", "Erased the guest’s address"
    REDACTED_FORGOTTEN = "comment.redacted-forgotten", "Erased the words that had been taken out"
    FOLLOWED = "thread.followed", "Followed the conversation"
    UNFOLLOWED = "thread.unfollowed", "Stopped following the conversation"
