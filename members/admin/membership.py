"""What the team decides about memberships, in the list of members: whom it concerns is named first.

Approving names everybody, and what one decides by; what is confirmed is exactly those who were named. It can
be taken back for ten minutes.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from common.words import counted
from members import keys, membership
from members.admin.forms import ReasonForm
from members.admin.people import staff
from members.models import ListedAddress, Member

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Member]
else:  # generic to the type checker only
    ModelAdmin = admin.ModelAdmin

Rule = Callable[[Member], Member]
#: How many are approved at once: so many can be read.
MAX_AT_ONCE: Final = 200


class StandingFilter(admin.SimpleListFilter):
    """How the membership stands; who waits has confirmed the address, for the team decides about no other."""

    title = "membership"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what can be chosen."""
        others = [(value, label) for value, label in Member.Membership.choices if value != "waiting"]
        waiting = [("waiting", "Waiting for approval"), ("unconfirmed", "Address not confirmed")]
        return [*waiting, *((str(value), str(label)) for value, label in others)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> QuerySet[Member]:
        """Return those who stand so."""
        value = self.value()
        to_be_decided = Member.objects.to_be_decided().values("pk")
        if value == "waiting":
            return queryset.filter(pk__in=to_be_decided)
        if value == "unconfirmed":
            return queryset.filter(membership="waiting").exclude(pk__in=to_be_decided)
        return queryset.filter(membership=value) if value else queryset


#: Membership → the acts that can change something about it.
ACTS: Final = {
    Member.Membership.WAITING: ("approve", "decline"),
    Member.Membership.ACTIVE: ("end",),
    Member.Membership.ENDED: ("reinstate",),
    Member.Membership.DECLINED: ("approve",),
}


class MembershipActions(ModelAdmin):
    """The acts on memberships, each by its rule."""

    actions = ["approve", "take_back", "decline", "end", "reinstate"]

    @admin.action(description="Approve the membership… (mails them)", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Member]) -> HttpResponse | None:
        """Make people members, after naming them and what one decides by."""
        at, by = timezone.now(), staff(request)
        if "named" in request.POST:
            named = [int(pk) for pk in request.POST.getlist("named") if pk.isdecimal() and len(pk) < 19]
            chosen = self.get_queryset(request).filter(pk__in=named)
            self._apply(request, chosen, lambda member: membership.approve(member, by=by, at=at))
            return None
        if queryset.count() > MAX_AT_ONCE:
            self.message_user(request, f"Approve at most {MAX_AT_ONCE} people at once.", messages.WARNING)
            return None
        listed = ListedAddress.objects.filter(email=OuterRef("email"))
        people = list(queryset.annotate(is_listed=Exists(listed)).order_by("name"))
        able = set(Member.objects.to_be_decided().values_list("pk", flat=True))
        declined = Member.Membership.DECLINED
        context = {
            "people": [one for one in people if one.pk in able or one.membership == declined],
            "others": [one for one in people if one.pk not in able and one.membership != declined],
            "title": "Approve the membership",
        }
        return self._page(request, "admin/members/member/approve.html", context)

    @admin.action(description="Take an approval back (within ten minutes)", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Member]) -> None:
        """Let people wait again who were approved by mistake."""
        at, by = timezone.now(), staff(request)
        self._apply(request, queryset, lambda member: membership.take_back_approval(member, by=by, at=at))

    @admin.action(description="Reinstate the membership (mails them)", permissions=["change"])
    def reinstate(self, request: HttpRequest, queryset: QuerySet[Member]) -> None:
        """Make the selected people members again."""
        at, by = timezone.now(), staff(request)
        self._apply(request, queryset, lambda member: membership.reinstate(member, by=by, at=at))

    @admin.action(description="Decline the membership… (mails them)", permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Member]) -> HttpResponse | None:
        """Decline the selected people, for one reason that they are told."""
        at, by = timezone.now(), staff(request)

        def rule(member: Member, reason: str) -> Member:
            return membership.decline(member, by=by, at=at, reason=reason)

        return self._with_reason(request, queryset, "decline", rule)

    @admin.action(description="End the membership…", permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Member]) -> HttpResponse | None:
        """End the membership of the selected people, for one reason."""
        at, by = timezone.now(), staff(request)

        def rule(member: Member, reason: str) -> Member:
            return membership.end(member, by=by, at=at, reason=reason)

        return self._with_reason(request, queryset, "end", rule)

    def _with_reason(
        self,
        request: HttpRequest,
        queryset: QuerySet[Member],
        action: str,
        rule: Callable[[Member, str], Member],
    ) -> HttpResponse | None:
        """Ask for the reason on a page that says how many it concerns, then apply the rule."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            self._apply(request, queryset, lambda member: rule(member, reason))
            return None
        context = {
            "form": form,
            "action": action,
            "title": "Decline the membership" if action == "decline" else "End the membership",
            "count": queryset.count(),
            "people": queryset[:20],
            "selected": request.POST.getlist("_selected_action"),
            "select_across": request.POST.get("select_across", "0"),
        }
        return self._page(request, "admin/members/member/reason.html", context)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        everywhere = self.admin_site.each_context(request)
        return TemplateResponse(request, template, everywhere | {"opts": self.model._meta} | context)

    def _apply(self, request: HttpRequest, queryset: Iterable[Member], rule: Rule) -> None:
        done = 0
        for member in queryset:
            try:
                keys.check(member, by=staff(request))
                done += rule(member).membership != member.membership
            except (membership.MembershipRefused, keys.StrongerAccount) as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
        if done:
            self.message_user(
                request,
                f"Done for {counted(done, '%(count)s person', '%(count)s people')}.",
                messages.SUCCESS,
            )
        else:
            self.message_user(request, "Nothing has changed.", messages.INFO)
