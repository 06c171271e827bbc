"""The site's logo is counted before anybody decodes it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from members.admin.forms import SiteSettingsForm

pytestmark = pytest.mark.django_db


def errors(size):
    file = io.BytesIO()
    Image.new("1", size).save(file, "PNG", optimize=True)
    logo = SimpleUploadedFile("logo.png", file.getvalue(), "image/png")
    return SiteSettingsForm({}, {"logo": logo}).errors.get("logo", [])


def test_a_light_logo_that_claims_too_many_pixels_is_refused():
    assert errors((3000, 2000)) == [
        "The logo has 3000 by 2000 pixels; 4 million are the most. Save it smaller."
    ]
    assert errors((300, 200)) == []
