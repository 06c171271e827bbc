"""What programs ask every site for: robots.txt, security.txt, and the icons at the root."""

import io

import pytest
from PIL import Image

from members.models import SiteSettings
from tests.contracts import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address", "ordinary_monday")]


def test_robots_leave_alone_what_is_not_public_and_find_all_that_is():
    answer = people.reader().get("/robots.txt")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /calendar/",
        "Disallow: /mail/",
        "Disallow: /members/",
        "Disallow: /search/",
        "Disallow: /team/",
        "",
        "Sitemap: https://events.example.org/sitemap.xml",
    ]


@pytest.mark.parametrize(
    ("address", "contact"),
    [
        ("team+50%@example.org", "mailto:team+50%25@example.org"),
        ("", "https://events.example.org/contact/"),
    ],
)
def test_security_txt_says_whom_to_tell_and_until_when_it_holds(address, contact):
    SiteSettings.objects.update_or_create(pk=1, defaults={"contact_email": address})

    answer = people.reader().get("/.well-known/security.txt")

    assert answer.text.splitlines() == [
        f"Contact: {contact}",
        "Expires: 2027-05-01T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://events.example.org/.well-known/security.txt",
    ]


@pytest.mark.parametrize(
    ("path", "sizes"),
    [("/favicon.ico", {(16, 16), (32, 32), (48, 48)}), ("/apple-touch-icon.png", {(180, 180)})],
)
def test_icons_lie_where_browsers_look_for_them_unasked(path, sizes):
    answer = people.reader().get(path)
    picture = Image.open(io.BytesIO(b"".join(answer)))

    assert answer.status_code == 200
    assert picture.info.get("sizes", {picture.size}) == sizes
