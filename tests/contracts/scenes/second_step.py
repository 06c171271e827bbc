"""Forms of the second step: where it is set up, where it is given, and what is there once it was."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator

from tests import second_step
from tests.contracts import people

START = "/accounts/second-step/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def setting_up() -> Any:
        made, tess = world(), people.staff()
        client = second_step.about_to_set_up(tess)
        return scene(made, client, tess, [f"{START}app/", f"{START}passkey/"])

    def giving() -> Any:
        made, tess = world(), people.staff()
        second_step.app_of(tess)
        Authenticator.objects.create(user=tess, type="webauthn", data={"name": "Computer at the desk"})
        client = second_step.logged_in_by("password", tess)
        return scene(made, client, tess, [f"{START}give/"])

    def given() -> Any:
        made, tess = world(), people.staff()
        second_step.app_of(tess)
        return scene(made, people.reader(tess), tess, [START, f"{START}codes/"])

    return {"setting up a second step": setting_up, "giving it": giving, "having given it": given}
