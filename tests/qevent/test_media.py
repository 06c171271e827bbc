"""Uploaded files: the site's logo, served and nothing else."""

import io
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from blog.media import pictures
from members.models import SiteSettings
from tests import make
from tests.markup import flat

pytestmark = pytest.mark.django_db
SETTINGS = reverse("admin:members_sitesettings_change", args=[1])


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def picture(side=20):
    """A PNG that hardly compresses."""
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).save(file, "PNG")
    return file.getvalue()


@contextmanager
def no_file_larger_than(size):
    """As on a full disk: no file of this process becomes larger (setrlimit(2))."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def save(client, logo):
    """Save the settings' form with this logo, as an admin; return what the form says of it."""
    client.force_login(make.member("Alex", is_staff=True, is_superuser=True))
    form = client.get(SETTINGS).context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields if name != "logo"}
    response = client.post(SETTINGS, values | {"logo": logo})
    return [] if response.status_code == 302 else list(response.context["adminform"].form.errors["logo"])


def test_a_logo_stands_on_every_page_and_is_served(client):
    content = picture()

    errors = save(client, SimpleUploadedFile("logo.png", content))

    logo = SiteSettings.load().logo
    home = client.get("/").content.decode()
    served = client.get(logo.url)
    assert errors == []
    assert f'<img src="{logo.url}"' in flat(home)
    assert (b"".join(served.streaming_content), served["Content-Type"]) == (content, "image/png")
    assert served["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.slow
def test_a_heavy_logo_is_refused_beside_its_field(client):
    errors = save(client, SimpleUploadedFile("logo.png", picture(400)))

    assert len(errors) == 1
    assert errors[0].endswith("kB; 40 are the most. Save it smaller.")
    assert not SiteSettings.load().logo


def test_a_disk_that_is_full_is_said_and_leaves_nothing_cut_off(client, media):
    client.raise_request_exception = False

    with no_file_larger_than(500):
        client.force_login(make.member("Alex", is_staff=True, is_superuser=True))
        form = client.get(SETTINGS).context["adminform"].form
        values = {name: form[name].value() or "" for name in form.fields if name != "logo"}
        answer = client.post(SETTINGS, values | {"logo": SimpleUploadedFile("logo.png", picture(60))})

    assert (answer.status_code, "There is no room on the server" in answer.text) == (507, True)
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not SiteSettings.load().logo


@pytest.mark.slow
def test_a_picture_for_which_there_is_no_room_is_refused_beside_its_field(media):
    post, ada = make.post(), make.member("Ada")

    with no_file_larger_than(500), pytest.raises(pictures.PictureRefused) as refused:
        pictures.add(post, io.BytesIO(picture(1000)), "Noise", by=ada, at=make.NOW)

    assert str(refused.value).startswith("There is no room on the server for the picture.")
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert post.pictures.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("logo.svg", b"<svg onload='alert(1)'/>"), ("logo.png", b"no picture"), ("a.html", b"<p>")],
)
def test_what_is_no_picture_is_refused(client, name, content):
    errors = save(client, SimpleUploadedFile(name, content))

    assert len(errors) == 1
    assert not SiteSettings.load().logo


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("a" * 300, 404),
        (f"{'a/' * 2000}x", 404),
        (f"blog/{'ö' * 200}.webp", 404),
        ("none.png", 404),
        ("site/", 404),
        ("../env", 400),
        ("..%2f..%2fetc%2fpasswd", 400),
    ],
)
def test_nothing_else_is_served(client, media, path, status):
    (media / "site").mkdir(parents=True)

    assert client.get(f"/media/{path}").status_code == status


def test_the_communitys_word_for_an_account_stands_on_its_pages(client):
    SiteSettings.objects.update(account_word="profile")

    page = client.get(reverse("account_signup")).content.decode()

    assert "<h1>Create a profile</h1>" in flat(page)
    assert "Create an account" not in page
