"""Writing to the authors of a post: they get it, nobody sees their address, and no copy is kept."""

import pytest

from audit.actors import VISITOR
from blog import contact
from blog.models import Post
from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.found import found
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
PATH = "/blog/rotas/contact/"
GWEN = contact.Sender("Gwen", "gwen@guests.example", is_member=False)
GUEST = {"name": "Gwen", "email": "gwen@guests.example", "words": "How did you begin?"}


@pytest.fixture
def ada() -> Member:
    return make.member("Ada", email="ada@members.example")


@pytest.fixture
def post(ada) -> Post:
    return make.post("Rotas", slug="rotas", authors=[ada])


@pytest.mark.slow
def test_a_guests_words_reach_the_author_with_the_way_to_answer(post):
    answer = people.reader().post(PATH, GUEST)

    email = letters.only(letters.deliver(NOW))
    assert (answer.status_code, answer["Location"]) == (302, "/blog/rotas/")
    assert (email.to, email.subject) == (["ada@members.example"], "A reader writes about Rotas")
    assert "How did you begin?" in email.body
    assert "Your answer goes to gwen@guests.example and shows your address" in email.body
    assert "Whoever wrote was not logged in: we have not checked the name and the address." in email.body
    assert email.reply_to == ["gwen@guests.example"]
    assert letters.say_the_same_twice(email)


def test_a_member_writes_by_their_own_name_and_address(post):
    bo = make.member("Bo", email="bo@members.example")

    people.reader(bo).post(PATH, {"words": "Hello", "name": "Mallory", "email": "m@evil.example"})

    email = letters.only(letters.deliver(NOW))
    assert (email.subject, "bo@members.example" in email.body) == ("A reader writes about Rotas", True)
    assert "evil" not in email.body
    assert "Bo writes to you about your post" in email.body.replace("\u2068", "").replace("\u2069", "")
    assert "was not logged in" not in email.body


def test_the_words_are_kept_nowhere_once_they_are_sent(post):
    people.reader().post(PATH, GUEST)
    letters.deliver(NOW)

    row = Message.objects.values().get()
    assert row["secret"] is None
    assert "begin" not in str(row)
    assert "gwen" not in str(row)


@pytest.mark.slow
def test_nobody_sees_the_authors_address(post):
    client = people.reader(make.member())

    pages = [client.get(PATH).text, client.post(PATH, {"words": ""}).text, client.get("/blog/rotas/").text]

    assert [page for page in pages if "ada@members.example" in page] == []


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["Ada"], "by email to Ada."),
        (["Ada", "Bo"], "by email to Ada and Bo."),
        (["Ada", "Bo", "Cleo"], "by email to Ada, Bo and Cleo."),
    ],
)
def test_who_gets_it_is_said_beforehand(names, says):
    make.post(slug="of-many", authors=[make.member(name) for name in names])

    page = flat(people.reader().get("/blog/of-many/contact/").text)

    assert says in page.replace("<bdi>", "").replace("</bdi>", "")


def test_each_author_with_an_account_gets_it(post):
    other = make.post(authors=[make.member("Bo"), make.member("Gone", is_active=False)])

    contact.write_to_authors(other, "Hello", sender=GWEN, by=VISITOR, at=NOW)

    assert [found(one.member).name for one in Message.objects.select_related("member")] == ["Bo"]


@pytest.mark.parametrize("authors", [0, 1])
def test_a_post_without_such_an_author_cannot_be_written_to(authors):
    make.post(slug="rotas", authors=[make.member("Gone", is_active=False)] * authors)

    assert people.reader().post(PATH, GUEST).status_code == 404
    assert people.reader().get(PATH).status_code == 404
    assert "Contact the author" not in people.reader().get("/blog/rotas/").text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("words", "", "Write your message."),
        ("words", "x" * 3001, "Use at most 3000 characters; there are 3001."),
        ("name", "", "Enter your name"),
        ("name", "Q team <team@example.org>", "Enter your name without @, &lt; and &gt;."),
        ("email", "nobody", "Enter an email address in the format name@example.org"),
        ("email", "gwen@gäste.example", "Enter an email address in the format name@example.org"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(post, field, value, says):
    answer = people.reader().post(PATH, GUEST | {field: value})

    assert answer.status_code == 200
    assert says in answer.text
    assert Message.objects.count() == 0
    for name, typed in (GUEST | {field: value}).items():
        assert answer.context["form"][name].value() == typed


def test_a_program_that_fills_in_the_trap_is_told_what_everybody_is_told(post):
    answer = people.reader().post(PATH, GUEST | {"website": "https://spam.example"})

    assert (answer.status_code, Message.objects.count()) == (302, 0)


@pytest.mark.slow
def test_one_address_writes_five_times_an_hour_and_then_is_told_so(post):
    answers = [people.reader().post(PATH, GUEST) for _ in range(6)]
    other = people.reader().post(PATH, GUEST | {"email": "bo@guests.example"})

    assert [one.status_code for one in answers] == [302] * 5 + [200]
    assert "Wait an hour" in answers[-1].text
    assert other.status_code == 302


@pytest.mark.slow
def test_nobody_can_lock_a_member_out_by_writing_under_their_address(post):
    bo = make.member("Bo", email="bo@members.example")
    for _ in range(6):
        people.reader().post(PATH, GUEST | {"email": bo.email})

    assert people.reader(bo).post(PATH, {"words": "Hello"}).status_code == 302


@pytest.mark.slow
def test_what_is_trapped_does_not_count(post):
    for _ in range(6):
        people.reader().post(PATH, GUEST | {"website": "x"})

    assert people.reader().post(PATH, GUEST).status_code == 302


@pytest.mark.slow
def test_the_authors_of_a_post_get_sixty_letters_an_hour_at_most(post):
    answers = [people.reader().post(PATH, GUEST | {"email": f"{n}@guests.example"}) for n in range(61)]

    assert [one.status_code for one in answers] == [302] * 60 + [200]


def test_a_draft_cannot_be_written_to(ada):
    make.post(slug="rotas", authors=[ada], status="draft")

    assert people.reader().post(PATH, GUEST).status_code == 404
