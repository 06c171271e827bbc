"""What the admin's own pages share: who may import, the page around a form, what may be written."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common import markdown

#: After this an upload that nobody confirmed is thrown away with the next one.
UPLOADS_KEPT = timedelta(days=1)


class ShowsProse:
    """An admin some of whose texts are shown as Markdown, and say so beside the field."""

    prose_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say what may be written."""
        if db_field.name in self.prose_fields:
            kwargs["help_text"] = f"{db_field.help_text} {markdown.HELP}".strip()
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # the admin's


def check_may_import(request: HttpRequest, model_admin: "ModelAdmin[Any]") -> None:
    """Raise ``PermissionDenied`` for who may not both add and change what an import writes."""
    if not (model_admin.has_add_permission(request) and model_admin.has_change_permission(request)):
        raise PermissionDenied


def admin_page(
    request: HttpRequest, model_admin: "ModelAdmin[Any]", template: str, context: dict[str, Any]
) -> HttpResponse:
    """Return a page of one's own in the frame of the admin."""
    everywhere = model_admin.admin_site.each_context(request)
    return TemplateResponse(request, template, everywhere | {"opts": model_admin.opts} | context)
