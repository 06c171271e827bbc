"""An admin whose stale saves are refused."""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest

from common.admin.lookups import OffersItsFilters
from common.edit_conflicts import StaleForm


class RefusesStaleSaves(OffersItsFilters):
    """An admin whose stale saves are refused. A form of one's own must derive from ``StaleForm``."""

    form = StaleForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Carry the hidden field in the first fieldset, wherever an admin names its own."""
        given: Any = super().get_fieldsets(request, obj)
        fieldsets = [(name, dict(options)) for name, options in given]
        fields = flatten_fieldsets(given)
        if obj is not None and "seen" not in fields and self.has_change_permission(request, obj):
            fieldsets[0][1]["fields"] = [*fieldsets[0][1]["fields"], "seen"]
        return fieldsets
