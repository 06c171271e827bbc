"""Forms of the team about recordings: shown, waiting to be read, ready to be shown, and new."""

from collections.abc import Callable
from typing import Any

from recordings import publishing, transcripts
from recordings.models import Recording
from tests import make
from tests.contracts import people
from tests.contracts.scenes.afterwards import over
from tests.make import BY

TEAM, SESSION = "/team/events/2026/recordings/", "/team/events/2026/sessions/flow/"
CAPTIONS = (
    b"WEBVTT\n\n00:01.000 --> 00:02.000\nHana: Welcome.\n\n00:02.000 --> 00:03.000\n<v Bo>Thank you.</v>\n"
)


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def looked_at(*paths: str) -> Any:
        made, tess = world(), people.staff("Event admin")
        found = Recording.objects.get()
        return scene(made, people.reader(tess), tess, [f"{TEAM}{found.pk}/", *paths])

    def shown() -> Any:
        return looked_at(f"{SESSION}recording/", f"{SESSION}recording/file/")

    def to_be_read() -> Any:
        made = looked_at()
        found = Recording.objects.get()
        publishing.take_down(found.pk, by=BY, at=make.NOW)
        transcripts.give_captions(found.pk, CAPTIONS, by=BY, at=make.NOW)
        return made

    def to_be_published() -> Any:
        made = looked_at()
        publishing.take_down(Recording.objects.get().pk, by=BY, at=make.NOW)
        file = {"kind": "video", "url": "", "file": "a.mp4", "size": 9, "media_type": "video/mp4"}
        Recording.objects.update(**file)
        return made

    def it_is_over() -> Any:
        made = looked_at(f"{SESSION}take-away/", f"{SESSION}take-away/write/")
        over()
        return made

    def a_host_writes_what_to_take_away() -> Any:
        made, hana = world(), make.member("Hana", email="hana@hosts.example")
        over()
        return scene(made, people.reader(hana), hana, ["/events/2026/hosting/sessions/flow/take-away/"])

    return {
        "what to take away is read": it_is_over,
        "a host writes what to take away": a_host_writes_what_to_take_away,
        "a recording is shown": shown,
        "a transcript is to be read": to_be_read,
        "a recording is to be published": to_be_published,
    }
