"""How the acts about announcements are played, and turning emails off."""

from datetime import timedelta
from uuid import uuid4

from audit.acts import Act
from common.edit_conflicts import stamp
from members import email_choices
from team.announcements import following_up, sending, writing
from team.announcements.audiences import CHOICE
from tests import make
from tests.contracts import people
from tests.contracts.acts.playing import Played, plays
from tests.make import NOW
from tests.team.announcements import announcing

SOON = NOW + timedelta(hours=1)


@plays(Act.ANNOUNCEMENT_SAVED, writing.begin, writing.save, following_up.prepare)
def saving_it() -> Played:
    tess = people.staff("Event admin")
    told = announcing.draft(tess)
    words, seen = announcing.words(subject="Other"), stamp(told)
    return Played(lambda: writing.save(told, words, seen=seen, by=tess, at=NOW), lambda: told, tess)


@plays(Act.ANNOUNCEMENT_TESTED, writing.test)
def testing_it() -> Played:
    tess = people.staff("Event admin")
    told = announcing.draft(tess)
    return Played(lambda: writing.test(told, uuid4(), by=tess, at=NOW), lambda: told, tess)


@plays(Act.ANNOUNCEMENT_SCHEDULED, writing.schedule)
def scheduling_it() -> Played:
    tess = people.staff("Event admin")
    told = announcing.draft(tess)
    seen = stamp(told)
    return Played(lambda: writing.schedule(told, SOON, seen=seen, by=tess, at=NOW), lambda: told, tess)


@plays(Act.ANNOUNCEMENT_UNSCHEDULED, writing.unschedule, writing.make_draft)
def taking_it_off_the_schedule() -> Played:
    tess = people.staff("Event admin")
    told = announcing.draft(tess)
    writing.schedule(told, SOON, seen=stamp(told), by=tess, at=NOW)
    return Played(lambda: writing.unschedule(told, by=tess, at=NOW), lambda: told, tess)


@plays(Act.ANNOUNCEMENT_SENT, sending.send)
def sending_it() -> Played:
    tess = people.staff("Event admin")
    told = announcing.draft(tess)
    return Played(lambda: announcing.send(told, tess), lambda: told, tess)


@plays(Act.ANNOUNCEMENT_STOPPED, sending.stop)
def stopping_it() -> Played:
    tess = people.staff("Event admin")
    told = announcing.sent(tess)
    return Played(lambda: sending.stop(told, by=tess, at=NOW), lambda: told, tess)


@plays(Act.ANNOUNCEMENT_DELETED, writing.delete)
def deleting_it() -> Played:
    tess = people.staff("Event admin")
    told = announcing.draft(tess)
    was = announcing.now(told)
    return Played(lambda: writing.delete(told, by=tess, at=NOW), lambda: was, tess)


@plays(Act.EMAILS_STOPPED, email_choices.stop)
def stopping_emails() -> Played:
    ada = make.member()
    return Played(lambda: email_choices.stop(ada, CHOICE, by=ada, at=NOW), lambda: ada, ada, ada.pk)


@plays(Act.EMAILS_STARTED, email_choices.start)
def turning_emails_on_again() -> Played:
    ada = make.member()
    email_choices.stop(ada, CHOICE, by=ada, at=NOW)
    return Played(lambda: email_choices.start(ada, CHOICE, by=ada, at=NOW), lambda: ada, ada, ada.pk)
