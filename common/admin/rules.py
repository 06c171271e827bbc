"""What admins of records with rules share: refusals as form errors, times of a zone, asking first.

Django's admin keeps one transaction open around a save. A rule that refuses undoes it as a whole, and
the form comes back with the refusal beside its field and everything that was typed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from common.admin.lookups import OffersItsFilters
from common.edit_conflicts import StaleForm
from common.plain_text import PlainTextMixin
from common.refusals import Refusal
from common.transactions import retried

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:  # generic to the type checker only
    ModelAdmin = admin.ModelAdmin

#: How many of those whom an action concerns its page names.
NAMED = 20


class RefusableForm(StaleForm):
    """A form that shows what a rule has refused, beside the field that it is about."""

    #: Set for the one request in which a rule has refused.
    refusal: Exception | None = None
    #: Refusal → field; others stand on top.
    fields_of_refusals: Mapping[type[Exception], str] = {}

    def clean(self) -> dict[str, Any]:
        """Add the refusal, if there was one."""
        cleaned = super().clean()
        if self.refusal is not None:
            field = self.fields_of_refusals.get(type(self.refusal))
            self.add_error(field if field in self.fields else None, self._in_words(cleaned))
        return cleaned

    def _in_words(self, cleaned: Mapping[str, Any]) -> str:
        """Say to the team what was refused: of the member whom it is about, never "you"."""
        member = cleaned.get("member")
        if isinstance(self.refusal, Refusal) and member is not None:
            return self.refusal.of(str(member))
        return str(self.refusal)


class CallsRules(OffersItsFilters, ModelAdmin):
    """An admin that saves through rules: their refusals come back as errors of the form."""

    #: The rules record what they do, so that the admin does not do it twice (``audit.admin``).
    saves_by_rules = ("add", "change")
    #: The expected noes of the rules that it calls.
    refusals: tuple[type[Exception], ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Save, or show the form again with what the rule has refused."""
        view = super().changeform_view
        with timezone.override(self.zone(request, object_id)):
            try:
                response = retried(view)(request, object_id, form_url, extra_context)
            except self.refusals as refusal:
                if (page := self.ask_about(request, refusal)) is not None:
                    return page.render()
                request.refusal = refusal  # type: ignore[attr-defined]  # read by get_form
                response = view(request, object_id, form_url, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response

    def ask_about(self, request: HttpRequest, refusal: Exception) -> TemplateResponse | None:
        """Return a page that asks whether to save all the same; ``None`` where a refusal is an error."""
        return None

    def zone(self, request: HttpRequest, object_id: str | None) -> ZoneInfo:
        """Return the zone in which the form's times are meant; the site's where a record has none."""
        return ZoneInfo(timezone.get_default_timezone_name())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer no deleting of several at once: it would go past the rules."""
        return {name: one for name, one in super().get_actions(request).items() if name != "delete_selected"}

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Tell the form what was refused in this request."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})


class RowsOfRules(CallsRules):
    """An admin of rows that rules own: a form makes one by its rule, actions change them, no hand does."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show, do not edit: a row is its member's and the rules'."""
        return [] if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow actions to those who may change rows; no row is edited by hand."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a row with history is cancelled."""
        return False


class ReasonForm(PlainTextMixin, forms.Form):
    """Why a member of staff does this."""

    reason = forms.CharField(label="Reason (recorded)", max_length=300)


def ask(
    model_admin: ModelAdmin,
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    action: str,
    title: str,
    sentences: Sequence[str],
    form: forms.Form | None = None,
    seen: str = "",
) -> HttpResponse | None:
    """Return a page that says what an action will do and asks first; ``None`` once it is confirmed.

    ``form`` is asked for on that page; it is bound (and must be valid) when ``None`` is returned. ``seen`` is
    what the page says, which the rule compares once it is confirmed (``was_seen``).
    """
    if "confirmed" in request.POST and (form is None or form.is_valid()):
        return None
    concerned: list[Model] = list(queryset[: NAMED + 1])
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": title,
        "sentences": sentences,
        "concerned": concerned[:NAMED],
        "has_more": len(concerned) > NAMED,
        "form": form,
        "action": action,
        "seen": seen,
        "selected": request.POST.getlist("_selected_action"),
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/ask_first.html", context)


def was_seen(request: HttpRequest) -> dict[str, str]:
    """Return what the page that asked first said of each record: its number → what the rule compares."""
    said = (one.partition("=") for one in request.POST.get("seen", "").splitlines())
    return {pk: what for pk, _, what in said}


def to_be_seen(said: Mapping[int, str]) -> str:
    """Return that as the page carries it."""
    return "\n".join(f"{pk}={what}" for pk, what in said.items())


def for_each(
    model_admin: ModelAdmin, request: HttpRequest, rows: Iterable[Any], rule: Callable[[Any], Any]
) -> int:
    """Call a rule for each row of a member, saying of whom it refuses; return for how many it did not."""
    done = 0
    for one in rows:
        try:
            rule(one)
        except Refusal as refusal:
            model_admin.message_user(request, refusal.of(str(one.member)), messages.WARNING)
        else:
            done += 1
    return done


def reason_form(request: HttpRequest) -> ReasonForm:
    """Return the form that asks for a reason, bound once the page that asks has been sent."""
    return ReasonForm(request.POST if "confirmed" in request.POST else None)
