"""Acts that bring two accounts of one person together, and what each app makes of their rows."""

from collections.abc import Callable

from audit.acts import Act
from blog import merging as of_posts
from comments import merging as of_comments
from events import merging as of_registrations
from events.models import Registration
from members.merging import act, own, proof, registry
from members.models import Member
from recordings import merging as of_recordings
from team import merging as of_notes
from tests import make
from tests.contracts.acts.playing import Played, plays
from tests.make import BY, NOW
from tests.members.merging.bringing import bring_together
from workshops.models import Booking
from workshops.places import booking
from workshops.places import merging as of_bookings


def merging(thing: Callable[[Member, Member], object], *, of_ended: bool = True) -> Played:
    """Two accounts, registered with both or with one, and booked at one time; Sam brings them together."""
    sam, kept, ended = make.member("Sam", is_staff=True), make.member("Ada"), make.member("Ada")
    both, once = make.event(), make.event()
    mine, other = (make.registration(both, one) for one in (kept, ended))
    moved = make.registration(once, ended)
    session = make.workshop(both)
    booking.book(session, mine, by=BY, at=NOW)
    booking.book(session, other, by=BY, at=NOW)
    booking.book(make.workshop(once, hour=15), moved, by=BY, at=NOW)
    return Played(
        lambda: bring_together(kept, ended, by=sam),
        lambda: thing(kept, ended),  # type: ignore[arg-type,return-value]  # a model
        sam,
        ended.pk if of_ended else kept.pk,
    )


@plays(Act.MERGED, act.merge, registry.do, own.forget_codes, own.forget_files, own.stop_emails)
def bringing_together() -> Played:
    return merging(lambda kept, _ended: kept, of_ended=False)


@plays(Act.MERGED_AWAY, of_posts.merge, of_comments.merge, of_notes.merge, of_recordings.merge)
def ending_an_account() -> Played:
    return merging(lambda _kept, ended: ended)


@plays(Act.MERGE_ASKED, proof.ask, proof.check)
def mailing_codes() -> Played:
    sam, kept, ended = make.member("Sam", is_staff=True), make.member("Ada"), make.member("Ada")
    return Played(lambda: proof.ask(kept, ended, by=sam, at=NOW), lambda: ended, sam, ended.pk)


@plays(Act.REGISTRATION_MERGED, of_registrations.merge)
def bringing_over_a_registration() -> Played:
    return merging(lambda kept, _ended: Registration.objects.filter(member=kept).latest("pk"), of_ended=False)


@plays(Act.REGISTRATION_MERGED_AWAY)
def ending_a_second_registration() -> Played:
    return merging(lambda _kept, ended: Registration.objects.get(member=ended))


@plays(Act.BOOKING_MERGED, of_bookings.merge)
def bringing_over_a_booking() -> Played:
    return merging(lambda kept, _ended: Booking.objects.filter(member=kept).latest("pk"), of_ended=False)


@plays(Act.BOOKING_ENDED_MERGED)
def ending_a_second_booking() -> Played:
    return merging(lambda kept, _ended: Booking.objects.get(member=kept, ended="merged"))
