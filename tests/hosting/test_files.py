"""Files beforehand: known by their bytes, given by hosts and the team, had by who has a place alone."""

import io
import struct
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from events.models import Contributor, Event, Session
from hosting import access, files, withdrawing
from hosting.access import NotTheirs, Reader
from hosting.file_kinds import MOST_PARTS, FileRefused, kind_of
from hosting.models import LARGEST_FILE, SessionFile
from hosting.people import NotAgreed
from tests import make
from tests.contracts import people
from tests.hosting.conftest import Hosted, entered
from tests.make import NOW
from workshops.models import Booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")
PDF = b"%PDF-1.7\nslides"


def package(*names: str) -> bytes:
    """A package with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<a/>")
    return out.getvalue()


def listing(parts: int, *, extra: int = 0, says: int | None = None, long: bool = False) -> bytes:
    """A package that is nothing but a list of parts, all named "a"."""
    one = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, *[0] * 8, 1, extra, *[0] * 5) + b"a"
    listed = (one + b"\0" * extra) * parts
    count, size = (parts if says is None else says), len(listed)
    end = b""
    if long:
        end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, 4)
        end += struct.pack("<4sLQL", b"PK\6\7", 0, 4 + size, 1)
        count, size = 1, 1
    return b"PK\3\4" + listed + end + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, 4, 0)


WORD = package("[Content_Types].xml", "word/document.xml")
SLIDES = package("[Content_Types].xml", "ppt/presentation.xml")


@pytest.fixture
def given(hosted: Hosted) -> SessionFile:
    """Hana has agreed, and given a PDF."""
    make.agreed(hosted.hana, hosted.event)
    files.add(hosted.session, HANA, title="The slides: <1>", about="Ten of them.", content=PDF, at=NOW)
    return SessionFile.objects.get()


def address(hosted: Hosted, file: SessionFile) -> str:
    return f"{hosted.page}files/{file.pk}/"


def logged_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def ada() -> Client:
    return logged_in(Booking.objects.get(member__name="Ada").member)


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (WORD, "docx"), (SLIDES, "pptx")])
def test_a_file_is_known_by_its_bytes(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04 cut off",
        package("a.txt"),
        package("word/document.xml"),
        package("[Content_Types].xml", "word/document.xml", "ppt/presentation.xml"),
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        package("[Content_Types].xml", "xl/workbook.xml"),
        b"%PDF-" + b"a" * LARGEST_FILE,
    ],
    ids=["empty", "program", "html", "damaged", "zip", "no types", "two kinds", "macros", "sheet", "large"],
)
def test_anything_else_is_refused(content):
    with pytest.raises(FileRefused):
        kind_of(content)


@pytest.mark.parametrize(
    "content",
    [
        listing(MOST_PARTS + 1),
        listing(MOST_PARTS * 3, says=1),
        listing(17, extra=65_000),
        listing(MOST_PARTS * 3, long=True),
        listing(MOST_PARTS + 1)[:-2] + b"\2\0hi",
    ],
    ids=["many", "more than it says", "wide", "long record", "comment"],
)
def test_a_package_with_too_long_a_list_is_refused_before_it_is_read(content, monkeypatch):
    monkeypatch.setattr(zipfile, "ZipFile", None)  # whoever opens it now finds it damaged

    with pytest.raises(FileRefused, match="too many parts"):
        kind_of(content)


def test_no_macros_hide_behind_many_parts_nor_a_count_that_lies():
    parts = [f"a{number}" for number in range(MOST_PARTS)]
    many = package("[Content_Types].xml", "word/document.xml", *parts, "word/vbaProject.bin")

    for content in (many, many[:-14] + b"\1\0\1\0" + many[-10:]):
        with pytest.raises(FileRefused, match="too many parts"):
            kind_of(content)


def test_those_who_have_a_place_get_it_as_a_file_that_no_page_runs(hosted, given):
    answer = ada().get(address(hosted, given))

    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="the-slides-1.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_only_who_has_a_place_hosts_or_is_of_the_team_gets_it(hosted, given):
    registered = logged_in(make.registration(hosted.event, make.member("Mo")).member)
    readers = {
        "visitor": Client(),
        "member": logged_in(make.member("Pia")),
        "registered": registered,
        "booked": ada(),
        "host": entered(hosted),
        "team": logged_in(people.staff("Event admin")),
    }

    got = {who: client.get(address(hosted, given)).status_code for who, client in readers.items()}

    gets = {"booked", "host", "team"}
    assert got == {who: 200 if who in gets else 404 for who in readers}


def test_it_is_gone_for_whoever_gives_their_place_up(hosted, given):
    client = ada()
    Booking.objects.filter(member__name="Ada").update(
        status="cancelled", ended="member", status_changed_at=NOW
    )

    assert client.get(address(hosted, given)).status_code == 404


def test_a_file_of_another_session_is_not_had_by_this_ones_address(hosted, given):
    other = make.workshop(hosted.event, hour=15)
    theirs = SessionFile.objects.create(
        session=other, title="A", about="A", kind="pdf", size=9, content=PDF, digest="1", at=NOW
    )

    assert ada().get(address(hosted, theirs)).status_code == 404


def test_it_stands_with_type_and_size_on_the_session_and_the_agenda_of_who_has_a_place(hosted, given):
    pages = [hosted.session.get_absolute_url(), f"/events/{hosted.event.slug}/agenda/"]
    other = logged_in(make.registration(hosted.event, make.member("Mo")).member)

    for page in pages:
        seen = " ".join(ada().get(page).content.decode().split())
        assert "The slides: &lt;1&gt; (PDF, 15 bytes)" in seen
        assert "Ten of them." in seen
        assert "another format" in seen
        assert address(hosted, given) not in other.get(page).content.decode()


@pytest.mark.parametrize("status", ["received", "waiting", "cancelled", "confirmed"])
def test_the_agenda_names_files_of_sessions_without_places_to_those_alone_who_come(hosted, given, status):
    SessionFile.objects.update(session=make.session(hosted.event, title="Open", hour=15))
    fields = {"ticket": 5} if status == "waiting" else {}
    reader = logged_in(make.registration(hosted.event, make.member("Mo"), status=status, **fields).member)

    page = reader.get(f"/events/{hosted.event.slug}/agenda/").content.decode()

    assert ("The slides" in page) is (status == "confirmed")
    assert ("Ten of them." in page) is (status == "confirmed")


def test_the_agenda_of_an_event_that_was_called_off_names_no_file_that_nobody_gets(hosted, given):
    Event.objects.update(status="cancelled")

    page = ada().get(f"/events/{hosted.event.slug}/agenda/").content.decode()

    assert "The slides" not in page
    assert ada().get(address(hosted, given)).status_code == 404


def test_the_team_gets_the_files_that_it_is_shown_of_a_session_that_was_cancelled(hosted, given):
    Session.objects.update(status="cancelled")
    team = logged_in(people.staff("Event admin"))

    assert address(hosted, given) in team.get(f"{hosted.page}files/").content.decode()
    assert team.get(address(hosted, given)).status_code == 200


def test_one_of_the_team_who_hosts_the_session_gives_a_file_as_its_host(hosted):
    boss = people.staff("Event admin")
    hana = Contributor.objects.get(pk=hosted.hana.pk)
    hana.member = boss
    hana.save()
    gives: dict[str, Any] = {"title": "A", "about": "A", "at": NOW}

    files.add(hosted.session, Reader(member=boss), content=PDF, **gives)
    make.agreed(hana, hosted.event)
    files.add(hosted.session, Reader(member=boss), content=PDF + b"more", **gives)

    assert [one.by for one in SessionFile.objects.order_by("pk")] == [None, hana]


def test_a_host_gives_one_on_their_page_and_takes_it_away(hosted):
    client = entered(hosted)
    sent = {"title": "Slides", "about": "Ten.", "file": SimpleUploadedFile("a.exe", SLIDES)}

    client.post(f"{hosted.page}files/", sent)
    one = SessionFile.objects.get()
    kept = (one.kind, one.size, bytes(one.content), one.by)
    client.post(f"{hosted.page}files/{one.pk}/remove/")

    assert kept == ("pptx", len(SLIDES), SLIDES, hosted.hana)
    assert not SessionFile.objects.exists()


def test_a_file_without_words_is_refused_beside_the_field(hosted):
    sent = {"title": "Slides", "about": " ", "file": SimpleUploadedFile("a.pdf", PDF)}

    page = entered(hosted).post(f"{hosted.page}files/", sent).content.decode()

    assert "Say in plain words what is in it" in page
    assert not SessionFile.objects.exists()


def test_the_team_gives_one_and_others_do_not(hosted):
    sent = {"title": "Slides", "about": "Ten.", "file": SimpleUploadedFile("a.pdf", PDF)}
    ada().post(f"{hosted.page}files/", sent)
    before = SessionFile.objects.count()
    sent["file"] = SimpleUploadedFile("a.pdf", PDF)

    logged_in(people.staff("Event admin")).post(f"{hosted.page}files/", sent)

    assert before == 0
    assert SessionFile.objects.get().by is None


def test_who_has_not_agreed_or_has_withdrawn_gives_none(hosted):
    words: dict[str, Any] = {"title": "A", "about": "A", "content": PDF}
    with pytest.raises(NotAgreed):
        files.add(hosted.session, HANA, at=NOW, **words)
    make.agreed(hosted.hana, hosted.event)
    withdrawing.withdraw(hosted.session, HANA, at=NOW)

    with pytest.raises(NotTheirs):
        files.add(hosted.session, HANA, at=NOW, **words)


def test_there_are_five_at_most_and_the_same_twice_is_one(hosted, given):
    for number in range(files.MOST):
        if number:
            files.add(hosted.session, HANA, title="A", about="A", content=PDF + b"%d" % number, at=NOW)
    files.add(hosted.session, HANA, title="A", about="A", content=PDF, at=NOW)

    with pytest.raises(FileRefused):
        files.add(hosted.session, HANA, title="A", about="A", content=PDF + b"more", at=NOW)

    assert SessionFile.objects.count() == files.MOST


def test_the_database_refuses_one_that_is_too_large(hosted):
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFile.objects.create(
            session=hosted.session,
            title="A",
            about="A",
            kind="pdf",
            size=LARGEST_FILE + 1,
            digest="1",
            at=NOW,
        )


def test_files_go_thirty_days_after_the_event(hosted, given):
    end = access.closes_at(hosted.event).replace(hour=12)
    over = end - access.PEOPLE_SEEN + files.RETENTION

    assert files.forget(at=over - timedelta(days=1)) == 0
    assert files.forget(at=over) == 1
