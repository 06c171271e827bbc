"""Where two accounts become one, no note is lost."""

import pytest

from learning import notes
from learning.models import OneThing, SessionNote
from tests import make
from tests.contracts import people
from tests.learning.conftest import AFTER
from tests.members.merging import bringing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_notes_go_over_and_two_on_one_session_become_one_text():
    event = make.event()
    both, one = make.session(event), make.session(event)
    kept, ended = make.member("Ada"), make.member("Ada")
    for member, word in ((kept, "First"), (ended, "Second")):
        make.registration(event, member)
        notes.write(member, both, word, seen="", at=AFTER)
        notes.promise(member, event, word, seen="", by_email=member == ended, at=AFTER)
    notes.write(ended, one, "Alone", seen="", at=AFTER)
    long = make.session(event)
    for member in (kept, ended):
        notes.write(member, long, "a" * 3000, seen="", at=AFTER)

    bringing.bring_together(kept, ended, by=people.admin())

    texts = dict(SessionNote.objects.filter(member=kept).values_list("session", "text"))
    assert texts == {both.pk: "First\n\nSecond", one.pk: "Alone", long.pk: f"{'a' * 3000}\n\n{'a' * 3000}"}
    thing = OneThing.objects.get()
    assert (thing.text, thing.remind_at) == ("First\n\nSecond", AFTER + notes.COMES_BACK_AFTER)
    assert not SessionNote.objects.filter(member=ended).exists()
