"""How tests bring two accounts together: with the codes from the two emails, as the page says it."""

from datetime import datetime, timedelta

from django.apps import apps

from members.merging import act, proof
from members.merging.registry import Way
from members.models import Member
from notifications.models import Message
from tests.found import found
from tests.make import NOW

LATER = timedelta(minutes=1)


def codes(kept: Member, ended: Member) -> tuple[str, str]:
    """The codes that were mailed last to the one and to the other."""
    letters = Message.objects.filter(kind="merge-code")
    first, second = (found(letters.filter(email=one.email).latest("pk").secret) for one in (kept, ended))
    return first["code"], second["code"]


def seen(kept: Member, ended: Member) -> str:
    """What a page sends along that says now what would be done."""
    return act.digest(act.plan(kept, ended))


def bring_together(kept: Member, ended: Member, *, by: Member, at: datetime = NOW) -> Member:
    """Mail the codes, read them out, press."""
    proof.ask(kept, ended, by=by, at=at)
    return act.merge(kept, ended, codes=codes(kept, ended), seen=seen(kept, ended), by=by, at=at)


def ways() -> set[Way]:
    """Every way from a row to a member that the database knows."""
    return {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Member
    }
