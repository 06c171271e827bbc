"""The journey: write, look at it as somebody, test, send, see how far it has come; nothing typed is lost."""

from uuid import uuid4

import pytest

from common.edit_conflicts import stamp
from events.models import Event
from members.models import Member
from notifications.models import Message
from team.models import Announcement
from tests import letters, make
from tests.contracts import people
from tests.found import found
from tests.make import NOW
from tests.markup import flat
from tests.team.announcements import announcing
from tests.team.announcements.announcing import draft, now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

ALL = "/team/announcements/"


@pytest.fixture
def typed(event) -> dict[str, str]:
    """What is typed: to the two who are registered for the event."""
    for name in ("Dr Ada Lovelace", "Bo"):
        make.registration(event, make.member(name))
    return {
        "audience": "registered",
        "event": str(event.pk),
        "subject": "{event}: bring a pen",
        "words": "Hello {first name},\r\n\r\nwe draw **rivers**.\r\n\r\n- {agenda link}",
        "act": "save",
    }


def page(told: Announcement) -> str:
    return f"{ALL}{told.pk}/"


def test_from_the_first_word_to_the_last_email(desk, typed):
    looked = flat(desk.post(f"{ALL}new/", typed, follow=True).text)
    told = Announcement.objects.get()
    assert "<strong>2</strong> people, of 2." in looked
    assert "This is how <bdi>Dr Ada Lovelace</bdi> gets it." in looked
    assert '<p class="team-letter-subject">Subject: Community event: bring a pen</p>' in looked
    assert "Hello Ada," in looked

    sent = flat(desk.post(f"{page(told)}send/", {"seen": stamp(told)}, follow=True).text)
    assert "It is going out. You can close this page: it goes on by itself." in sent
    announcing.write()
    letters.deliver(NOW)

    over = flat(desk.get(page(told)).text)
    assert "It is sent." in over
    assert "<dt>Sent</dt><dd>2</dd>" in over


def test_the_email_has_the_words_of_each_in_both_parts(desk, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    desk.post(f"{page(told)}send/", {"seen": stamp(told)})
    announcing.write()

    first, second = letters.deliver(NOW)

    assert first.subject == "Community event: bring a pen"
    assert "Hello Ada,\n\nwe draw rivers.\n\n- See your agenda: http" in first.body
    assert "Hello Bo," in second.body
    assert "we draw <strong>rivers</strong>" in letters.html_of(first)
    assert letters.say_the_same_twice(first)


def test_the_footer_says_to_members_that_they_are_members_whichever_event_it_is_about(desk, typed):
    desk.post(f"{ALL}new/", typed | {"audience": "members"})
    told = Announcement.objects.get()

    looked = flat(desk.get(page(told)).text)

    assert "You get this email because you are a member of our community." in looked
    assert "because you registered" not in looked


def test_numbers_in_brackets_of_other_programs_addresses_are_no_placeholders(desk, typed):
    link = "[it](https://nhs.sharepoint.example/doc?id=%7B0AF3-11%7D)"

    desk.post(f"{ALL}new/", typed | {"words": link})

    assert "%7B0AF3-11%7D" in Announcement.objects.get().words


def test_a_colleagues_second_press_is_told_who_sent_it_and_who_stopped_it(desk, tess, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    seen, colleague = {"seen": stamp(told)}, people.reader(people.staff("Event admin"))
    desk.post(f"{page(told)}send/", seen)

    again = flat(colleague.post(f"{page(told)}send/", seen, follow=True).text)
    changed = flat(colleague.post(f"{page(told)}edit/", typed | seen).text)
    desk.post(f"{page(told)}stop/")
    stopped = flat(colleague.post(f"{page(told)}stop/", follow=True).text)

    assert f"{tess} sent it, Monday 2 November, 10:00" in again
    assert "Nothing is sent twice; here is how far it is." in again
    assert f"{tess} sent it, Monday 2 November, 10:00" in changed
    assert "It stays as it was sent. Write another one." in changed
    assert f"{tess} has stopped it already: nothing more goes out." in stopped


def test_what_was_typed_into_a_draft_that_a_colleague_deleted_is_kept_and_saved_as_another(desk, tess, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    colleague = people.reader(people.staff("Event admin"))
    desk.post(f"{page(told)}delete/")

    answer = flat(colleague.post(f"{page(told)}edit/", typed | {"seen": stamp(told)}).text)
    saved = colleague.post(f"{ALL}new/", typed)

    assert f"{tess} deleted it, Monday 2 November, 10:00" in answer
    assert "save it, and it is a new draft." in answer
    assert "we draw **rivers**" in answer
    assert f'action="{ALL}new/"' in answer
    assert saved.status_code == 302
    assert colleague.post(f"{ALL}999999/edit/", typed).status_code == 404


def test_a_test_goes_to_who_asks_alone_and_counts_nowhere(desk, tess, typed):
    desk.post(f"{ALL}new/", typed)
    told, number = Announcement.objects.get(), {"submission": str(uuid4())}

    for _ in range(2):
        desk.post(f"{page(told)}test/", number)

    email = letters.only(letters.deliver(NOW))
    assert email.to == [tess.email]
    assert email.subject == "Test: Community event: bring a pen"
    assert "This is a test. It went to you and nobody else." in email.body
    assert (now(told).state, now(told).people) == ("draft", 0)


@pytest.mark.parametrize(
    ("typed_wrong", "says"),
    [
        ({"words": "Hello {frist name}"}, "There is no placeholder {frist name}."),
        ({"subject": "For {nmae}"}, "There is no placeholder {nmae}."),
        ({"words": "Hello {first name"}, "A curly bracket stands alone."),
        ({"audience": "members", "event": ""}, "{event} says nothing here: this audience is of no event."),
        ({"event": ""}, "Choose the event whose people you write to"),
        ({"audience": "theme"}, "Choose a theme"),
        ({"audience": "hosts"}, "Hosts without an account have no email choices"),
        ({"is_service": "on"}, "Say why everybody needs it"),
        ({"words": "See this:\n\n[[picture 1]]"}, "Pictures, videos and blocks of posts are not shown"),
        ({"words": "x" * 20_001}, "Use at most 20000 characters; there are 20001."),
        ({"subject": "x" * 79}, "Use at most 78 characters; there are 79."),
        ({"words": " "}, "Write the message"),
        ({"words": "[it](https://a.example/?n={name})"}, "A placeholder cannot be the address of a link"),
        ({"words": "[it]({programme link})"}, "A placeholder cannot be the address of a link"),
        ({"words": "[{agenda link}](https://a.example/)"}, "{agenda link} is a link itself"),
    ],
    ids=lambda one: "-".join(one) if isinstance(one, dict) else "",
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, typed, typed_wrong, says):
    answer = desk.post(f"{ALL}new/", typed | typed_wrong)

    assert says in flat(answer.text).replace("&quot;", '"')
    assert not Announcement.objects.exists()


def test_the_next_event_is_chosen_and_who_came_from_its_page_finds_their_audience(desk, event):
    page = flat(desk.get(f"{ALL}new/?audience=nothing-booked").text)

    assert f'<option value="{event.pk}" selected>' in page
    assert (
        desk.get(f"{ALL}new/?audience=nothing-booked").context["form"]["audience"].value() == "nothing-booked"
    )


def test_what_is_pasted_comes_back_as_a_message(desk):
    answer = desk.post(f"{ALL}new/paste/", {"html": "<p onclick='x'>Hello <b>you</b></p>"}).json()

    assert answer["html"] == "<p>Hello <strong>you</strong></p>"


def test_sessions_are_asked_for_without_losing_a_word(desk, event, typed):
    session = make.workshop(event, title="The huddle")

    asked = flat(desk.post(f"{ALL}new/", typed | {"audience": "booked", "act": "audience"}).text)

    assert "The huddle" in asked
    assert "we draw **rivers**" in asked
    assert "error" not in asked.lower()
    desk.post(f"{ALL}new/", typed | {"audience": "booked", "sessions": [str(session.pk)]})
    assert list(Announcement.objects.get().sessions.all()) == [session]


def test_a_stale_save_is_refused_and_keeps_what_was_typed(desk, tess, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    Announcement.objects.filter(pk=told.pk).update(changed_at=NOW.replace(hour=11))

    answer = flat(desk.post(f"{page(told)}edit/", typed | {"subject": "Mine", "seen": stamp(told)}).text)

    assert "Look at it as it is now first." in answer
    assert 'value="Mine"' in answer
    assert now(told).subject == "{event}: bring a pen"


def test_it_can_be_looked_at_as_the_next_person(desk, typed):
    desk.post(f"{ALL}new/", typed)
    first = Member.objects.get(name="Dr Ada Lovelace")

    looked = flat(desk.get(f"{page(Announcement.objects.get())}?after={first.pk}").text)

    assert "This is how <bdi>Bo</bdi> gets it." in looked


def test_who_looks_at_it_as_somebody_cannot_stop_their_emails(desk, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()

    for page_of_it in (page(told), f"{page(told)}email/"):
        assert "/members/emails/stop/" not in desk.get(page_of_it).text
        assert "/members/emails/" in desk.get(page_of_it).text


def test_it_can_be_looked_at_as_somebody_who_is_named(desk, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    bo = Member.objects.get(name="Bo")

    for named in ("bo", bo.email.upper()):
        looked = desk.get(page(told), {"named": named})
        assert "This is how <bdi>Bo</bdi> gets it." in flat(looked.text)
        assert "Hello Bo," in desk.get(f"{page(told)}email/", {"named": named}).text
    other = flat(desk.get(page(told), {"named": "Zoe"}).text)
    assert "“Zoe” is not among those who get it." in other
    assert "This is how <bdi>Dr Ada Lovelace</bdi> gets it." in other


def test_the_email_in_the_frame_runs_nothing_and_loads_nothing(desk, typed):
    desk.post(f"{ALL}new/", typed | {"words": "<p>Hello</p><script>alert(1)</script>"})

    frame = desk.get(f"{page(Announcement.objects.get())}email/")

    assert "script" not in frame.text
    assert "sandbox" in frame["Content-Security-Policy"]


def test_it_is_scheduled_in_the_time_of_its_event(desk, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    Event.objects.update(time_zone="America/New_York")
    moment = {"moment_0": "2026-11-03", "moment_1": "09:30", "seen": stamp(told)}

    answer = flat(desk.post(f"{page(told)}schedule/", moment, follow=True).text)

    assert found(now(told).send_at).isoformat() == "2026-11-03T14:30:00+00:00"
    assert "It goes out by itself on Tuesday 3 November, 09:30" in answer


def test_a_moment_that_has_passed_is_refused_on_the_page(desk, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    moment = {"moment_0": "2026-11-02", "moment_1": "09:30", "seen": stamp(told)}

    answer = desk.post(f"{page(told)}schedule/", moment)

    assert "This moment has passed." in answer.text
    assert 'value="09:30"' in answer.text


def test_an_email_that_failed_says_why_and_is_sent_again(desk, tess, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    announcing.send(told, tess)
    announcing.write()
    failed = Message.objects.filter(kind="announcement").earliest("pk")
    Message.objects.filter(pk=failed.pk).update(state="failed", last_error="No such mailbox.")

    assert "No such mailbox." in desk.get(page(told)).text
    desk.post(f"{page(told)}again/{failed.pk}/")

    assert Message.objects.get(pk=failed.pk).state == "queued"


def test_while_it_goes_out_the_page_has_a_way_to_look_again_with_and_without_a_script(desk, tess, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    announcing.send(told, tess)
    under_way = desk.get(page(told)).text
    announcing.write()
    letters.deliver(NOW)
    over = desk.get(page(told)).text

    assert ["Look how far it is now" in one for one in (under_way, over)] == [True, False]
    assert ["js/progress.js" in one for one in (under_way, over)] == [True, False]


def test_it_is_stopped_and_says_how_many_were_taken_back(desk, tess, typed):
    desk.post(f"{ALL}new/", typed)
    told = Announcement.objects.get()
    announcing.send(told, tess)
    announcing.write()

    answer = flat(desk.post(f"{page(told)}stop/", follow=True).text)

    assert "It is stopped. 2 emails were taken back." in answer


def test_who_wrote_to_them_lately_is_said_before_it_is_sent(desk, tess, event, typed):
    announcing.sent(tess, "registered", event=event, subject="Pens, please")

    answer = flat(desk.post(f"{ALL}new/", typed, follow=True).text)

    assert "“Pens, please”. To: Everybody who is registered (Community event)" in answer


def test_support_and_editors_do_not_announce(tess):
    told = draft(tess)

    for role in ("Support", "Blog editor", "Moderator"):
        their = people.reader(people.staff(role))
        assert their.get(ALL).status_code == 403
        assert their.post(f"{page(told)}send/", {"seen": stamp(told)}).status_code == 403
    assert now(told).state == "draft"
