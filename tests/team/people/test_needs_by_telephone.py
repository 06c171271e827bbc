"""What a caller needs is written down as what it is, so that it warns as everybody's does."""

import pytest

from events.models import AccessNeed
from tests import make
from tests.contracts import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def told():
    return {one.kind: (one.words, one.is_shared_with_hosts) for one in AccessNeed.objects.all()}


@pytest.mark.parametrize("may_know", [True, False])
def test_what_they_need_is_ticked_for_them(may_know):
    make.event(slug="2026")
    ada, desk = make.member("Ada"), people.reader(people.staff("Support"))
    sent = {"kinds": ["captions", "slides"], "needs": "A chair"} | (
        {"share_with_hosts": "on"} if may_know else {}
    )

    first = desk.post(f"/team/people/{ada.pk}/register/2026/", sent)
    again = desk.post(f"/team/people/{ada.pk}/register/2026/", sent)
    other = desk.post(f"/team/people/{ada.pk}/register/2026/", {"kinds": ["breaks"]})

    assert told() == {"captions": ("", may_know), "slides": ("", may_know), "other": ("A chair", may_know)}
    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 200)
    assert "is registered already. Nothing was saved, access needs neither" in other.text
