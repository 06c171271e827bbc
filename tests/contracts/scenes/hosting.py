"""Forms that hosts meet on the way in, and those with which the team invites them."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from events.models import Contributor
from hosting.models import Agreement, Deputy, Invitation, Rewording, Withdrawal
from notifications.models import Message
from tests import letters, make
from tests.contracts import people

HOSTING = "/events/2026/hosting/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def asked() -> Any:
        made = scene(world(), people.reader(), None, [f"{HOSTING}code/"])
        made.press(f"{HOSTING}enter/", email="hana@hosts.example")
        return made

    def let_in() -> Any:
        made = asked()
        made.paths = [f"{HOSTING}agree/"]
        Agreement.objects.all().delete()
        code = letters.code_in(Message.objects.filter(kind="host-code").latest("pk"))
        cache.clear()
        made.client.post(f"{HOSTING}code/", {"code": code})
        return made

    def inviting() -> Any:
        made, tess = world(), people.staff("Event admin")
        Invitation.objects.all().delete()
        Withdrawal.objects.update(noted_at=None)
        return scene(
            made, people.reader(tess), tess, ["/team/events/2026/", "/team/events/2026/sessions/flow/"]
        )

    def with_a_deputy() -> Any:
        made, hana = world(), make.member("Hana", email="hana@hosts.example")
        link = made.session.session_contributors.get()
        di = Contributor.objects.create(name="Di", email="di@hosts.example")
        Deputy.objects.create(of=link, contributor=di, name="Di", named_at=make.NOW)
        return scene(made, people.reader(hana), hana, [f"{HOSTING}sessions/flow/deputy/"])

    def words_were_taken() -> Any:
        made, tess = world(), people.staff("Event admin")
        Rewording.objects.update(state="taken", decided_at=make.NOW, summary=made.session.summary)
        return scene(made, people.reader(tess), tess, ["/team/events/2026/sessions/flow/"])

    def looking_at_needs() -> Any:
        made, tess = world(), people.staff("Event admin")
        made = scene(made, people.reader(tess), tess, ["/team/events/2026/host-needs/"])
        made.press("/team/events/2026/host-needs/")
        return made

    return {
        "what hosts need is looked at": looking_at_needs,
        "words of a host were taken": words_were_taken,
        "a host with a deputy": with_a_deputy,
        "a host's code": asked,
        "a host agrees": let_in,
        "the team invites hosts": inviting,
    }
