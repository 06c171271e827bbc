"""Pages for when something is wrong: each says what it means and the way on."""

import html5lib
import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, server_error
from pytest_django import DjangoAssertNumQueries

from members.models import SiteSettings
from tests import make
from tests.markup import flat

WITH_THE_FRAME = {
    "400.html": "That request made no sense to us",
    "403.html": "This page is not open to you",
    "403_csrf.html": "The page was open for too long",
    "404.html": "There is no page here",
    "410.html": "This page has gone",
    "429.html": "Too many tries",
}
ALONE = {
    "500.html": "Something broke on our side",
    "503.html": "We will be back in a moment",
    "507.html": "There is no room on the server",
}


@pytest.mark.parametrize(("template", "heading"), ALONE.items())
def test_a_page_for_when_all_is_broken_needs_no_database_and_no_context(template: str, heading: str) -> None:
    whole = render_to_string(template)
    page = flat(whole)

    assert f"<h1>{heading}</h1>" in page
    assert 'href="/">Go to the home page</a>' in page
    assert "Need help?" in page
    html5lib.HTMLParser(strict=True).parse(whole)


def test_a_fault_answers_500_without_a_database(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    assert b"Something broke on our side" in answer.content


def test_files_of_a_broken_site_are_asked_for_by_their_plain_names() -> None:
    page = render_to_string("500.html")

    assert 'href="/static/css/site.css"' in page
    assert 'href="/static/vendor/bootstrap/bootstrap.min.css"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(("template", "heading"), WITH_THE_FRAME.items())
def test_an_error_page_says_what_it_means_and_whom_to_ask(template: str, heading: str) -> None:
    SiteSettings(pk=1, name="Improvers", contact_email="help@improvers.example").save()

    whole = render_to_string(template)
    page = flat(whole)

    assert f"<title>{heading} - Improvers</title>" in page
    assert f"<h1>{heading}</h1>" in page
    assert "Need help?" in page
    assert "help@improvers.example" in page
    html5lib.HTMLParser(strict=True).parse(whole)


@pytest.mark.django_db
def test_a_broken_request_answers_400_though_its_page_gets_no_context(rf: RequestFactory) -> None:
    answer = bad_request(rf.get("/"), ValueError("broken"))

    assert answer.status_code == 400
    assert b"That request made no sense to us" in answer.content


@pytest.mark.django_db
def test_an_unknown_address_answers_404_with_the_way_on(client: Client) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "There is no page here" in flat(answer.text)
    assert 'href="/accounts/login/?next=/nowhere/"' in answer.text
    for place in ("/events/", "/blog/", "/search/"):
        assert f'<a href="{place}">the ' in flat(answer.text)


@pytest.mark.django_db
def test_whoever_is_logged_in_reads_their_name_and_can_log_out_on_an_error_page(client: Client) -> None:
    client.force_login(make.member("Ada"))

    page = client.get("/nowhere/").text

    assert '<span class="visually-hidden">Your profile: </span><bdi>Ada</bdi></a>' in page
    assert '<button class="link-button" type="submit">Log out</button>' in page
    assert "Create an account" not in page


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_what_to_do(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "ada@example.org"})

    assert answer.status_code == 403
    assert "Cookies are off" in flat(answer.text)


@pytest.mark.django_db
def test_the_frame_reads_the_site_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get("/nowhere/")
