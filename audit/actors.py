"""Who acts: a person on a page, or what acts where nobody presses anything."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class Via(models.TextChoices):
    """How somebody acts; the label stands where no person can be named."""

    PERSON = "person", "A member"
    VISITOR = "visitor", "A visitor"
    HOST = "host", "A host without an account"
    IMPORT = "import", "An import"
    COMMAND = "command", "A command on the server"
    SITE = "site", "The site itself"


@dataclass(frozen=True)
class Actor:
    """Who acts, and how: ``person_id`` is the member's, ``None`` where nobody can be named."""

    via: Via
    person_id: int | None = None


#: What rules take as ``by=``: a member who acts, or one of those below.
By: TypeAlias = AbstractBaseUser | Actor

#: What the site does without anybody pressing: the waiting list, deadlines, promises, keeping its times.
SITE: Final = Actor(Via.SITE)
#: Somebody at the server's command line.
COMMAND: Final = Actor(Via.COMMAND)
#: Somebody without an account.
VISITOR: Final = Actor(Via.VISITOR)
#: Who hosts a session and has no account; the entry's facts say by number which one.
HOST: Final = Actor(Via.HOST)


def importing(by: By) -> Actor:
    """Return who acts where ``by`` imports a file: the import of that person, or what runs it."""
    one = actor(by)
    return Actor(Via.IMPORT, one.person_id) if one.via == Via.PERSON else one


def actor(by: By) -> Actor:
    """Return the actor that ``by`` is."""
    return by if isinstance(by, Actor) else Actor(Via.PERSON, by.pk)
