"""Two accounts brought together, one with everything that the site can hold of somebody."""

import pytest

from blog.editing import autosave
from blog.models import Author, UnsavedDraft
from comments.models import Follow, Report
from comments.moderation import reporting
from events.models import Registration
from members.merging import registry
from members.models import AddressCorrection, Member
from tests import invariants, make
from tests.contracts import people
from tests.make import NOW
from tests.members.merging.bringing import bring_together, ways
from tests.members.privacy import everything
from workshops.letters import calendar_feed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


def like_them(ended):
    """Another account of theirs, which has what can be there only once: of each the same again."""
    kept = make.member("Zuleika", email="z@new.example")
    for follow in Follow.objects.filter(member=ended):
        Follow.objects.create(thread=follow.thread, member=kept, created_at=NOW)
    for one in Author.objects.filter(member=ended):
        Author.objects.create(post=one.post, member=kept, position=7)
    for draft in UnsavedDraft.objects.filter(member=ended):
        autosave.store(draft.post, {"title": "Mine"}, by=kept, at=NOW)
    for report in Report.objects.filter(member=ended):
        reporting.report(report.comment, by=kept, reason="other", words="", at=NOW)
    for coming in Registration.objects.filter(member=ended):
        make.registration(coming.event, kept)
    calendar_feed.make_address(kept, at=NOW)
    return kept


@pytest.mark.parametrize("kept_of", [lambda _: make.member("Zuleika"), like_them], ids=["empty", "like it"])
def test_nothing_points_at_the_account_that_ended(kept_of):
    """All that the site can hold of somebody: none of their rows is forgotten."""
    ended, by = everything.world().member, people.admin()
    ended.groups.clear()
    Member.objects.filter(pk=ended.pk).update(is_staff=False)
    AddressCorrection.objects.all().delete()
    kept = kept_of(ended)

    bring_together(kept, ended, by=by)

    left = {
        f"{model._meta.label}.{field}": number
        for model, field in ways() - registry.staying()
        if (number := model._default_manager.filter(**{field: ended.pk}).count())
    }
    kept.refresh_from_db()
    assert {one for one in left if not one.startswith("events.Registration")} == set()
    assert set(Registration.objects.filter(member=ended).values_list("status", flat=True)) <= {"cancelled"}
    assert kept.organisation == "Hummingbird House"
    assert invariants.broken() == []
