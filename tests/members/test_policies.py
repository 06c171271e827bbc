"""Policy pages: there from the start, in plain words, and edited by the team."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps

from common.markdown import to_html
from members import policies, team
from members.models import Policy, SiteSettings
from tests import make
from tests.contracts import people
from tests.markup import flat
from tests.members.staff import opened, staff_of

pytestmark = pytest.mark.django_db

PAGES = {
    "comments": "Comments policy",
    "code-of-conduct": "Code of conduct",
    "privacy": "Privacy",
    "accessibility": "Accessibility statement",
}


def record(slug: str) -> str:
    return f"/admin/members/policy/{Policy.objects.get(slug=slug).pk}/change/"


def test_a_new_installation_has_all_four_pages():
    assert {page.slug: str(page) for page in Policy.objects.all()} == PAGES


@pytest.mark.parametrize("slug", PAGES)
def test_everybody_reads_a_page_and_when_it_last_changed(client, slug):
    with time_machine.travel(make.NOW, tick=False):
        Policy.objects.get(slug=slug).save()

    page = client.get(f"/policies/{slug}/").content.decode()

    assert f"<title>{PAGES[slug]} - Q community</title>" in flat(page)
    assert page.count("<h1") == 1
    assert 'Last changed on <time datetime="2026-11-02T10:00:00+00:00">2 November 2026</time>' in flat(page)


@pytest.mark.parametrize("slug", ["cookies", "comment", "x" * 300, "²"])
def test_a_page_that_there_is_not_is_not_found(client, slug):
    assert client.get(f"/policies/{slug}/").status_code == 404


@pytest.mark.parametrize("slug", PAGES)
def test_the_first_texts_show_nothing_of_how_they_are_written(slug):
    shown = to_html(policies.first_text(slug), 2)

    words = re.sub(r"<[^>]+>", "", shown)
    assert not set(re.findall(r"[*#\[\]`|]", words))
    assert re.findall(r"<h[1-6]>", shown) == ["<h2>"] * shown.count("<h2>")


@pytest.mark.slow
@pytest.mark.parametrize("slug", PAGES)
def test_every_link_of_the_first_texts_to_this_site_leads_to_a_page(client, slug):
    client.force_login(make.member())
    links = re.findall(r'href="(/[^"]*)"', to_html(policies.first_text(slug), 2))

    assert [client.get(link, follow=True).status_code for link in links] == [200] * len(links)


def test_every_page_leads_to_all_four(client):
    page = client.get("/contact/").content.decode()

    assert re.findall(r'<a href="(/policies/[^"]+)">([^<]+)</a>', flat(page)) == [
        ("/policies/comments/", "Comments policy"),
        ("/policies/code-of-conduct/", "Code of conduct"),
        ("/policies/privacy/", "Privacy"),
        ("/policies/accessibility/", "Accessibility statement"),
    ]


def test_what_the_team_wrote_stays_and_only_what_is_missing_is_made():
    Policy.objects.filter(slug="privacy").update(body="Ours.")
    Policy.objects.filter(slug="comments").delete()

    team.make_ready(apps.get_app_config("members"))
    team.make_ready(apps.get_app_config("members"))

    bodies = dict(Policy.objects.values_list("slug", "body"))
    assert bodies == {slug: policies.first_text(slug) for slug in PAGES} | {"privacy": "Ours."}


@pytest.mark.parametrize("group", ["Blog editor", "Moderator", "Event admin"])
def test_the_team_edits_a_page_and_readers_see_when(group):
    with time_machine.travel(make.NOW + timedelta(days=60), tick=False):
        client = staff_of(group)
        answer = client.post(
            record("privacy"), opened(client, record("privacy")) | {"body": "We keep *less*."}
        )
        page = client.get("/policies/privacy/").content.decode()

    assert answer.status_code == 302
    assert "<p>We keep <em>less</em>.</p>" in flat(page)
    assert ">1 January 2027</time>" in flat(page)
    assert f'<a href="{record("privacy")}">Edit this page</a>' in flat(page)


def test_a_text_that_a_release_has_overtaken_is_named_until_the_team_saves_theirs():
    Policy.objects.filter(slug="privacy").update(body="Ours, of last year.", first_text="before")
    Policy.objects.filter(slug="comments").update(body="Ours.")
    root = people.admin()
    before = people.reader(root).get("/team/").text

    client = staff_of("Event admin")
    client.post(record("privacy"), opened(client, record("privacy")) | {"body": "Ours, of now."})

    said = "The text that comes with the site for “Privacy” has changed."
    assert said in before
    assert "“Comments policy” has changed" not in before
    assert said not in people.reader(root).get("/team/").text


def test_an_installation_of_before_is_told_and_a_new_one_is_not():
    assert policies.overtaken() == []
    Policy.objects.filter(slug="privacy").update(body="What the site said before.", first_text="")

    assert [one.slug for one in policies.overtaken()] == ["privacy"]


@pytest.mark.slow
def test_support_reads_a_page_in_the_admin_and_changes_none():
    client = staff_of("Support")

    answer = client.post(record("privacy"), {"body": "Mine."})

    assert (client.get(record("privacy")).status_code, answer.status_code) == (200, 403)
    assert "Edit this page" not in client.get("/policies/privacy/").content.decode()
    assert Policy.objects.get(slug="privacy").body == policies.first_text("privacy")


def test_a_visitor_is_offered_no_way_to_edit(client):
    assert "Edit this page" not in client.get("/policies/privacy/").content.decode()


def test_no_page_is_added_or_lost(client, admin):
    page = Policy.objects.get(slug="privacy")

    answers = [
        client.post("/admin/members/policy/add/", {"slug": "cookies", "body": "None."}),
        client.post(f"/admin/members/policy/{page.pk}/delete/", {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert set(Policy.objects.values_list("slug", flat=True)) == set(PAGES)


@pytest.mark.slow
def test_a_stale_save_of_a_page_is_refused_and_keeps_what_was_typed(client, admin):
    mine, theirs = opened(client, record("privacy")), opened(client, record("privacy"))

    client.post(record("privacy"), theirs | {"body": "Theirs."})
    refused = client.post(record("privacy"), mine | {"body": "Mine."})

    assert refused.status_code == 200
    assert "Nothing has been saved" in flat(refused.content.decode())
    assert ">\nMine.</textarea>" in refused.content.decode()
    assert Policy.objects.get(slug="privacy").body == "Theirs."


@pytest.mark.parametrize("body", ["", "a\x00b", "\u202eturned"])
def test_a_text_that_cannot_be_shown_is_refused(client, admin, body):
    answer = client.post(record("privacy"), opened(client, record("privacy")) | {"body": body})

    assert list(answer.context["adminform"].form.errors) == ["body"]


def test_markup_in_a_page_is_shown_as_typed(client, admin):
    text = "<script>alert(1)</script>\n\n[a](javascript:alert(1))"
    client.post(record("privacy"), opened(client, record("privacy")) | {"body": text})

    page = client.get("/policies/privacy/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript' not in page


def test_the_team_says_whose_comments_wait(client, admin):
    path = "/admin/members/sitesettings/1/change/"
    chosen = {"are_all_comments_held": "on", "comments_until_trusted": "3"}

    answer = client.post(path, opened(client, path) | chosen)

    site = SiteSettings.load()
    assert (answer.status_code, site.are_all_comments_held, site.comments_until_trusted) == (302, True, 3)


@pytest.mark.slow
@pytest.mark.parametrize("number", ["", "-1", "101", "9" * 30, "some"])
def test_a_number_of_comments_that_makes_no_sense_is_refused(client, admin, number):
    path = "/admin/members/sitesettings/1/change/"

    answer = client.post(path, opened(client, path) | {"comments_until_trusted": number})

    assert list(answer.context["adminform"].form.errors) == ["comments_until_trusted"]
