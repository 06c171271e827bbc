"""Two people at one record: the later, stale save is refused and says who changed what was seen, and when.

A form carries when its record was last changed (``changed_at``) as a hidden field; at the save the record
is locked and compared. What was typed stays in the form. The admin and the pages share this.
"""

from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import connection, models
from django.utils import timezone

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


def who_changed(record: models.Model) -> str:
    """Say who changed the record last, and when, as far as the log knows."""
    entry = (
        LogEntry.objects.filter(content_type=get_content_type_for_model(record), object_id=str(record.pk))
        .select_related("user")
        .order_by("-action_time")
        .first()
    )
    current = type(record)._base_manager.filter(pk=record.pk).first()
    changed_at = getattr(current, "changed_at", None)
    if changed_at is None:
        return "It has been deleted since you opened it."
    moment = format_moment(changed_at, timezone.get_current_timezone_name())
    if entry and abs((changed_at - entry.action_time).total_seconds()) < 5:  # one save
        return f"{entry.user} changed it on {moment}."
    return f"It was changed on {moment}."


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
            raise forms.ValidationError(
                f"{who_changed(self.instance)} Nothing has been saved. What you typed is still here: "
                "open the page again in another tab to see the change, and save from there.",
                code="stale",
            )
        return cleaned
