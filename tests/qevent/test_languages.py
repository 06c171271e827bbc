"""Who is answered in which language where the site speaks several; with one, nothing varies."""

import pytest
from django.conf import settings as site
from django.utils import translation

from events.programme import reading
from events.programme.contents import SessionCard
from members.models import Member
from notifications.models import Message
from tests import make, pseudo
from tests.contracts import people

pytestmark = pytest.mark.django_db

ENGLISH, PSEUDO = 'lang="en-GB"', 'lang="en-XA"'


@pytest.fixture
def two_languages(settings, tmp_path) -> None:
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), (pseudo.CODE, "Pseudo")]


def language(answer):
    """What a page says of its language, and the headers say besides."""
    tag = ENGLISH if ENGLISH in answer.text else PSEUDO if PSEUDO in answer.text else "?"
    return tag, answer.headers.get("Content-Language"), "Accept-Language" in answer.headers["Vary"]


def test_with_one_language_nothing_varies_whatever_is_asked_for():
    answer = people.reader(make.member("Ada", language=pseudo.CODE)).get(
        "/contact/", headers={"Accept-Language": pseudo.CODE}
    )

    assert language(answer) == (ENGLISH, None, False)


@pytest.mark.parametrize(
    ("own", "cookie", "asked", "answered"),
    [
        (None, "", "", (ENGLISH, "en-GB", True)),
        (None, "", "cy, en-xa;q=0.8, en;q=0.5", (PSEUDO, "en-XA", True)),
        (None, "en-gb", "en-xa", (ENGLISH, "en-GB", True)),
        ("", "en-xa", "en-gb", (PSEUDO, "en-XA", True)),
        ("en-xa", "en-gb", "en-gb", (PSEUDO, "en-XA", True)),
        ("en-gb", "en-xa", "en-xa", (ENGLISH, "en-GB", True)),
        ("cy", "", "en-xa", (PSEUDO, "en-XA", True)),
    ],
)
@pytest.mark.usefixtures("two_languages")
def test_their_own_goes_before_what_they_chose_here_and_that_before_what_the_browser_asks(
    own, cookie, asked, answered
):
    client = people.reader(None if own is None else make.member("Ada", language=own))
    if cookie:
        client.cookies[site.LANGUAGE_COOKIE_NAME] = cookie

    answer = client.get("/contact/", headers={"Accept-Language": asked})

    assert language(answer) == answered


@pytest.mark.usefixtures("two_languages")
def test_a_programme_that_one_language_has_cached_is_not_answered_in_another():
    event = make.event(slug="2026")
    make.workshop(event)
    in_pseudo = pseudo.stretched("Workshop")

    cards: list[SessionCard] = []
    for code in ("en-gb", "en-xa", "en-gb"):
        with translation.override(code):
            cards += reading.load(event).cards

    assert [(in_pseudo in card.html, "Workshop" in card.html) for card in cards] == [
        (False, True),
        (True, False),
        (False, True),
    ]


def test_with_one_language_a_profile_asks_for_none():
    client = people.reader(make.member("Ada"))

    assert "language" not in client.get("/members/profile/").context["form"].fields


@pytest.mark.usefixtures("two_languages")
def test_a_member_chooses_a_language_on_their_profile():
    ada = make.member("Ada", language="cy")
    client = people.reader(ada)
    form = client.get("/members/profile/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    answer = client.post("/members/profile/", typed | {"language": "en-xa"}, follow=True)

    ada.refresh_from_db()
    assert (typed["language"], ada.language, language(answer)[0]) == ("", "en-xa", PSEUDO)


@pytest.mark.usefixtures("two_languages")
def test_whoever_signs_up_is_written_to_in_the_language_of_that_page():
    new = {"name": "Flo", "email": "flo@example.org", "password1": "four old green bottles"}

    people.reader().post("/accounts/signup/", new, headers={"Accept-Language": "en-xa"})

    assert Member.objects.get(email="flo@example.org").language == "en-xa"
    assert [message.language for message in Message.objects.all()] == ["en-xa"]
