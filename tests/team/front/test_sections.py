"""What waits for whom on the team's first page, and where each line leads."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from events.models import Event
from members import membership
from notifications import outbox
from notifications.models import Message
from team import taking
from tests import make
from tests.contracts import people
from tests.markup import flat
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
PATH = "/team/"
MEMBER = "members.member"


def sections(member):
    """The jobs on their page, by name."""
    return {one.name: one for one in people.reader(member).get(PATH).context["sections"]}


def page_of(session):
    return f"/team/events/{session.event.slug}/sessions/{session.slug}/"


def texts(section):
    return [line.text for line in section.lines]


def something_of_everything(number=1):
    """People who wait, emails that failed, a draft, and full sessions; so many of each."""
    event = make.event_ahead()
    for n in range(number):
        make.member(f"Winnie {n}", membership="waiting", membership_changed_at=timezone.now())
        make.session(event, status="draft", title=f"Draft {n}")
        full = make.workshop(event, capacity=2, title=f"Full {n}")
        Workshop.objects.filter(session=full).update(taken=2, line=n, ticket=n + 2)
        outbox.enqueue("welcome", at=timezone.now(), key=f"k{n}", email="ada@example.org")
    Message.objects.update(state="failed")


def test_what_waits_is_there_with_the_way_to_it():
    something_of_everything()
    event = Event.objects.get()

    found = sections(people.admin())

    assert {name: [(line.text, line.url) for line in one.lines] for name, one in found.items()} == {
        "People": [("1 person waits for approval", "/team/approvals/")],
        "Emails": [("1 email could not be sent", "/admin/notifications/message/?state__exact=failed")],
        "Sessions": [
            ("Full 0", page_of(Workshop.objects.get(line=0, taken=2).session)),
            ("1 session is a draft, which nobody sees", "/admin/events/session/?status__exact=draft"),
        ],
        "Announcements": [],
        "Access needs": [],
        "Comments": [],
        "Posts": [],
        "Concerns": [
            (f"Name two people who read concerns of {event.title}", f"/team/events/{event.slug}/concerns/")
        ],
    }


@pytest.mark.slow
def test_every_line_leads_to_a_page_that_opens():
    something_of_everything(7)
    client = people.reader(people.admin())

    found = client.get(PATH).context["sections"]
    urls = [item.url for one in found for item in [*one.lines, *one.things]] + [one.url for one in found]

    assert len(urls) > 20
    assert {client.get(url).status_code for url in urls} == {200}


def test_sessions_that_fill_up_begin_with_the_longest_line_and_the_rest_is_a_list():
    something_of_everything(7)

    lines = sections(people.staff("Support"))["Sessions"].lines

    assert [line.text for line in lines] == [*(f"Full {n}" for n in (6, 5, 4, 3, 2)), "All that fill up"]
    assert lines[0].detail == "2 of 2 places taken, 6 waiting"
    assert lines[-1].url == "/admin/events/session/?places=filling"


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_an_event_that_is_not_public_fills_up_nowhere(status):
    event = make.event_ahead(status=status)
    Workshop.objects.filter(session=make.workshop(event, capacity=2)).update(taken=2)

    assert texts(sections(people.admin())["Sessions"]) == []


def test_who_may_only_look_at_emails_is_offered_none_to_take():
    something_of_everything()
    reader = people.staff("Support")
    again = Permission.objects.filter(codename="send_message_again")
    reader.groups.get().permissions.remove(*again)

    page = people.reader(reader).get(PATH)

    (email,) = {one.name: one for one in page.context["sections"]}["Emails"].things
    assert not email.can_be_taken
    assert f"notifications.message:{email.pk}" not in page.text


def test_an_event_in_the_past_fills_up_no_more():
    full = make.workshop(make.event_ahead(), capacity=2)
    Workshop.objects.filter(session=full).update(taken=2)
    full.starts_at, full.ends_at = (timezone.now() - timedelta(hours=hours) for hours in (2, 1))
    full.save()

    assert texts(sections(people.admin())["Sessions"]) == []


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("Moderator", ["Comments"]),
        ("Blog editor", ["Posts"]),
        ("Support", ["People", "Emails", "Sessions", "Access needs"]),
        ("Event admin", ["People", "Emails", "Sessions", "Announcements", "Access needs", "Concerns"]),
        (None, []),
    ],
)
def test_each_sees_the_jobs_they_have_a_part_in(role, names):
    something_of_everything()

    assert list(sections(people.staff(role) if role else people.staff())) == names


def test_drafts_are_for_who_changes_the_programme():
    something_of_everything()

    assert texts(sections(people.staff("Support"))["Sessions"]) == ["Full 0"]
    assert len(texts(sections(people.staff("Event admin"))["Sessions"])) == 2


def test_who_waits_longest_is_named_first_with_what_one_decides_by():
    now = timezone.now()
    for hours in range(7):
        make.member(
            f"Person {hours}", membership="waiting", membership_changed_at=now - timedelta(hours=hours)
        )

    things = sections(people.staff("Support"))["People"].things

    assert [one.title for one in things] == [f"Person {hours}" for hours in (6, 5, 4, 3, 2)]
    assert things[0].detail == "No role given. Has waited for 6 hours."


def test_a_failed_email_names_whom_it_was_for_and_never_an_address():
    outbox.enqueue("welcome", at=timezone.now(), key="1", email="secret@example.org")
    outbox.enqueue("welcome", at=timezone.now(), key="2", member=make.member("Ada"))
    Message.objects.update(state="failed")

    page = people.reader(people.staff("Support")).get(PATH)

    things = {one.name: one for one in page.context["sections"]}["Emails"].things
    assert [one.detail.split(",")[0] for one in things] == ["To Ada", "To somebody without an account"]
    assert "secret@example.org" not in page.text


def test_with_nothing_waiting_each_job_says_what_would_be_there():
    text = flat(people.reader(people.admin()).get(PATH).text)

    for words in ("Nobody waits for approval.", "All emails went out.", "No session fills up, and none is"):
        assert words in text


# Taking


def press(member, url, value, **more):
    """Press a button of the page, and read the answer."""
    return people.reader(member).post(url, {"thing": value} | more, follow=True)


def test_one_press_takes_a_thing_and_colleagues_see_who_is_on_it():
    winnie, mo, nia = make.member("Winnie", membership="waiting"), make_staff("Mo"), make_staff("Nia")

    press(mo, "/team/take/", f"{MEMBER}:{winnie.pk}")

    assert "You are on it" in flat(people.reader(mo).get(PATH).text)
    assert "<bdi>Mo</bdi> is on it, since" in flat(people.reader(nia).get(PATH).text)


def test_a_second_press_is_told_who_was_first_and_offered_to_take_over():
    winnie, mo, nia = make.member("Winnie", membership="waiting"), make_staff("Mo"), make_staff("Nia")
    press(mo, "/team/take/", f"{MEMBER}:{winnie.pk}")

    refused = press(nia, "/team/take/", f"{MEMBER}:{winnie.pk}")
    assert "Mo is on it already." in flat(refused.text)
    assert f'value="{MEMBER}:{winnie.pk}:{mo.pk}"' in refused.text

    taken = press(nia, "/team/take/", f"{MEMBER}:{winnie.pk}:{mo.pk}")
    assert "You are on it: your colleagues see that" in flat(taken.text)


def test_what_is_given_back_can_be_taken_by_anybody():
    winnie, mo = make.member("Winnie", membership="waiting"), make_staff("Mo")
    press(mo, "/team/take/", f"{MEMBER}:{winnie.pk}")

    answer = press(mo, "/team/give-back/", f"{MEMBER}:{winnie.pk}")

    assert "anybody can take it" in flat(answer.text)
    assert taking.current(at=timezone.now()) == {}


def test_what_was_dealt_with_meanwhile_is_said():
    winnie, mo = make.member("Winnie", membership="waiting"), make_staff("Mo")
    membership.approve(winnie, by=mo, at=timezone.now())

    assert "This waits no longer" in flat(press(mo, "/team/take/", f"{MEMBER}:{winnie.pk}").text)


@pytest.mark.parametrize(
    "value", ["comments.comment:1", "members.sitesettings:1", "", ":::", "members.member"]
)
def test_nobody_takes_what_they_do_not_deal_with_and_nonsense_is_no_fault(value):
    answer = press(make_staff("Mo"), "/team/take/", value)

    assert answer.status_code in (200, 403)
    assert taking.current(at=timezone.now()) == {}


def test_taking_leads_back_to_where_it_was_pressed():
    winnie = make.member("Winnie", membership="waiting")
    client = people.reader(make_staff("Mo"))

    answer = client.post("/team/take/", {"thing": f"{MEMBER}:{winnie.pk}", "next": "/team/approvals/"})

    assert answer["Location"] == "/team/approvals/"


def test_who_was_ticked_stays_ticked_across_a_taking():
    winnie, xena = (make.member(name, membership="waiting") for name in ("Winnie", "Xena"))
    client = people.reader(make_staff("Mo"))
    fields = {"thing": f"{MEMBER}:{winnie.pk}", "next": "/team/approvals/?page=1", "person": [xena.pk]}

    page = client.post("/team/take/", fields, follow=True)

    assert page.redirect_chain[-1][0] == f"/team/approvals/?page=1&person={xena.pk}"
    assert page.context["ticks"] == [xena.pk]


def make_staff(name):
    """One of support, by name."""
    member = people.staff("Support")
    member.name = name
    member.save()
    return member
