"""Every act of the list is played once, and the trail says who did what to which thing, for whom and when."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django.db import transaction

from audit.actors import actor
from audit.acts import Act
from audit.models import Entry
from blog import notices
from blog.editing import autosave
from comments.moderation import appeals, moderators
from comments.writing import trust
from members import addresses, keys
from members.interrupted_forms import saved_forms
from team import posts
from team.people import calls
from tests import make
from tests.contracts.acts import (  # noqa: F401  # how acts are played
    announcements,
    blog,
    comments,
    concerns,
    day,
    events,
    hosting,
    inside_team,
    live,
    merging,
    people,
    places,
    recordings,
)
from tests.contracts.acts.playing import PLAYS, RULES
from tests.make import BY, NOW
from workshops.places import booking
from workshops.places.refusals import WorkshopFull

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "media")]

#: Apps whose rules are looked through.
APPS = (
    "members",
    "notifications",
    "events",
    "blog",
    "comments",
    "workshops",
    "hosting",
    "team",
    "live",
    "learning",
    "concerns",
    "recordings",
)
#: Where rules are called, or written for one page.
NO_RULES = ("views", "admin", "forms", "management", "migrations", "templatetags")
#: What takes ``by`` and leaves no trace of its own: it asks, queues letters, or keeps what nobody has sent.
ASK = {
    keys.may_change,
    keys.check,
    addresses.check_correctable,
    appeals.reserved_for_other_moderators,
    moderators.decided_against,
    trust.why_held,
    notices.whom_publishing_mails,
    notices.queue_publication,
    autosave.store,
    saved_forms.kept,
    posts.beside,
    posts.keep_typed,
    posts.keep_if_sent,
    calls.begin,
    calls.call,
    calls.settle,
}
FACTS = {
    "contributor",
    "event",
    "fields",
    "places",
    "before",
    "minutes",
    "notice",
    "number",
    "revision",
    "decision",
    "kept",
    "why",
    "source",
    "other",
    "agrees",
}


@pytest.fixture
def media(settings, tmp_path) -> None:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("act", Act, ids=lambda act: act.value)
def test_each_act_leaves_one_row(act):
    assert act in PLAYS, f"Play {act} in the module of tests/contracts/acts/ that its app has."
    played = PLAYS[act]()
    before = Entry.objects.order_by("pk").last()

    played.do()

    thing, who = played.thing(), actor(played.by)
    rows = Entry.objects.filter(act=act, pk__gt=before.pk if before else 0)
    assert [(row.via, row.actor_id, row.thing, row.thing_id, row.member_id, row.at) for row in rows] == [
        (who.via, who.person_id, thing._meta.label_lower, thing.pk, played.concerns, NOW)
    ]
    assert all(_is_no_word(name, value) for row in rows for name, value in row.facts.items())


def _is_no_word(name, value):
    """Whether a fact holds nothing that a person wrote."""
    if name == "fields":
        return all(one.replace("_", "").isalpha() and one.islower() for one in value)
    return name in FACTS and (value is None or isinstance(value, int))


def _rules():
    """The public functions of rule modules that take who acts."""
    for app in APPS:
        for found in pkgutil.walk_packages(import_module(app).__path__, f"{app}."):
            if any(part.startswith(NO_RULES) for part in found.name.split(".")):
                continue
            module = import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                is_here = function.__module__ == module.__name__ and not name.startswith("_")
                if is_here and "by" in inspect.signature(function).parameters:
                    yield function


def test_every_rule_that_knows_who_acts_is_played():
    unplayed = [f"{one.__module__}.{one.__name__}" for one in _rules() if one not in RULES | ASK]

    assert not unplayed, f"Name {unplayed} in the play of its act, in tests/contracts/acts/."


def test_an_act_that_is_refused_leaves_no_row():
    event = make.event()
    full, other = make.workshop(event, capacity=0), make.workshop(event)
    mine = booking.book(other, make.registration(event, make.member()), by=BY, at=NOW)
    before = list(Entry.objects.values_list("pk", flat=True))

    with pytest.raises(WorkshopFull):
        booking.swap([mine], full, by=BY, at=NOW)

    assert list(Entry.objects.values_list("pk", flat=True)) == before


def test_an_act_that_is_rolled_back_leaves_no_row():
    event = make.event()
    session, ada = make.workshop(event), make.registration(event, make.member())

    with transaction.atomic():
        booking.book(session, ada, by=BY, at=NOW)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()
