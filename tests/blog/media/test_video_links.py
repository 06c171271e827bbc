"""Videos of posts."""

import pytest

from blog.editing import saving
from blog.media import video_links
from blog.media.video_links import About
from blog.models import Video
from blog.refusals import PostRefused
from tests import make
from tests.blog.editing.revisions import draft
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db

WALK = About("A walk", "https://video.example/1", " Good morning. ", "4 minutes")


def test_a_video_has_a_number_a_link_and_its_words():
    video = video_links.add(draft(), WALK, by=BY, at=NOW)

    assert Video.objects.values_list("number", "title", "url", "length", "transcript").get() == (
        1,
        "A walk",
        "https://video.example/1",
        "4 minutes",
        "Good morning.",
    )
    assert video.number == 1


def test_a_video_without_its_words_is_refused():
    post = draft()
    video = video_links.add(post, WALK, by=BY, at=NOW)

    with pytest.raises(PostRefused, match="Give the words"):
        video_links.add(post, About("Silent", "https://video.example/2", "  "), by=BY, at=NOW)
    with pytest.raises(PostRefused, match="Give the words"):
        video_links.change(video, About("Silent", "https://video.example/2", ""), by=BY, at=NOW)

    assert Video.objects.get().title == "A walk"


def test_what_is_said_of_a_video_can_be_changed():
    video = video_links.add(draft(), WALK, by=BY, at=NOW)

    video_links.change(video, About("A run", "https://video.example/2", "Good evening."), by=BY, at=NOW)

    assert Video.objects.values_list("number", "title", "url", "length").get() == (
        1,
        "A run",
        "https://video.example/2",
        "",
    )


@pytest.mark.parametrize("marker", ["[[video 1]]", "[[Video 1]]", "[[ VIDEO  1 ]]", "[[video&nbsp;1]]"])
def test_a_removed_number_is_not_given_again_where_a_text_had_it(marker):
    eve, post = make.member("Eve"), draft()
    video_links.add(post, WALK, by=BY, at=NOW)
    saving.save(post, {"body": f"<p>{marker}</p>"}, by=eve, at=NOW, seen=None)
    saving.save(post, {"body": "<p>Without.</p>"}, by=eve, at=NOW, seen=None)
    video = video_links.add(post, WALK, by=BY, at=NOW)
    video_links.remove(Video.objects.get(number=1), by=BY, at=NOW)
    video_links.remove(video, by=BY, at=NOW)

    assert video_links.add(post, WALK, by=BY, at=NOW).number == 2


def test_a_post_has_at_most_fifty_videos(monkeypatch):
    monkeypatch.setattr(video_links, "MAX_OF_A_KIND", 1)
    post = draft()
    video_links.add(post, WALK, by=BY, at=NOW)

    with pytest.raises(PostRefused, match="at most 1 videos"):
        video_links.add(post, WALK, by=BY, at=NOW)
