from urllib.parse import urlencode

import pytest
from django.test import Client

from common.zones import choices_with, zone_choices
from members.models import Member
from tests import make

pytestmark = pytest.mark.django_db

PATH = "/members/profile/"


@pytest.fixture
def ada(client) -> Member:
    member = make.member("Ada", email="ada@example.org")
    client.force_login(member)
    return member


def typed(client: Client, **fields) -> dict[str, str]:
    """What the form holds when it is opened, with some of it typed over."""
    form = client.get(PATH).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | fields


@pytest.mark.slow
def test_a_profile_is_saved(client, ada):
    details = {
        "name": "Ada Ní Bhriain",
        "pronouns": "she/her",
        "organisation": "Mater",
        "role": "Nurse",
        "region": "ireland",
        "time_zone": "Europe/Dublin",
        "calendar": "feed",
    }

    answer = client.post(PATH, typed(client, **details))

    ada.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, PATH)
    assert {name: getattr(ada, name) for name in details} == details


@pytest.mark.slow
@pytest.mark.parametrize(
    ("came_from", "then"),
    [
        ("/events/2026/register/", "/events/2026/register/"),
        ("//evil.example/", PATH),
        ("https://evil.example/", PATH),
        ("/\\evil.example/", PATH),
        ("//[", PATH),
        ("register/", PATH),
    ],
)
def test_after_saving_they_are_back_on_the_page_of_this_site_that_led_here(client, ada, came_from, then):
    response = client.post(f"{PATH}?{urlencode({'next': came_from})}", typed(client))

    assert (response.status_code, response["Location"]) == (302, then)


@pytest.mark.slow
def test_all_but_the_name_is_optional(client, ada):
    only_name = dict.fromkeys(["pronouns", "organisation", "role", "region"], "")

    answer = client.post(PATH, typed(client, **only_name))
    refused = client.post(PATH, typed(client, name=" "))

    assert answer.status_code == 302
    assert refused.context["form"].errors == {"name": ["Enter your name"]}


@pytest.mark.slow
def test_a_stale_save_is_refused_and_nothing_typed_is_lost(client, ada):
    first, second = typed(client, role="Nurse"), typed(client, role="Midwife")

    client.post(PATH, first)
    answer = client.post(PATH, second)
    again = client.post(PATH, second)

    ada.refresh_from_db()
    page = answer.content.decode()
    assert ada.role == "Nurse"
    assert (answer.status_code, again.status_code) == (200, 200)
    assert "Nothing has been saved" in page
    assert 'value="Midwife"' in page


@pytest.mark.slow
def test_a_save_after_looking_again_succeeds(client, ada):
    client.post(PATH, typed(client, role="Nurse"))

    client.post(PATH, typed(client, role="Midwife"))

    ada.refresh_from_db()
    assert ada.role == "Midwife"


@pytest.mark.slow
def test_a_form_without_its_stamp_is_refused(client, ada):
    answer = client.post(PATH, typed(client, role="Nurse", seen=""))

    ada.refresh_from_db()
    assert answer.status_code == 200
    assert ada.role == ""


@pytest.mark.slow
def test_nobody_makes_themselves_a_member_or_an_admin(client, ada):
    Member.objects.filter(pk=ada.pk).update(membership=Member.Membership.WAITING)

    client.post(
        PATH,
        typed(
            client, role="Nurse", membership="active", is_staff="on", is_superuser="on", email="x@example.org"
        ),
    )

    ada.refresh_from_db()
    assert (ada.role, ada.membership, ada.is_staff, ada.is_superuser, ada.email) == (
        "Nurse",
        "waiting",
        False,
        False,
        "ada@example.org",
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a\x00b", "\u202eada", "x" * 151])
def test_a_hostile_name_is_refused_beside_its_field(client, ada, name):
    answer = client.post(PATH, typed(client, name=name))

    assert list(answer.context["form"].errors) == ["name"]


@pytest.mark.slow
def test_markup_in_a_name_is_text(client, ada):
    client.post(PATH, typed(client, name="<script>alert(1)</script>"))

    page = client.get(PATH).content.decode()

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_a_time_zone_is_one_of_the_list(client, ada, zone):
    answer = client.post(PATH, typed(client, time_zone=zone))

    assert list(answer.context["form"].errors) == ["time_zone"]


def test_the_uk_and_ireland_come_first():
    name, cities = zone_choices()[0]

    assert (name, cities) == (
        "UK and Ireland",
        [("Europe/London", "United Kingdom (London)"), ("Europe/Dublin", "Ireland (Dublin)")],
    )
    assert ("America/Argentina/Buenos_Aires", "Buenos Aires (Argentina)") in dict(zone_choices())["America"]
    assert "Europe/London" not in dict(dict(zone_choices())["Europe"])


def test_an_older_name_of_a_zone_that_was_chosen_before_stays_possible(client, ada):
    Member.objects.filter(pk=ada.pk).update(time_zone="US/Eastern")

    answer = client.post(PATH, typed(client, role="Nurse"))

    assert answer.status_code == 302
    assert choices_with("US/Eastern")[-1] == ("Chosen before", [("US/Eastern", "US/Eastern")])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("active", "You are a member of Q community."),
        ("waiting", "usually within two working days"),
        ("ended", "Your membership has ended"),
        ("declined", "We found no link to the community."),
    ],
)
@pytest.mark.parametrize("path", [PATH, "/members/membership/"])
def test_how_the_membership_stands_is_said_in_words(client, ada, status, words, path):
    Member.objects.filter(pk=ada.pk).update(
        membership=status, membership_reason="We found no link to the community."
    )

    assert words in client.get(path).content.decode()


@pytest.mark.parametrize("path", [PATH, "/members/membership/"])
def test_a_stranger_is_sent_to_log_in_and_comes_back(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={path}")


@pytest.mark.slow
def test_reading_a_page_changes_nothing(client, ada):
    before = Member.objects.values().get()

    client.get(PATH)
    client.get("/members/membership/")

    assert Member.objects.values().get() == before
