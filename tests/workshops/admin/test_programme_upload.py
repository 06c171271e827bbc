"""Importing a programme in the admin: looked at before it is done."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import Event, Session
from tests import make
from tests.markup import flat
from workshops.models import ProgrammeUpload

pytestmark = pytest.mark.django_db

HEADER = "title,format,starts_at,ends_at,capacity"


@pytest.fixture
def event() -> Event:
    """An event that lies ahead of the real clock, which the admin reads."""
    return make.event_ahead()


def upload(admin, event, *rows, header=HEADER, new_sessions="draft"):
    content = "\n".join([header, *rows]).encode()
    url = reverse("admin:events_session_import")
    file = SimpleUploadedFile("p.csv", content)
    return admin.post(url, {"event": event.pk, "file": file, "new_sessions": new_sessions})


def confirm(admin, uploaded):
    fingerprint = admin.get(uploaded.url).context["plan"].fingerprint
    return admin.post(uploaded.url, {"fingerprint": fingerprint, "import": ""})


def cells(page):
    """The table of new sessions, row by row."""
    table = page[page.index('id="new"') :]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", one, re.DOTALL) for one in rows]


def row(event, title="Clinic", capacity="12"):
    day = event.first_day.isoformat()
    return f"{title},workshop,{day}T10:00Z,{day}T11:00Z,{capacity}"


@pytest.mark.slow
def test_an_import_is_looked_at_before_it_is_done(admin, event):
    uploaded = upload(admin, event, row(event))
    looked = admin.get(uploaded.url)
    before = Session.objects.count()

    done = admin.post(uploaded.url, {"fingerprint": looked.context["plan"].fingerprint, "import": ""})

    assert "1 new, 0 changed, 0 as they are" in flat(looked.content.decode())
    assert (before, done.status_code) == (0, 302)
    assert list(Session.objects.values_list("title", "workshop__capacity")) == [("Clinic", 12)]
    assert ProgrammeUpload.objects.count() == 0


def test_an_import_whose_effect_has_changed_is_shown_again(admin, event):
    uploaded = upload(admin, event, row(event))
    looked = admin.get(uploaded.url)
    make.workshop(event, title="Clinic")

    again = admin.post(uploaded.url, {"fingerprint": looked.context["plan"].fingerprint, "import": ""})

    assert "look again" in flat(again.content.decode())
    assert Session.objects.count() == 1


def test_an_import_with_problems_names_the_rows_and_keeps_nothing(admin, event):
    response = upload(admin, event, row(event), row(event, "Other", "many"))

    assert (
        "Row 3, capacity: “many” is not a whole number of places. Blank is no limit."
        in response.content.decode()
    )
    assert (Session.objects.count(), ProgrammeUpload.objects.count()) == (0, 0)


def test_new_sessions_are_shown_as_they_were_read_in_the_events_time(admin, event):
    Event.objects.filter(pk=event.pk).update(time_zone="Asia/Tokyo")

    looked = flat(admin.get(upload(admin, event, row(event), row(event, "Open hall", "")).url).text)

    assert "Times are those of the event: " in looked
    assert cells(looked)[0][:3] == ["Clinic", "2", "Workshop"]
    assert cells(looked)[0][3].startswith(f"{event.first_day:%a} ")
    assert cells(looked)[0][3].endswith(", 19:00")
    assert cells(looked)[0][4:] == ["20:00", "", "12", "", "Draft"]
    assert cells(looked)[1][6] == "no limit"
    assert looked.count('value="Import this programme"') == 2


def test_nobody_else_sees_an_upload(admin, client, event):
    uploaded = upload(admin, event, row(event))
    client.force_login(make.member("Eve", is_staff=True, is_superuser=True))

    assert client.get(uploaded.url).status_code == 404


def test_staff_without_the_right_may_not_import(client, event):
    client.force_login(make.member("Eve", is_staff=True))

    assert client.get(reverse("admin:events_session_import")).status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize(("choice", "status"), [("draft", "draft"), ("published", "published")])
def test_new_sessions_come_as_it_was_chosen(admin, event, choice, status):
    confirm(admin, upload(admin, event, row(event), new_sessions=choice))

    assert Session.objects.values_list("status", flat=True).get() == status


@pytest.mark.slow
def test_the_files_own_status_counts_more_than_the_choice(admin, event):
    rows = [f"{row(event)},published", f"{row(event, 'Huddle')},draft", f"{row(event, 'Round')},"]

    confirm(admin, upload(admin, event, *rows, header=f"{HEADER},status", new_sessions="draft"))

    assert dict(Session.objects.values_list("title", "status")) == {
        "Clinic": "published",
        "Huddle": "draft",
        "Round": "draft",
    }


@pytest.mark.slow
def test_a_file_publishes_a_draft_and_hides_nothing_that_people_see(admin, event):
    make.workshop(event, title="Clinic", status="draft", capacity=12)
    make.workshop(event, title="Huddle", capacity=12)
    rows = [f"{row(event)},published", f"{row(event, 'Huddle')},draft"]

    confirm(admin, upload(admin, event, *rows, header=f"{HEADER},status"))

    assert set(Session.objects.values_list("title", "status")) == {
        ("Clinic", "published"),
        ("Huddle", "published"),
    }


def test_a_status_that_is_none_is_a_problem_of_its_row(admin, event):
    response = upload(admin, event, f"{row(event)},perhaps", header=f"{HEADER},status")

    assert "Row 2, status: “perhaps” is not a status. Write draft or published." in flat(response.text)


@pytest.mark.slow
def test_what_a_file_leaves_open_is_answered_before_it_is_imported(admin, event):
    uploaded = upload(admin, event, row(event).replace("workshop", "Other"))
    asked = admin.get(uploaded.url)

    refused = admin.post(uploaded.url, {"fingerprint": asked.context["plan"].fingerprint, "import": ""})
    answered = admin.post(uploaded.url, {"answer:format:Other": "panel", "fingerprint": "of before"})
    looked = admin.get(uploaded.url)
    fingerprint = looked.context["plan"].fingerprint
    admin.post(uploaded.url, {"answer:format:Other": "panel", "fingerprint": fingerprint, "import": ""})

    assert "The format “Other” is here:" in flat(asked.text)
    assert 'value="Import this programme"' not in asked.text
    assert "look again" in flat(refused.text)
    assert answered.url == f"{uploaded.url}#looked"
    assert list(Session.objects.values_list("title", "format")) == [("Clinic", "panel")]


@pytest.mark.slow
def test_answers_that_were_changed_and_not_looked_at_are_looked_at_first(admin, event):
    uploaded = upload(admin, event, row(event).replace("workshop", "Workshop 60 min"))
    fingerprint = admin.get(uploaded.url).context["plan"].fingerprint

    changed = {"answer:format:Workshop 60 min": "talk", "fingerprint": fingerprint, "import": ""}
    response = admin.post(uploaded.url, changed)

    assert "Something has changed since you looked. Nothing has been imported: look again." in flat(
        response.text
    )
    assert [one.session.format for one in response.context["plan"].new] == ["talk"]
    assert Session.objects.count() == 0


def test_answers_as_the_page_shows_them_are_imported_at_the_first_press(admin, event):
    uploaded = upload(admin, event, row(event).replace("workshop", "Workshop 60 min"))
    plan = admin.get(uploaded.url).context["plan"]
    shown = {f"answer:{question.key}": question.answer for question in plan.questions}

    admin.post(uploaded.url, {**shown, "fingerprint": plan.fingerprint, "import": ""})

    assert shown == {"answer:format:Workshop 60 min": "workshop"}
    assert list(Session.objects.values_list("title", "format")) == [("Clinic", "workshop")]


def test_answers_that_nobody_asked_for_are_no_harm(admin, event):
    uploaded = upload(admin, event, row(event))
    made_up = {f"answer:{'x' * 500}": "y", "answer:order": "y" * 5000, "answer:sheets": ["A", "B"]}

    admin.post(uploaded.url, made_up)
    looked = admin.get(uploaded.url)

    assert (looked.status_code, len(looked.context["plan"].new)) == (200, 1)
    assert ProgrammeUpload.objects.get().answers == {"order": "y" * 300, "sheets": "A\nB"}


def test_many_answers_to_one_question_are_all_kept(admin, event):
    uploaded = upload(admin, event, row(event))
    rooms = [f"a room with a long name {number}" for number in range(40)]

    admin.post(uploaded.url, {"answer:grid": rooms})

    assert ProgrammeUpload.objects.get().answers == {"grid": "\n".join(rooms)}


def test_a_file_larger_than_may_be_is_refused_in_a_sentence(admin, event):
    response = upload(admin, event, "x" * 5_300_000)

    assert "The file is larger than 5 MB. Split it into smaller files." in flat(response.text)


@pytest.mark.slow
def test_what_was_imported_before_is_shown_with_who_did_it(admin, event):
    confirm(admin, upload(admin, event, row(event)))

    page = admin.get(reverse("admin:events_session_import")).text

    assert "1 new, 0 changed, 0 as they were" in page
    assert "<li>row 2: new: Clinic</li>" in flat(page)


def test_the_sample_imports_into_any_event(admin, event):
    sample = Path(settings.BASE_DIR, "static/samples/programme.csv")
    page = admin.get(reverse("admin:events_session_import")).text

    file = SimpleUploadedFile("programme.csv", sample.read_bytes())
    uploaded = admin.post(
        reverse("admin:events_session_import"), {"event": event.pk, "file": file, "new_sessions": "draft"}
    )
    plan = admin.get(uploaded.url).context["plan"]

    assert "samples/programme.csv" in page
    assert (plan.is_ready, plan.questions, plan.notices, len(plan.new)) == (True, [], [], 4)
