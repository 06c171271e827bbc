"""Who refuses cookies is told before they type, and when they press; nothing they typed is lost."""

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment
from members.interrupted_forms import cookies
from tests import make
from tests.markup import flat

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver"}
#: What a browser says that it asks for a page (Fetch Metadata).
PAGE = {"sec-fetch-dest": "document"}
STYLE = "/cookies.css"
#: Forms of somebody without an account, and something to type into each.
FORMS = {
    "/accounts/login/": {"login": "ada@example.org"},
    "/accounts/login/code/": {"email": "ada@example.org"},
    "/accounts/signup/": {"name": "Ada", "email": "ada@example.org"},
    "/accounts/password/reset/": {"email": "ada@example.org"},
    "/blog/rotas/": {"body": "Thank you", "name": "Gwen", "email": "gwen@guests.example"},
}
#: Where a form is sent to, if not to its own page.
SENT_TO = {"/blog/rotas/": "/blog/rotas/comments/"}


class Forgetful(Client):
    """A browser that keeps no cookie, and checks of tokens are on."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def request(self, **request):
        self.cookies.clear()
        answer = super().request(**request)
        self.cookies.clear()
        return answer


@pytest.fixture(autouse=True)
def _post() -> None:
    make.post(slug="rotas")


@pytest.mark.parametrize("path", FORMS)
def test_before_its_first_field_a_form_says_that_cookies_are_off(path):
    page = Forgetful().get(path, headers=PAGE)
    style = Forgetful().get(STYLE)

    form = page.text.partition("<main")[2]
    assert (form.count(STYLE), form.count(str(cookies.TITLE))) == (1, 1)
    assert form.index(str(cookies.TITLE)) < form.index("<label")
    assert (style.text, style["Content-Type"]) == (cookies.NOTICE_SHOWN_STYLE, "text/css")
    assert "no-store" in style["Cache-Control"]


@pytest.mark.parametrize("path", FORMS)
def test_a_browser_that_keeps_cookies_is_told_nothing(path):
    client = Client()

    first = client.get(path, headers=PAGE)
    style = client.get(STYLE)
    again = client.get(path, headers=PAGE)

    assert (STYLE in first.text, style.text, STYLE in again.text) == (True, "", False)


def test_what_may_read_no_style_sheets_is_told_when_it_sends():
    assert str(cookies.TITLE) not in Forgetful().get("/accounts/login/").text


@pytest.mark.parametrize("path", FORMS)
def test_what_is_sent_without_cookies_does_nothing_and_comes_back_under_what_to_do(path):
    token = Forgetful().get(path).text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    typed = FORMS[path] | {"password": "S3CRET", "csrfmiddlewaretoken": token}

    page = Forgetful().post(SENT_TO.get(path, path), typed, headers=OURS | PAGE)

    said = page.text.partition("</header>")[2]
    assert page.status_code == 403
    assert said.index(str(cookies.PRESSED)) < min(said.index(word) for word in FORMS[path].values())
    assert [word for word in FORMS[path].values() if word not in page.text] == []
    assert ("S3CRET" in page.text, STYLE in page.text) == (False, False)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("origin", [None, "null"])
def test_without_an_origin_the_advice_begins_with_cookies_and_shows_no_words(origin):
    headers = {"origin": origin} if origin else {}

    page = Forgetful().post("/accounts/login/", {"login": "ada@example.org"}, headers=headers)

    assert (page.status_code, str(cookies.PRESSED) in page.text) == (403, True)
    assert "<h1>Cookies are off</h1>" in flat(page.text)
    assert "ada@example.org" not in page.text


def test_another_site_is_not_told_about_cookies_that_it_never_sends():
    page = Forgetful().post("/accounts/login/", {}, headers={"origin": "https://evil.example"})

    assert "The page was open for too long" in flat(page.text)
    assert Post.objects.count() == 1
