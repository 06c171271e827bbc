"""The team's roles in the admin: names, and what each may do in sentences."""

from typing import Any

from django import forms
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from common.admin.lookups import OffersItsFilters
from common.plain_text import PlainTextMixin
from members import capabilities
from members.accounts import fresh_proof, logged_in
from members.models import Member

# Not in its Meta, which is Django's: the admin alone calls groups so.
Group._meta.verbose_name, Group._meta.verbose_name_plural = "team role", "team roles"


class RoleForm(PlainTextMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A role: its name, and what it may do."""

    may = forms.MultipleChoiceField(
        label="May",
        required=False,
        choices=[(one.key, one.sentence) for one in capabilities.CAPABILITIES],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Group
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "may" in self.fields:
            self.fields["may"].initial = [one.key for one in capabilities.capabilities_of(self.instance)]

    def _save_m2m(self) -> None:
        """Give what is ticked."""
        super()._save_m2m()  # type: ignore[misc]  # Django's, unknown to its stubs
        capabilities.give(self.instance, self.cleaned_data["may"])


class RoleAdmin(OffersItsFilters, GroupAdmin):
    """The team's roles: Django's groups, by the name that the team has for them."""

    form = RoleForm
    fields = ["name", "may"]
    list_display = ["name", "what_it_may"]
    filter_horizontal = []
    search_fields = ["name__typed"]
    search_help_text = "Name"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask who they are before what a role may do is changed."""
        return fresh_proof.ask(request) or super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask who they are before a role is deleted."""
        return fresh_proof.ask(request) or super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask who they are before roles are deleted from the list."""
        asked = fresh_proof.ask(request) if request.method == "POST" else None
        return asked or super().changelist_view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Log out who holds a role that may more, or less, from now on."""
        super().save_related(request, form, formsets, change)
        if "may" in form.changed_data:
            logged_in.end_all(*_holders([form.instance.pk]), but=request.session.session_key or "")

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        """Log out who held the role."""
        held = _holders([obj.pk])
        super().delete_model(request, obj)
        logged_in.end_all(*held, but=request.session.session_key or "")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Group]) -> None:
        """Log out who held the roles."""
        held = _holders(list(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)
        logged_in.end_all(*held, but=request.session.session_key or "")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave who may do what to superusers."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave who may do what to superusers."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave who may do what to superusers."""
        return bool(request.user.is_superuser)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        """Know what each may, without a query of its own."""
        return super().get_queryset(request).prefetch_related("permissions__content_type")

    def what_it_may(self, group: Group) -> str:
        """What the role may do."""
        return sentences(group) or "Nothing yet."

    what_it_may.short_description = "may"  # type: ignore[attr-defined]  # Django's way


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """The roles of a person, each with what it may do."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Group) -> str:
        """Return the role's name and sentences."""
        return f"{obj.name}: {sentences(obj) or 'Nothing yet.'}"


def changes_rights(sent: QueryDict, member: Member) -> bool:
    """Whether a form that was sent would change what somebody may do."""
    ticks, box = ("is_active", "is_staff", "is_superuser"), forms.CheckboxInput()
    groups = {str(pk) for pk in member.groups.values_list("pk", flat=True)}
    return groups != set(sent.getlist("groups")) or any(
        box.value_from_datadict(sent, MultiValueDict(), tick) != getattr(member, tick) for tick in ticks
    )


def _holders(roles: list[int]) -> list[Member]:
    return list(Member.objects.filter(groups__in=roles).distinct())


def sentences(group: Group) -> str:
    """Say what a role may do."""
    return " ".join(f"{one.sentence}." for one in capabilities.capabilities_of(group))


def roles() -> QuerySet[Group]:
    """Return all roles with what each may do. Three queries."""
    return Group.objects.prefetch_related("permissions__content_type").order_by("name")
