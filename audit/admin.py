"""What every admin does with the trail: its saves are recorded there, and a record's history reads it.

Django's own log (``LogEntry``) is written no more: it demands a user, keeps names, and knows only the admin.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from audit import history, trail
from audit.acts import Act
from audit.confidential import ABOUT_NEEDS, SEES_NEEDS
from common.times import SITE_ZONE

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:  # generic to the type checker only
    ModelAdmin = admin.ModelAdmin

PER_PAGE: Final = 100


class KeepsTrail(ModelAdmin):
    """An admin whose saves are acts. Where a rule saves, it has recorded its own.

    ``saves_by_rules`` of an admin says where: "add", "change".
    """

    saves_by_rules: Collection[str] = ()
    object_history_template = "admin/object_history.html"

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Return the names of what has changed: fields, and what is saved with them."""
        fields = [name for name in form.changed_data if name != "seen"]
        return fields + [one.model._meta.model_name for one in formsets or () if one.has_changed()]

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record that it was added."""
        if "add" not in self.saves_by_rules:
            trail.record(obj, Act.ADDED, by=_who_acts(request), at=timezone.now())

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record what was changed, but for what the rule has recorded: the fields of the row itself."""
        fields: Sequence[str] = message
        if "change" in self.saves_by_rules:
            fields = [name for name in fields if name in _beside(self, obj)]
        if fields or "change" not in self.saves_by_rules:
            trail.record(
                obj,
                Act.CHANGED,
                by=_who_acts(request),
                at=timezone.now(),
                fields=list(fields),
            )

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Record that they were deleted."""
        at = timezone.now()
        trail.record_all(trail.entry(one, Act.DELETED, by=_who_acts(request), at=at) for one in queryset)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what happened to a record, in the time of its event."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]  # Django's own, unknown to its types
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        entries = history.entries_of(record)
        if not request.user.has_perm(SEES_NEEDS):
            entries = entries.exclude(act__in=ABOUT_NEEDS)
        paginator = self.get_paginator(request, entries, PER_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR))
        context = self.admin_site.each_context(request) | {
            "title": f"Change history: {record}",
            "page": page,
            "lines": history.lines(list(page.object_list)),
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "zone": getattr(record, "zone", SITE_ZONE).key,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "object": record,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            "is_popup": IS_POPUP_VAR in request.GET,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context | (extra_context or {}))


def _beside(model_admin: ModelAdmin, record: Model) -> set[str]:
    """Return the names of what is saved beside the row: relations to many, and inlines."""
    relations = {field.name for field in record._meta.many_to_many}
    return relations | {str(one.model._meta.model_name) for one in model_admin.inlines}


def _who_acts(request: HttpRequest) -> Any:
    """Return the member of staff who saves: the admin lets nobody else in."""
    return request.user
