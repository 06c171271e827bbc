"""Who moderates: the people with the right to decide about comments."""

from django.db.models import Q

from members.models import Member, MemberQuerySet

MODERATE = {"codename": "moderate_comment", "content_type__app_label": "comments"}


def moderators() -> MemberQuerySet:
    """Return all who may decide, admins among them."""
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in MODERATE.items()})
    by_herself = Q(**{f"user_permissions__{name}": value for name, value in MODERATE.items()})
    everybody: MemberQuerySet = Member.objects.filter(is_active=True)
    return everybody.filter(by_group | by_herself | Q(is_superuser=True)).distinct()


def is_another(than: Member) -> bool:
    """Whether somebody else could decide."""
    return moderators().exclude(pk=than.pk).exists()
