"""The file with all data: what is in it, who may fetch it, how it is made, and when it goes."""

import io
import json
import os
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from comments.models import Decision
from comments.moderation import decisions
from common.personal_data import registry
from members import views_privacy
from members.models import DataExport
from members.privacy import erasure, export
from tests import letters, make, second_step
from tests.contracts import people
from tests.found import found
from tests.make import NOW
from tests.members.privacy import everything
from tests.members.privacy.everything import EMAIL, NAME, PASSWORD
from workshops.models import PlaceOverride
from workshops.places import booking

WROTE = "What you wrote to authors when you decided about their comments"
#: What hosts do on their own pages.
HOSTING = (
    "Where you are the deputy of a host",
    "Messages that you wrote as a host",
    "Events to whose hosts’ pages you were invited",
    "What you agreed to as a host",
    "Sessions that you withdrew from as a host",
    "Words that you wrote for your sessions as a host",
    "What you need to host",
    "Files that you gave as a host to those who come to a session",
)
#: What is theirs for a while after a call, a choice or a need that is gone.
FOR_A_WHILE = (
    "When our team changed something for you",
    "Emails that you have asked for",
    "What was arranged for you and is being stopped",
)
#: What the team and hosts did on the day and afterwards, and what somebody reported.
OF_THE_DAY = (
    "Answers to concerns that you reported, and what you added",
    "Concerns that were sent to you",
    "Concerns that you reported with your name",
    "Events at which you read concerns",
    "Events that the team took you out of",
    "Hosts and captioners whom you saw come, as one of the team",
    "Notices that you put up for the team on the day of an event",
    "Recordings that you marked as watched or to watch",
    "Recordings whose captions name you as a host or speaker",
    "What was written for everybody to take away of your sessions",
    "Recordings whose transcript you read as one of the team",
    "What was arranged for you as a host and is being stopped",
    "What you answered, as a host or speaker, when asked whether recordings may be shown",
    "What you told people whom you took out of an event",
    "What you wrote about concerns for the team",
    "Why you had it emailed how to join a session, for the team",
)
MOVED = "Why you moved somebody up a waiting list"
MY_DATA = "/members/my-data/"
FILE = f"{MY_DATA}file/data.zip"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


def made(member, at=NOW):
    """Ask for the file and make it; return its two parts."""
    export.ask(member, by=member, at=at)
    export.make_due(clock=lambda: at)
    with zipfile.ZipFile(io.BytesIO(export.read(found(export.latest(member))))) as archive:
        assert archive.namelist() == ["data.json", "data.html"]
        return json.loads(archive.read("data.json")), archive.read("data.html").decode()


def logged_in(member) -> Client:
    """A browser in which they have shown a moment ago who they are."""
    client = Client()
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    second_step.given_in(client)
    return client


def test_it_holds_all_that_there_is_of_somebody_with_everything():
    world = everything.world()

    data, page = made(world.member)

    # Each table that has something of them; the codes of the libraries and their own permissions are empty.
    empty = {str(one.title) for one in registry.exported()} - set(data)
    assert empty == {
        "Confirmations of your addresses",
        "What you alone may do",
        "When you asked to be erased",
        *HOSTING,
        *FOR_A_WHILE,
        *OF_THE_DAY,
        MOVED,
        WROTE,
    }
    assert data["Your account"][0]["Email address"] == EMAIL
    assert [row["In their own words"] for row in data["What you need to take part"]] == [
        "A chair for Hummingbird"
    ]
    assert {row["Comment"] for row in data["Your comments"]} == {
        "Hummingbird says hello.",
        "As Hummingbird, a guest.",
        "By Hummingbird, before.",
        "Hummingbird again.",
        "Hummingbird, held.",
    }
    assert data["Your roles in the team"] == [{"Group name": "Moderator"}]
    assert f"<dd>{NAME}</dd>" in page
    assert "Monday 2 November" in page


def test_it_holds_nothing_of_anybody_else_and_no_secret():
    world = everything.world()

    data, _ = made(world.member)

    said = json.dumps(data)
    assert "Well said." not in said
    assert world.member.password not in said
    assert found(world.member.calendar_feed).nonce not in said


def test_it_is_made_while_the_page_says_how_far_it_is():
    ada = make.member("Ada")
    client = people.reader(ada)
    export.ask(ada, by=ada, at=NOW)
    DataExport.objects.update(parts_done=7)

    making = client.get(MY_DATA)
    export.make_due(clock=lambda: NOW)
    ready = client.get(MY_DATA)

    parts = len(registry.exported())
    assert f"7 of {parts} parts are done" in making.content.decode()
    assert (making["Refresh"], "Refresh" in ready) == ("5", False)
    assert "Your file is ready" in ready.content.decode()
    assert DataExport.objects.get().parts_done == parts


def test_they_are_told_when_it_is_ready():
    ada = make.member("Ada", email="ada@wards.example")

    made(ada)

    told = letters.only(letters.deliver(NOW))
    assert (told.to, told.subject) == (["ada@wards.example"], "Your data from Q community are ready")


def test_only_its_owner_fetches_it_and_shows_who_they_are():
    ada = make.member("Ada", password=PASSWORD)
    made(ada)
    bo = logged_in(make.member("Bo", password=PASSWORD))

    answers = [client.get(FILE) for client in (Client(), people.reader(ada), bo, logged_in(ada))]

    assert [one.status_code for one in answers] == [302, 302, 404, 200]
    assert answers[0]["Location"].startswith("/accounts/login/")
    assert answers[1]["Location"].startswith("/accounts/reauthenticate/")
    assert answers[3]["Cache-Control"] == "private, no-store"
    assert answers[3]["Content-Disposition"] == 'attachment; filename="data.zip"'
    with zipfile.ZipFile(io.BytesIO(answers[3].content)) as archive:
        assert json.loads(archive.read("data.json"))["Your account"][0]["Name"] == "Ada"


def test_it_is_asked_for_after_showing_who_they_are():
    ada = make.member("Ada", password=PASSWORD)

    people.reader(ada).post(f"{MY_DATA}file/")
    before = DataExport.objects.count()
    logged_in(ada).post(f"{MY_DATA}file/")

    assert (before, DataExport.objects.count()) == (0, 1)


def test_asking_twice_makes_one_and_a_new_one_replaces_the_old(django_capture_on_commit_callbacks):
    ada = make.member("Ada")
    first = export.ask(ada, by=ada, at=NOW)
    same = export.ask(ada, by=ada, at=NOW)
    export.make_due(clock=lambda: NOW)
    name = DataExport.objects.get().file

    with django_capture_on_commit_callbacks(execute=True):
        second = export.ask(ada, by=ada, at=NOW)

    assert first == same
    assert list(DataExport.objects.all()) == [second]
    assert not export._storage().exists(name)


def test_what_a_killed_worker_left_is_made_by_another_once_its_lease_is_over():
    ada = make.member("Ada")
    export.ask(ada, by=ada, at=NOW)
    export._claim(at=NOW)

    early = export.make_due(clock=lambda: NOW + export.LEASE - timedelta(seconds=1))
    done = export.make_due(clock=lambda: NOW + export.LEASE)

    assert (early, done) == (0, 1)
    assert found(export.latest(ada)).is_ready


def test_after_a_week_it_goes_with_its_file(django_capture_on_commit_callbacks):
    ada = make.member("Ada")
    made(ada)
    name = DataExport.objects.get().file

    early = export.forget(at=NOW + export.RETENTION - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        gone = export.forget(at=NOW + export.RETENTION)

    assert (early, gone) == (0, 1)
    assert not export._storage().exists(name)


def test_a_file_that_a_killed_worker_left_goes_as_well():
    ages = {
        "old": export.RETENTION,
        "named": timedelta(days=6),
        "unnamed": export.LEASE,
        "begun": export.LEASE - timedelta(seconds=1),
    }
    for name, age in ages.items():
        lying(name, NOW - age)
    for name in ("old", "named"):
        DataExport.objects.create(member=make.member(), asked_at=NOW, file=f"exports/{name}.zip")

    export.forget(at=NOW)

    left = {name for name in ages if export._storage().exists(f"exports/{name}.zip")}
    assert left == {"named", "begun"}


def lying(name, since) -> None:
    """Put a file there that was written then."""
    storage = export._storage()
    made = storage.save(f"exports/{name}.zip", ContentFile(b"PK"))
    os.utime(storage.path(made), (since.timestamp(), since.timestamp()))


def test_a_row_names_its_file_before_there_is_one(tmp_path):
    ada = make.member("Ada")
    row = export.ask(ada, by=ada, at=NOW)
    (tmp_path / "private").write_text("where the folder would be")

    with pytest.raises(OSError, match="private"):
        export.make_due(clock=lambda: NOW)

    row.refresh_from_db()
    assert (row.file.startswith(f"exports/{ada.pk}-"), row.is_ready) == (True, False)


def test_a_file_that_is_gone_from_the_disk_is_said():
    ada = make.member("Ada", password=PASSWORD)
    made(ada)
    export._storage().delete(DataExport.objects.get().file)

    answer = logged_in(ada).get(FILE, follow=True)

    assert "The file is not there any more. Make a new one." in answer.content.decode()


def test_what_a_moderator_wrote_to_others_is_in_their_file_and_stays_when_they_are_erased():
    mod, cy = people.staff("Moderator"), make.member("Cy")
    comment = make.comment(make.post(), cy, status="pending", body="Of Cy.")
    decisions.reject(comment, by=mod, at=NOW, seen=comment.version, reason="unkind", words="Dear Cy, no.")
    one_place = make.workshop(event := make.event(), capacity=1)
    waits = booking.book(one_place, make.registration(event, cy), by=cy, at=NOW)
    PlaceOverride.objects.create(booking=waits, reason="Cy speaks there", by=mod, at=NOW, ticket_before=1)

    data, page = made(mod)

    assert [row["Words to the author"] for row in data[WROTE]] == ["Dear Cy, no."]
    assert [row["Reason"] for row in data[MOVED]] == ["Cy speaks there"]
    assert "Of Cy." not in page
    erasure.erase(mod, by=mod, at=NOW)
    assert Decision.objects.get().words == "Dear Cy, no."
    assert {WROTE, MOVED} <= {str(title) for title, _why in views_privacy.what_erasing_does()["stays"]}
