"""Approving many at once while a colleague decides about one of them."""

import pytest
from django.utils import timezone

from members import membership
from members.models import Member
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.markup import flat
from tests.races.together import Act, holding, until_blocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_who_is_declined_while_others_are_approved_stays_declined():
    tess, root = people.staff("Support"), people.admin()
    ada, bo = (make.member(name, membership="waiting") for name in ("Ada", "Bo"))
    client = people.reader(tess)
    sent = {"person": [ada.pk, bo.pk]}

    with holding("SELECT 1 FROM members_member WHERE id = %s FOR UPDATE", ada.pk):
        begun = Act(lambda: client.post("/team/approvals/", sent, follow=True))
        until_blocked(1)
        membership.decline(bo, by=root, at=timezone.now(), reason="No.")
    answer = begun.wait()

    standing = dict(Member.objects.filter(pk__in=[ada.pk, bo.pk]).values_list("name", "membership"))
    assert standing == {"Ada": "active", "Bo": "declined"}
    assert "Nothing has changed about Bo" in flat(answer.text)
    assert not Message.objects.filter(member=bo, kind="membership-approved").exists()
