"""A decision that is sent a second time: the same one, where it is the last that stands."""

import pytest

from comments.models import Decision
from comments.moderation import decisions
from comments.refusals import ChangedMeanwhile
from tests.comments.conversation import GWEN, LATER, says
from tests.make import NOW

pytestmark = pytest.mark.django_db


def test_the_second_of_two_decisions_sent_twice_is_that_one(post, mo):
    comment = says(post, GWEN)
    decisions.publish(comment, by=mo, at=NOW, seen=0)

    removals = [decisions.remove(comment, by=mo, at=at, seen=1, reason="unkind").pk for at in (NOW, LATER)]

    assert (removals[0], Decision.objects.count()) == (removals[1], 2)


def test_looking_at_an_address_in_between_makes_it_no_other_decision(post, mo):
    comment = says(post, GWEN)
    first = decisions.publish(comment, by=mo, at=NOW, seen=0)
    decisions.reveal(comment, by=mo, at=NOW)

    assert decisions.publish(comment, by=mo, at=LATER, seen=0) == first


def test_what_was_undone_in_between_is_not_done_again_unseen(post, mo):
    comment = says(post, GWEN)
    decisions.undo(decisions.publish(comment, by=mo, at=NOW, seen=0), by=mo, at=NOW)

    with pytest.raises(ChangedMeanwhile):
        decisions.publish(comment, by=mo, at=LATER, seen=0)
