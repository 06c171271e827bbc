"""What was typed into a form that met the log-in."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from members.interrupted_forms import saved_forms
from members.models import Member, TypedForm
from tests import make, second_step
from tests.blog.editing.revisions import draft
from tests.make import NOW
from tests.markup import flat
from tests.members.accounts.signing_up import PASSWORD
from tests.members.interrupted_forms.typed_forms import (
    BACK,
    PROFILE,
    TYPED,
    end_session,
    hidden,
    log_in,
    send,
)
from tests.team.posts import editor, form_of

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_form_that_met_the_log_in_comes_back_filled_in_and_is_pressed_again(browser, ada):
    sent = TYPED | hidden(browser, PROFILE)
    end_session()

    to_log_in = send(browser, PROFILE, **sent)
    arrived = log_in(browser, to_log_in["Location"])

    page = browser.get(arrived)
    assert (to_log_in["Location"], arrived) == (f"/accounts/login/?next={PROFILE}", PROFILE)
    assert page.context["form"]["organisation"].value() == "Ward 7"
    assert BACK in page.text
    ada.refresh_from_db()
    assert (ada.name, ada.organisation) == ("Ada", "")
    send(browser, PROFILE, **TYPED | hidden(browser, PROFILE))
    ada.refresh_from_db()
    assert (ada.name, ada.organisation) == ("Ada Lovelace", "Ward 7")
    assert not TypedForm.objects.exists()
    assert BACK not in browser.get(PROFILE).text


@pytest.mark.slow
def test_nobody_but_the_account_that_typed_it_sees_it(browser, ada):
    make.member("Bo", email="bo@example.org", password=PASSWORD)
    sent = TYPED | hidden(browser, PROFILE)
    end_session()
    to_log_in = send(browser, PROFILE, **sent)

    arrived = log_in(browser, to_log_in["Location"], "bo@example.org")

    page = browser.get(arrived)
    assert page.context["form"]["name"].value() == "Bo"
    assert "Ward 7" not in page.text
    assert TypedForm.objects.get().member == ada


@pytest.mark.parametrize("mark", ["", "1", "1:forged", "\0"])
def test_a_mark_that_is_none_of_ours_names_nobody(ada, mark):
    assert saved_forms.typist(mark) is None
    assert saved_forms.typist(saved_forms.mark_of(ada)) == ada


def test_it_is_gone_after_half_an_hour(browser, ada):
    words = saved_forms.words_of(query(TYPED | {"typed_by": saved_forms.mark_of(ada)}))
    key = saved_forms.keep(words, path=PROFILE, came_from="", at=NOW)
    late = NOW + timedelta(minutes=30)

    assert saved_forms.kept(key, PROFILE, by=ada, at=late - timedelta(seconds=1))
    assert saved_forms.kept(key, PROFILE, by=ada, at=late) is None
    assert saved_forms.kept(key, "/contact/", by=ada, at=NOW) is None
    saved_forms.sweep(at=late - timedelta(seconds=1))
    assert TypedForm.objects.exists()
    saved_forms.sweep(at=late)
    assert not TypedForm.objects.exists()


def query(fields):
    made = QueryDict(mutable=True)
    made.update(fields)
    return made


def test_no_secret_is_kept():
    secrets = {
        "password": "x",
        "oldpassword": "x",
        "code": "1",
        "join_passcode": "7",
        "csrfmiddlewaretoken": "t",
    }

    assert saved_forms.words_of(query(secrets | {"code_of_conduct": "on"})).dict() == {
        "code_of_conduct": "on"
    }


def test_what_is_kept_is_bounded(ada):
    mark = saved_forms.mark_of(ada)
    for number in range(7):
        saved_forms.keep(query({"body": f"{number}", "typed_by": mark}), path="/a/", came_from="", at=NOW)
    too_long = saved_forms.keep(
        query({"body": "a" * 300_001, "typed_by": mark}), path="/a/", came_from="", at=NOW
    )
    of_a_visitor = saved_forms.keep(query({"body": "a" * 30_001}), path="/a/", came_from="", at=NOW)

    assert [one.fields["body"] for one in TypedForm.objects.order_by("pk")] == [
        ["2"],
        ["3"],
        ["4"],
        ["5"],
        ["6"],
    ]
    assert (too_long, of_a_visitor) == ("", "")


def test_an_act_without_words_is_not_kept(browser, ada):
    event = make.event()
    sent = hidden(browser, f"/events/{event.slug}/register/")
    end_session()

    send(browser, f"/events/{event.slug}/register/cancel/", **sent)

    assert not TypedForm.objects.exists()


@pytest.mark.parametrize("asks", ["", "?theme=2&q=falls"])
def test_a_form_beside_others_comes_back_on_its_page(browser, ada, asks):
    registration = make.registration(make.event_ahead(), ada)
    page = reverse("events:register", args=[registration.event.slug])
    sent = hidden(browser, page) | {"needs": "A ramp"}
    end_session()

    address = reverse("events:access_needs", args=[registration.event.slug])
    headers = {"origin": "http://testserver", "referer": f"http://testserver{page}{asks}"}
    to_log_in = browser.post(address, sent, headers=headers)
    arrived = log_in(browser, to_log_in["Location"])
    back = browser.get(arrived)
    form = browser.get(back["Location"])

    assert (arrived, back.status_code, back["Location"]) == (address, 302, f"{page}{asks}")
    assert "A ramp" in form.text


@pytest.mark.slow
def test_a_post_that_met_the_log_in_comes_back_whole(browser, ada):
    post = draft()
    eve = editor(browser)
    eve.set_password(PASSWORD)
    eve.save()
    browser.force_login(eve)
    path = reverse("team:post_edit", args=[post.pk])
    sent = form_of(post, title="Half a ti", kind="news") | hidden(browser, path)
    end_session()

    arrived = log_in(browser, send(browser, path, **sent)["Location"], eve.email)

    form = browser.get(arrived).context["form"]
    assert (arrived, form["title"].value(), form["kind"].value()) == (path, "Half a ti", "news")


@pytest.mark.slow
def test_the_admin_keeps_what_was_typed(browser, ada):
    Member.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    second_step.given_in(browser)
    path = reverse("admin:members_sitesettings_change", args=[1])
    browser.post(path)
    shown = browser.get(path, follow=True)
    path = shown.redirect_chain[-1][0] if shown.redirect_chain else path
    sent = hidden(browser, path) | {"name": "A community", "contact_email": "q@example.org"}
    end_session()

    to_log_in = send(browser, path, **sent)
    assert "/login/" in to_log_in["Location"]
    arrived = log_in(browser, f"/accounts/login/?next={path}")

    page = browser.get(arrived)
    assert page.context["adminform"].form["name"].value() == "A community"
    assert BACK in page.text


@pytest.mark.slow
def test_entries_below_a_record_in_the_admin_come_back_with_it(browser, ada):
    Member.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    second_step.given_in(browser)
    session = make.session(make.event())
    path = reverse("admin:events_session_change", args=[session.pk])
    prefix = browser.get(path).context["inline_admin_formsets"][0].formset.prefix
    entry = {f"{prefix}-0-contributor": "Hana", f"{prefix}-0-part": "host"}
    sent = hidden(browser, path) | {"title": "Flow"} | entry
    end_session()

    send(browser, path, **sent)
    page = browser.get(log_in(browser, f"/accounts/login/?next={path}"))

    first = page.context["inline_admin_formsets"][0].formset.forms[0]
    assert page.context["adminform"].form["title"].value() == "Flow"
    assert "Hana" in str(first["contributor"].value())


@pytest.mark.slow
def test_the_words_of_a_page_without_an_address_are_shown_once_to_be_sent_again(browser, ada):
    Member.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    second_step.given_in(browser)
    winnie = make.member("Winnie", membership="waiting")
    path = reverse("admin:members_member_changelist")
    sent = hidden(browser, PROFILE) | {
        "action": "decline",
        "_selected_action": winnie.pk,
        "reason": "Not yet.",
    }
    end_session()

    send(browser, path, **sent)
    arrived = log_in(browser, f"/accounts/login/?next={path}")
    page, later = browser.get(arrived), browser.get(path)

    assert arrived == path
    assert '<blockquote class="typed-words">Not yet.</blockquote>' in flat(page.text)
    assert f'<form method="post" action="{path}">' in flat(page.text)
    for name, value in (("action", "decline"), ("_selected_action", winnie.pk), ("reason", "Not yet.")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in flat(page.text)
    assert "Not yet." not in later.text
    winnie.refresh_from_db()
    assert winnie.membership == "waiting"


@pytest.mark.slow
def test_the_button_of_an_act_alone_is_not_kept(browser, ada):
    session = make.workshop(make.event_ahead())
    sent = hidden(browser, PROFILE) | {"wanted": "place"}
    end_session()

    answer = send(browser, reverse("workshops:book", args=[session.event.slug, session.slug]), **sent)

    assert (
        answer["Location"]
        == f"/accounts/login/?next={reverse('workshops:agenda', args=[session.event.slug])}"
    )
    assert not TypedForm.objects.exists()
