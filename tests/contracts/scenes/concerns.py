"""Forms about concerns: read by a reader, opened with a code, and one's own."""

from collections.abc import Callable
from typing import Any

from concerns import codes, readers, removal, reporting
from concerns.models import Concern
from concerns.reporting import Told
from tests import make
from tests.contracts import people

ANSWER = "/events/2026/concern/answer/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def reads() -> Any:
        made = world()
        path = f"/team/concerns/{Concern.objects.get().address}/"
        made_scene = scene(made, people.reader(made.root), made.root, [path])
        made_scene.press(path)
        return made_scene

    def told(made: Any, **fields: Any) -> str:
        event = made.session.event
        seen = reporting.seen(readers.of_event(event))
        return reporting.report(event, Told(codes.new_form(), seen, "He shouted.", **fields), at=make.NOW)

    def with_a_code() -> Any:
        made = world()
        code = told(made)
        made_scene = scene(made, people.reader(), None, [])
        made_scene.press(ANSWER, secret_code=code)
        return made_scene

    def their_own() -> Any:
        made = world()
        told(made, reporter=made.ada)
        return scene(made, people.reader(made.ada), made.ada, [ANSWER])

    def about_a_person() -> Any:
        made, tess = world(), people.staff("Event admin")
        take_out = f"/team/people/{made.ada.pk}/take-out/2026/"
        return scene(made, people.reader(tess), tess, [take_out, "/team/events/2026/concerns/"])

    def out(made: Any) -> Any:
        return removal.remove(
            made.session.event, made.ada, "She shouted.", "You shouted.", by=made.root, at=make.NOW
        )

    def asks_for_a_second_look() -> Any:
        made = world()
        out(made)
        return scene(made, people.reader(made.ada), made.ada, ["/events/2026/second-look/"])

    def looks_again() -> Any:
        made, tess = world(), people.staff("Event admin")
        out(made)
        removal.ask(made.session.event, made.ada, "I did not.", by=made.ada, at=make.NOW)
        return scene(made, people.reader(tess), tess, [f"/team/people/{made.ada.pk}/second-look/2026/"])

    return {
        "somebody is to be taken out": about_a_person,
        "who was taken out": asks_for_a_second_look,
        "somebody else looks again": looks_again,
        "a reader at a concern": reads,
        "who reported, with a code": with_a_code,
        "who reported, with their name": their_own,
    }
