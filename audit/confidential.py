"""Acts of which few are told, and why somebody looked at what few may see."""

from typing import Final

from django.db import models

from audit.acts import Act

#: Acts that tell of access needs: to who has the permission to see those, and to nobody else.
ABOUT_NEEDS: Final = tuple(act for act in Act if act.name.startswith(("NEEDS_", "NEED_")))
SEES_NEEDS: Final = "events.view_accessneeds"

#: Acts that tell of concerns: on no page of what the team did last, whoever reads it.
ABOUT_CONCERNS: Final = tuple(act for act in Act if act.value.startswith("concern."))


class Why(models.IntegerChoices):
    """Why somebody looked at what few may see: a fact of an entry, so that no words are needed."""

    TO_ARRANGE = 1, "To arrange what they need"
    FOR_THE_HOST = 2, "The host has to act on it: only what hosts may know"
    TO_ANSWER = 3, "Somebody asked us about their own"
    TO_LOOK_INTO = 4, "Something went wrong, and we look into it"
