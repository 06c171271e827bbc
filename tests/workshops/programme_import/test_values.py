"""The cells of real spreadsheets: what is understood, and what is refused with a way out."""

import pytest

from events.models import Session
from workshops.programme_import.cells import values


def refusal(read, *arguments):
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # its whole text is compared
        read(*arguments)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("workshop", "workshop"),
        ("WORKSHOP", "workshop"),
        ("Workshops", "workshop"),
        ("Workshop (90 min)", "workshop"),
        ("Workshop session", "workshop"),
        ("Panel (fishbowl)", "panel"),
        ("on demand", "on-demand"),
        ("ON_DEMAND", "on-demand"),
        ("Keynote", "plenary"),
        ("Tutorial", "workshop"),
        ("Lightning talks", "talk"),
        ("Coffee break", "networking"),
        ("Round-table", "panel"),
        ("Poster session", "marketplace"),
    ],
)
def test_formats_are_known_by_our_words_and_by_those_of_others(text, meant):
    assert values.format_of(text) == meant


@pytest.mark.parametrize("text", ["seance", "session", "(90 min)", "s"])
def test_a_format_that_nobody_knows_is_none(text):
    assert values.format_of(text) is None


def test_no_word_of_others_is_one_of_ours_or_stands_for_two():
    words = [word for others in values.SYNONYMS.values() for word in others]

    assert set(values.SYNONYMS) == set(Session.Format)
    assert len(set(words)) == len(words)
    assert not any(values.is_our_word(word) for word in words)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("20", 20),
        ("0", 0),
        ("20.0", 20),
        ("1,000", 1000),
        ("20 places", 20),
        ("20 People", 20),
        ("∞", None),
        ("No limit", None),
        ("unlimited", None),
        ("n/a", None),
        ("–", None),
    ],
)
def test_places_are_read_as_people_write_them(text, places):
    assert values.places_of(text) == places


@pytest.mark.parametrize(
    "text", ["a dozen", "-1", "20.5", "approx 30", "10,0", "1.000", "٢٠", "1e3", "2 or 3"]
)
def test_a_number_that_needs_guessing_is_refused(text):
    assert refusal(values.places_of, text) == f"“{text}” is not a whole number of places. Blank is no limit."


def test_more_places_than_can_be_meant_are_refused():
    told = "1,000,000 places are the most; leave it blank for no limit."

    assert refusal(values.places_of, "1,000,001") == told


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Talk 30 min + 10 min questions", "talk"),
        ("Short plenary", "plenary"),
        ("Hands-on workshop, all day", "workshop"),
        ("Talk or workshop", None),
        ("Other", None),
        ("Stalker", None),
    ],
)
def test_one_format_among_other_words_is_the_nearest(text, near):
    assert values.nearest_format(text) == near


@pytest.mark.parametrize("text", ["Confirmed", "accepted", "Scheduled"])
def test_that_a_proposal_was_taken_does_not_say_whether_it_is_published(text):
    assert values.status_of(text) is None
