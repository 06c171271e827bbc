"""What people needed is counted once, whoever takes it out first: the hourly forgetting, or an erasure."""

from datetime import timedelta

import pytest

from events import access_needs
from events.models import AccessNeed, NeedCount
from members.privacy import erasure
from tests import make
from tests.make import BY, NOW
from tests.races.together import together

pytestmark = [pytest.mark.race]


def test_forgetting_and_erasing_at_once_count_a_need_once(transactional_db):
    over = NOW.date() - timedelta(days=40)
    event = make.event(first_day=over, last_day=over)
    ada = make.member("Ada")
    make.need(make.registration(event, ada))
    make.need(make.registration(event, make.member("Bo")))

    together(lambda: access_needs.forget(at=NOW), lambda: erasure.erase(ada, by=BY, at=NOW))

    assert (NeedCount.objects.get().asked, AccessNeed.objects.count()) == (2, 0)
