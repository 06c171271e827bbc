"""What an address of the admin may ask for.

Django lets an address filter a list by any field of its table, shown or not, and by any comparison: who may
see messages could have asked for the secret of each, figure by figure. Here a list is filtered by what its
``list_filter`` offers, compared as those filters compare, and nothing else (Django answers 400). A form for
a new record is filled in advance with the ids that its address names, not with text of any kind.
"""

import re
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.text import capfirst

from common.admin.fields import PLAIN
from common.http import parse_id

#: As many figures as any id of ours can have.
ID = re.compile(r"[0-9]{1,18}")
COMPARISONS = frozenset({"exact", "in", "isnull", "gt", "gte", "lt", "lte"})


class OffersItsFilters(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """An admin whose lists are filtered by what they offer, and whose records have one address each."""

    formfield_overrides = PLAIN
    #: Relations that are written in words (a name, an address) in place of being chosen.
    written_relations: ClassVar[list[str]] = []

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the record of an id as the site writes it: who looks at the address finds the same one.

        Django takes "+1" and "01" for 1 too, and what is asked before a record opens would not.
        """
        is_ours = str(parse_id(object_id)) == object_id
        return super().get_object(request, object_id, from_field) if is_ours else None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Ask without the icons beside a relation: they need JavaScript, or lose what was typed."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Head the list "Sessions" in place of "Select session to change"."""
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, title | (extra_context or {}))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Whether ``lookup`` is one of ``list_filter`` with a plain comparison."""
        assert request is not None  # noqa: S101  # Django passes it
        field, _, comparison = lookup.rpartition(LOOKUP_SEP)
        wanted = field if comparison in COMPARISONS else lookup
        offered = {_field_of(one) for one in self.get_list_filter(request)}
        return any(wanted in (name, f"{name}__id", f"{name}__pk") for name in offered if name)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the records that the address names; other values could be what no field can show."""
        relations = {field.name for field in self.opts.get_fields() if field.many_to_one}
        return {
            name: value
            for name, value in request.GET.items()
            if name in relations and ID.fullmatch(str(value))
        }

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Take what is no id for no answer: fields that complete by themselves look it up as it is."""
        if request.method == "POST":
            fields = self.opts.get_fields()
            relations = {field.name for field in fields if field.many_to_one or field.many_to_many}
            relations -= set(self.written_relations)
            given = request.POST.copy()
            for name in relations & given.keys():
                given.setlist(name, [one for one in given.getlist(name) if ID.fullmatch(str(one))])
            request.POST = given  # type: ignore[assignment]  # a copy, which may be changed
        return super().changeform_view(request, object_id, form_url, extra_context)


def _field_of(list_filter: Any) -> str:
    """Return what the address calls an item of ``list_filter``: its field, or a name of its own."""
    named = list_filter[0] if isinstance(list_filter, tuple | list) else list_filter
    return named if isinstance(named, str) else getattr(named, "parameter_name", "") or ""
