"""What is given and decided after a session, by several at once: a sheet each, a report once."""

import pytest

from events.models import Registration, Session
from learning.feedback import answering, asking
from learning.feedback.asking import FeedbackRefused
from learning.models import Feedback, FeedbackGiven
from live.meeting_reports import taking
from live.meeting_reports.taking import ReportRefused
from live.models import Attendance, MeetingReport
from tests import make
from tests.contracts import people
from tests.found import found
from tests.live.meeting_reports.reports import content
from tests.live.meeting_reports.test_matching import placed
from tests.races.together import Act, holding, together, until_blocked

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
#: What giving a registration up writes.
GIVEN_UP = """
    WITH gone AS (UPDATE events_registration SET status = 'cancelled' WHERE id = %s RETURNING event_id)
    UPDATE events_eventplaces SET taken = taken - 1 WHERE event_id IN (SELECT event_id FROM gone)
"""


def give(who: Registration, session: Session):
    asked = asking.questions(session.event)
    return answering.give(who, session, {"1": 4}, asked=asked, at=found(session.ends_at))


def test_a_sheet_that_is_sent_six_times_at_once_is_taken_once():
    event = make.event()
    session, ada = make.session(event), make.registration(event, make.member("Ada"))

    taken = together(*[lambda: give(ada, session)] * 6)

    assert sorted(taken) == [False] * 5 + [True]
    assert (Feedback.objects.count(), FeedbackGiven.objects.count()) == (1, 1)


def test_of_sheets_given_at_once_by_enough_people_all_are_told():
    event = make.event()
    session, crowd = make.session(event), make.crowd(event, answering.TOGETHER)

    together(*[lambda one=one: give(one, session) for one in crowd])

    assert Feedback.objects.filter(shown=True).count() == answering.TOGETHER


def test_who_gives_while_their_registration_ends_is_not_counted():
    event = make.event()
    session, ada = make.session(event), make.registration(event, make.member("Ada"))

    def act():
        try:
            return give(ada, session)
        except FeedbackRefused as refusal:
            return str(refusal)

    with holding(GIVEN_UP, ada.pk):
        giving = Act(act)
        until_blocked()

    assert giving.wait() == "Feedback is asked of those who are registered for the event."
    assert not Feedback.objects.exists()


def test_a_report_that_two_of_the_team_save_at_once_is_saved_once():
    session = make.workshop(make.event())
    make.host(session, "Hana Host", email="host@example.org")
    placed(session, "Ada Mensah", email="ada@example.org")
    after = found(session.ends_at)
    team = [people.staff("Event admin") for _ in range(4)]
    kept = taking.keep(session, team[0], "r.csv", content("zoom-meeting-unique.csv"), at=after)
    plan = taking.look_at(kept)

    def save(by):
        def act():
            try:
                taking.take(MeetingReport.objects.get(pk=kept.pk), plan.fingerprint, by=by, at=after)
            except (MeetingReport.DoesNotExist, ReportRefused):
                return "slower"
            return "saved"

        return act

    with holding("SELECT 1 FROM events_session WHERE id = %s FOR NO KEY UPDATE", session.pk):
        begun = [Act(save(one)) for one in team]
        until_blocked(len(team))

    assert sorted(one.wait() for one in begun) == ["saved", *["slower"] * 3]
    assert not MeetingReport.objects.exists()
    assert Attendance.objects.get().minutes == 60
