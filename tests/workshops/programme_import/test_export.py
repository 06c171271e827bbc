"""The programme as a spreadsheet: it comes in again as it is, and is no formula to whoever opens it."""

import csv
import io
import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from common.spreadsheets.cells import escaped, tidy
from events.models import Contributor, Session
from tests import make
from tests.make import BY, NOW
from tests.workshops.programme_import.programmes import counts, load_file, planned
from workshops.models import Workshop
from workshops.programme import changes
from workshops.programme_import.cells.hosts import PEOPLE, TURNED, WHOLE, parted, person_of
from workshops.programme_import.cells.lists import titles
from workshops.programme_import.export import name_in_a_list, programme_csv, title_in_a_list

TITLES = [
    "Tea & talk", "Flow | waits", "Waits, and how to shorten them", "+1 for kindness", "=SUM(A1)",
    "-40 waits", "@home: care", "'Tis the season", "'+1' is quoted", "@home, the carers'", "“Curly”",
    'Said "so"', "Siân’s clinic – croeso", "日本語 session", "100% sure", "a\\|b", "=a\\|b|c", "Total",
    "Wednesday 9 December", "Day 2", "Q&amp;A", "1 < 2 <b>bold</b>", "Lunch", "7", "tbc", "title", "=1+1'",
]  # fmt: skip
NAMES = [
    "Siân Rees", "Smith, Jo", "Bo Ray & Cy Lee", "Ann Lee and Bo Ray", "O’Malley (Trust A)", "王小明", "!!",
    "Jo; Kim", "A | B", 'Ann "Annie" Lee', "@porter_jo", "Sam @sam", "'Quoted' Q", "=x", "a@b.example", "<b>",
    "Back\\slash", "Róisín Ní Bhriain (she/her)", "TBA",
]  # fmt: skip


def a_programme():
    """An event over the night in which the clocks go back, with every odd session there may be."""
    event = make.event(first_day=date(2026, 10, 24), last_day=date(2026, 10, 26))
    words = ("TBC", "Flow | waits", "Time; money", '"Quoted"', "Plain")
    themes = [make.theme(event, title) for title in words]
    for number, title in enumerate(TITLES):
        session = make.workshop(
            event,
            title=title,
            hour=9 + number % 8,
            room=f"Room  {number}" if number % 2 else ("=Hall", "TBC")[number % 4 // 2],
            summary=title if number % 3 else ("", "n/a")[number % 2],
            description=f"{title}\r\n\r\n- one, two\r\n- three <br> four &amp; more\r\n",
            external_id=f"a-{number}" if number % 5 == 0 else "",
            status="draft" if number % 4 == 1 else "published",
            capacity=None if number % 6 == 0 else number,
        )
        session.themes.set(themes[: number % 5])
    for name in NAMES:
        make.host(session, name)
    odd_times(event)
    return event


def odd_times(event):
    midnight = datetime(2026, 10, 24, 23, tzinfo=UTC)  # 00:00 in London
    for title, begins, minutes in (
        ("Watch", midnight + timedelta(hours=1), 60),  # 01:30 is there twice that night
        ("Watch", midnight + timedelta(hours=1, minutes=30), 60),
        ("Midnight", midnight, 30),
        ("Until midnight", midnight - timedelta(hours=1), 60),
        ("Over midnight", midnight - timedelta(minutes=30), 60),
        ("To the second", midnight + timedelta(hours=9, seconds=15), 60),
        ("Elsewhere in time", midnight + timedelta(days=40), 60),
        ("Very long", midnight, 60 * 30),
    ):
        session = make.session(event, title=title, format="plenary", hour=1)
        session.starts_at, session.ends_at = begins, begins + timedelta(minutes=minutes)
        changes.save_session(session, by=BY, at=NOW)
    for title in ("On demand", "On demand", "total"):
        make.session(event, title=title, format="on-demand", starts_at=None, ends_at=None)
    make.session(event, title="No time yet", format="talk", starts_at=None, ends_at=None)
    make.session(event, title="Open talk", format="talk", hour=16)


def everything(event):
    """All that an import may write."""
    sessions = Session.objects.filter(event=event).order_by("pk")
    return (
        list(sessions.values()),
        list(Workshop.objects.order_by("pk").values()),
        list(Contributor.objects.order_by("pk").values()),
        [sorted(session.themes.values_list("title", flat=True)) for session in sessions],
        [list(session.session_contributors.values_list("contributor", "position")) for session in sessions],
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_a_programme_that_was_downloaded_and_comes_in_again_changes_nothing():
    event = a_programme()
    content = programme_csv(event)
    before = everything(event)

    looked = planned(event, content)
    load_file(event, io.BytesIO(content.encode()), "programme.csv")

    number = Session.objects.count()
    assert [(one.session.title, one.changes) for one in looked.changed] == []
    assert (looked.questions, looked.problems, looked.made) == ([], [], [])
    assert [notice.partition(":")[0] for notice in looked.notices] == ["Read as not known yet"]
    assert counts(looked) == (0, 0, number, 0)
    assert everything(event) == before


@pytest.mark.django_db
def test_what_is_edited_in_it_is_all_that_changes():
    event = make.event()
    make.workshop(event, title="Clinic", room="R1", capacity=5)
    make.workshop(event, title="Huddle", room="R2")

    looked = planned(event, programme_csv(event).replace("Clinic", "Walk-in").replace("R1", "R9"))

    assert [[(one.column, one.after) for one in each.changes] for each in looked.changed] == [
        [("title", "Walk-in"), ("room", "R9")]
    ]
    assert counts(looked) == (0, 1, 1, 0)


@pytest.mark.django_db
def test_a_row_that_was_copied_for_a_new_session_is_told_to_leave_its_slug_blank():
    event = make.event()
    make.workshop(event, title="Clinic", slug="clinic")
    heading, row = programme_csv(event).splitlines()

    looked = planned(event, "\n".join([heading, row, row.replace("Clinic", "Another")]))

    assert [str(problem) for problem in looked.problems] == [
        "Row 3, slug: This is the same session as in row 2. For a new one, leave the slug blank."
    ]


@pytest.mark.slow
@pytest.mark.django_db
def test_no_cell_is_a_formula_to_a_spreadsheet():
    rows = list(csv.reader(io.StringIO(programme_csv(a_programme()))))

    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.django_db
def test_an_address_is_given_only_where_two_have_one_name():
    event = make.event()
    session = make.workshop(event)
    make.host(session, "Jo Kim", email="jo@hosts.example")
    make.host(session, "Ada Bright", email="ada@hosts.example")
    Contributor.objects.create(name="Kim, Jo", email="kim@hosts.example")

    hosts = [one["hosts"] for one in csv.DictReader(io.StringIO(programme_csv(event)))]

    assert hosts == ["Jo Kim <jo@hosts.example>; Ada Bright"]


@pytest.mark.django_db
def test_two_hosts_of_one_name_and_no_address_stay_who_they_are():
    event = make.event()
    for title in ("Clinic", "Huddle"):
        make.host(make.workshop(event, title=title), "Jo Kim", email="")
    content = programme_csv(event)

    again, edited = planned(event, content), planned(event, content.replace("Jo Kim", "Jo Kim; Bo", 1))

    assert (again.problems, counts(again)) == ([], (0, 0, 2, 0))
    assert [problem.message for problem in edited.problems] == [
        "Several contributors are called Jo Kim. Write Jo Kim <address>."
    ]


@pytest.mark.slow
@pytest.mark.django_db
def test_it_takes_as_many_queries_for_thirty_sessions_as_for_one(django_assert_num_queries):
    event = make.event()
    for number in range(30):
        session = make.workshop(event, title=f"Clinic {number}")
        make.host(session, f"Host {number}")
        session.themes.add(make.theme(event, f"Theme {number}"))

    with django_assert_num_queries(4):
        content = programme_csv(event)

    assert len(content.splitlines()) == 31


@pytest.mark.slow
@pytest.mark.django_db
def test_it_is_downloaded_from_the_list_of_sessions(admin):
    event = make.event(slug="2026")
    make.workshop(event, title="Clinic")
    other = make.event(slug="2025", title="Last year’s")

    page = admin.get(reverse("admin:events_session_changelist"), {"event__id__exact": event.pk}).text
    files = [
        admin.get(reverse("admin:events_session_export"), {"event__id__exact": pk})
        for pk in (event.pk, other.pk, 0, "x")
    ]

    assert f'href="/admin/events/session/export/?event__id__exact={event.pk}"' in page
    assert [file.status_code for file in files] == [200, 200, 404, 404]
    assert files[0]["Content-Disposition"] == 'attachment; filename="programme-2026.csv"'
    assert (files[0]["Content-Type"], files[0].content[:3]) == ("text/csv; charset=utf-8", b"\xef\xbb\xbf")
    assert ("Clinic" in files[0].text, "Clinic" in files[1].text) == (True, False)


#: What people type; signs that nobody sees are taken off the ends of a cell.
SEEN = st.characters(codec="utf-8", exclude_categories=["C", "Z"])


@pytest.mark.slow
@given(st.text(SEEN | st.sampled_from("'=+-@|\\ ")))
@example("'=x'")
@example("''=x'")
@example("@home'")
@example("=a|b\\|c")
def test_a_cell_that_was_escaped_is_read_as_it_was(value):
    value = " ".join(unicodedata.normalize("NFC", value).split())

    assert tidy(escaped(value)) == value


@pytest.mark.slow
@given(st.text(SEEN | st.sampled_from(' ,;|"\\@()<>&'), min_size=1).filter(str.strip))
@example("Jo and Bo")
def test_a_name_in_a_list_is_that_name_whatever_the_commas_of_the_file_mean(name):
    name = " ".join(name.split())

    cell = f"Ada Bright; {name_in_a_list(name)}; Bo Ray"

    for commas in (PEOPLE, TURNED, WHOLE):
        names = [person_of(one, commas).name for one in parted(cell, "", commas)]
        assert names == ["Ada Bright", name, "Bo Ray"]


@given(st.text(st.sampled_from(' ab,;|"\\&')))
def test_a_title_in_a_list_is_that_title(title):
    title = " ".join(title.split())

    assert titles(f"Flow; {title_in_a_list(title)}; Time") == ["Flow", *([title] if title else []), "Time"]
