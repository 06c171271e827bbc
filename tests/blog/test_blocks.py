"""What the markers in a text show, to whom, and when."""

from datetime import timedelta

import pytest

from blog import blocks, body
from blog.models import Picture, Video
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


def post(*markers, **fields):
    text = "".join(f"<p>{marker}</p>" for marker in markers)
    return make.post(body=body.clean(text), **fields)


def read(post, *, at=NOW, reader=None):
    return blocks.blocks_of(post, at=at, reader=reader)


def kinds(post, **more):
    return [one.kind for one in read(post, **more)]


def picture(post, number=1):
    return Picture.objects.create(
        post=post,
        number=number,
        file="blog/a.webp",
        width=1600,
        height=900,
        alternative_text="A bed board",
        created_at=NOW,
    )


def video(post):
    return Video.objects.create(
        post=post, number=1, title="Rounds", url="https://www.video.example/1", transcript="Hello."
    )


def test_text_and_blocks_stand_in_their_order():
    made = post("One", "[[picture 1]]", "Two", "[[video 1]]")
    picture(made)
    video(made)

    shown = read(made)

    assert [one.kind for one in shown] == ["html", "picture", "html", "video"]
    assert (shown[0].html, shown[1].picture.picture.alternative_text) == ("<p>One</p>", "A bed board")
    assert (shown[3].video.title, shown[3].host) == ("Rounds", "video.example")


@pytest.mark.parametrize(
    "marker",
    ["[[picture 2]]", "[[picture]]", "[[picture ²]]", f"[[picture {'9' * 100}]]", "[[video 1]]", "[[dance]]",
     "[[sessions nothing]]", "[[call to action]]", "[[ ]]", "[[picture 1; drop]]"],
)  # fmt: skip
def test_a_marker_that_stands_for_nothing_is_a_problem(marker):
    made = post("One", marker)
    picture(made)

    problems = [one.problem for one in read(made) if one.kind == "problem"]

    assert len(problems) == 1
    assert problems[0].endswith("stands for nothing, and is not shown.")


def test_a_marker_among_other_words_is_words():
    assert kinds(post("See [[picture 1]] below")) == ["html"]


def test_a_picture_of_another_post_is_not_shown():
    made = post("[[picture 1]]")
    picture(make.post())

    assert kinds(made) == ["problem"]


def test_the_call_to_action_follows_the_reader_and_the_day():
    event = make.event(title="Community event")
    made = post("[[call to action]]", event=event)
    ada, bo = make.member("Ada"), make.member("Bo")
    make.registration(event, ada)
    over = NOW + timedelta(days=90)

    def label(**more):
        return read(made, **more)[0].call.button.label

    assert label() == "Register for the event"
    assert label(reader=bo) == "Register for the event"
    assert label(reader=ada) == "Build your agenda"
    assert (label(at=over), read(made, at=over)[0].call.says) == (
        "See what was on",
        "Community event is over. Thank you to everybody who took part.",
    )


def test_of_an_event_that_is_put_away_one_can_watch_what_was_recorded():
    made = post("[[call to action]]", event=make.event(status="archived"))

    assert read(made)[0].call.button.label == "See what was on"


def test_a_draft_event_is_told_to_nobody():
    event = make.event(status="draft")
    make.session(event, format="talk")

    assert kinds(post("[[call to action]]", "[[sessions talk]]", event=event)) == ["problem", "problem"]


def test_sessions_are_listed_by_theme_or_by_format():
    event = make.event()
    theme = make.theme(event, "Fairer care", slug="fairer-care")
    first, second = make.session(event, hour=9, title="First"), make.session(event, hour=8, title="Second")
    make.session(event, status="draft").themes.add(theme)
    make.session(event, format="talk", title="Talk")
    first.themes.add(theme)
    second.themes.add(theme)

    shown = read(post("[[sessions Fairer-Care]]", "[[sessions talk]]", event=event))

    assert [(one.title, [each.title for each in one.sessions]) for one in shown] == [
        ("Fairer care", ["Second", "First"]),
        ("Talk", ["Talk"]),
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_blocks_cost_a_query_for_each_kind(number, django_assert_num_queries):
    event = make.event()
    theme = make.theme(event, slug="t")
    for _ in range(number):
        make.session(event).themes.add(theme)
    markers = [f"[[picture {one}]]" for one in range(number)]
    made = post(*markers, "[[video 1]]", "[[sessions t]]", "[[call to action]]", event=event)
    for one in range(number):
        picture(made, one + 1)
    video(made)

    with django_assert_num_queries(5):  # pictures, videos, sessions and their themes, settings
        shown = kinds(made)
    assert shown.count("problem") == 1  # there is no picture 0


def test_the_feed_leaves_out_what_follows_the_reader():
    made = post("One", "[[call to action]]", "[[sessions talk]]", "[[video 1]]", event=make.event())
    video(made)

    assert [one.kind for one in blocks.read_for_feed(made)] == ["html", "video"]
