"""Posts in the admin: to read."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from members.models import Member
from tests import make
from tests.blog.editing.revisions import draft, proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

LIST = reverse("admin:blog_post_changelist")


@pytest.fixture
def editor(client) -> Member:
    eve = make.member("Eve", is_staff=True)
    eve.groups.add(Group.objects.get(name="Blog editor"))
    client.force_login(eve)
    return eve


@pytest.mark.slow
def test_it_shows_the_facts_and_leads_to_the_team_page(client, editor):
    post = draft(by=editor)

    page = client.get(reverse("admin:blog_post_change", args=[post.pk])).content.decode()

    assert f'href="{reverse("team:post_edit", args=[post.pk])}"' in page
    for fact in ("Rota as kindness", "What a ward learnt.", "Flo", "not yet", "Monday 2 November, 10:00"):
        assert fact in page
    assert 'name="title"' not in page
    team_page = client.get(reverse("team:post_edit", args=[post.pk])).content.decode()
    assert f'href="{reverse("admin:blog_post_change", args=[post.pk])}"' in team_page


@pytest.mark.slow
def test_nothing_is_made_changed_or_deleted_there(admin):
    post = draft()

    assert admin.get(reverse("admin:blog_post_add")).status_code == 403
    assert admin.post(reverse("admin:blog_post_change", args=[post.pk]), {"title": "x"}).status_code == 403
    assert admin.post(reverse("admin:blog_post_delete", args=[post.pk]), {"post": "yes"}).status_code == 403
    post.refresh_from_db()
    assert post.title == "Rota as kindness"


def test_what_a_member_has_not_sent_is_not_there_either(admin):
    hers = proposal(make.member("Ada"))

    assert hers.title not in admin.get(LIST).content.decode()
    assert admin.get(reverse("admin:blog_post_change", args=[hers.pk])).status_code == 302


def test_the_list_is_searched_by_title(client, editor):
    draft("Rota as kindness", by=editor)
    draft("Night shifts", by=editor)

    found = client.get(LIST, {"q": "rota"}).content.decode()

    assert "Rota as kindness" in found
    assert "Night shifts" not in found
