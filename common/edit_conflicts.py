"""Two people at one record: the later, stale save is refused and says who changed what was seen, and when.

A form carries when its record was last changed (``changed_at``) as a hidden field; at the save the record
is locked and compared. What was typed stays in the form. The admin and the pages share this.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from common.plain_text import PlainTextMixin
from common.times import format_moment


def stamp(record: models.Model) -> str:
    """Return what a form must carry to show which state of the record was seen."""
    changed_at = getattr(record, "changed_at", None)
    return changed_at.isoformat() if changed_at else ""


def has_changed(record: models.Model, seen: str) -> bool:
    """Whether the record is no longer the one that was ``seen``; locks its row inside a transaction."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    if connection.in_atomic_block:
        rows = rows.select_for_update(no_key=True, of=("self",))
    current = rows.first()
    return current is None or stamp(current) != seen


#: Asked with a record: who did something to it last, and when; ``None`` where nobody has.
LastAct = Callable[[models.Model], tuple[str, datetime] | None]
_last_acts: list[LastAct] = []


def register_last_act(lookup: LastAct) -> None:
    """Let the app that records acts say who was quicker. Call it in ``AppConfig.ready``."""
    if lookup not in _last_acts:
        _last_acts.append(lookup)


def who_changed(record: models.Model) -> str:
    """Say who changed the record last, and when, as far as it is recorded."""
    found = [act for lookup in _last_acts if (act := lookup(record))]
    current = type(record)._base_manager.filter(pk=record.pk).first()
    changed_at = getattr(current, "changed_at", None)
    if changed_at is None:
        return _("It has been deleted since you opened it.")
    moment = format_moment(changed_at, timezone.get_current_timezone_name())
    for who, at in found:
        if abs((changed_at - at).total_seconds()) < 5:  # one save
            return _("%(who)s changed it on %(moment)s.") % {"who": who, "moment": moment}
    return _("It was changed on %(moment)s.") % {"moment": moment}


class StaleForm(PlainTextMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A model form whose save is refused when its record was changed since it was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = stamp(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse what was not seen as it is now; run inside the transaction that saves."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and has_changed(self.instance, cleaned.get("seen", "")):
            what_now = _(
                "Nothing has been saved. What you typed is still here: open the page again in another tab to "
                "see the change, and save from there."
            )
            raise forms.ValidationError(f"{who_changed(self.instance)} {what_now}", code="stale")
        return cleaned
