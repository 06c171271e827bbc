"""What was typed into a form whose token had turned."""

import pytest
from django.urls import reverse

from blog.models import Post
from tests import make
from tests.markup import flat
from tests.members.interrupted_forms.typed_forms import (
    AGAIN,
    PROFILE,
    TYPED,
    end_session,
    hidden,
    log_in,
    send,
)
from tests.team.posts import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_page_with_an_old_token_is_shown_again_with_the_words_and_never_acts(browser, ada):
    sent = TYPED | hidden(browser, PROFILE)
    end_session()
    log_in(browser, "/accounts/login/?next=/")

    page = send(browser, PROFILE, **sent)

    assert (page.status_code, page.context["form"]["organisation"].value()) == (403, "Ward 7")
    assert AGAIN in page.text
    ada.refresh_from_db()
    assert ada.organisation == ""
    fresh = (
        page.text.partition("<main")[2].partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    )
    send(browser, PROFILE, **sent | {"csrfmiddlewaretoken": fresh})
    ada.refresh_from_db()
    assert ada.organisation == "Ward 7"


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "https://testserver"])
def test_what_does_not_say_that_it_came_from_here_gets_advice_alone(browser, ada, origin):
    headers = {"origin": origin} if origin else {}

    page = browser.post(PROFILE, TYPED | {"csrfmiddlewaretoken": "x" * 64}, headers=headers)

    assert page.status_code == 403
    assert "Ward 7" not in page.text
    assert "Go back with your browser’s Back button" in flat(page.text)
    assert "reload" not in page.text.lower()


@pytest.mark.slow
def test_another_account_does_not_see_what_was_typed(browser, ada):
    sent = TYPED | hidden(browser, PROFILE)
    browser.force_login(make.member("Bo"))

    page = send(browser, PROFILE, **sent | {"csrfmiddlewaretoken": "x" * 64})

    assert (page.status_code, "Ward 7" in page.text) == (403, False)
    assert "You are logged in as <bdi>Bo</bdi>" in flat(page.text)


@pytest.mark.slow
def test_an_old_token_of_somebody_who_is_logged_out_leads_to_the_log_in_and_keeps_the_words(browser, ada):
    sent = TYPED | hidden(browser, PROFILE)
    end_session()

    to_log_in = send(browser, PROFILE, **sent | {"csrfmiddlewaretoken": "x" * 64})
    page = browser.get(log_in(browser, to_log_in["Location"]))

    assert page.context["form"]["organisation"].value() == "Ward 7"


def test_an_address_without_a_page_is_pressed_again_from_the_advice(browser, ada):
    post = make.post()
    comment = reverse("comments:leave", args=[post.slug])

    page = send(browser, comment, body="<b>Thank</b> you", submission="x", csrfmiddlewaretoken="x" * 64)

    assert page.status_code == 403
    assert "&lt;b&gt;Thank&lt;/b&gt; you" in flat(page.text)
    assert f'action="{comment}"' in page.text
    assert 'name="submission" value="x"' in flat(page.text)
    assert "Send it again" in flat(page.text)


def test_a_password_is_neither_shown_nor_sent_again(browser):
    browser.logout()

    page = send(
        browser, "/accounts/login/", login="ada@example.org", password="secret", csrfmiddlewaretoken="x" * 64
    )

    assert (page.status_code, page.context["form"]["login"].value()) == (403, "ada@example.org")
    assert 'value="secret"' not in page.text


@pytest.mark.parametrize("path", ["/team/posts/999/", "/admin/blog/post/999/change/", "/blog/none/comments/"])
def test_what_is_not_there_or_not_theirs_is_no_error(browser, path):
    page = send(browser, path, body="Words", csrfmiddlewaretoken="x" * 64)

    assert page.status_code == 403
    assert "Words" in text_of(page)
    assert Post.objects.count() == 0
