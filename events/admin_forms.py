"""The admin's forms for people of an event: hosts and speakers, registrations."""

from django import forms

from events.admin_tools import RefusableForm
from events.models import Contributor, Registration
from members.models import Member
from members.stale import StaleForm
from notifications.admin_fields import WrittenField


class ContributorForm(StaleForm):
    """A host or speaker; her account, if she has one, is written."""

    member = WrittenField(
        Member.objects.all(),
        label="Her account",
        required=False,
        help_text="The email address of her account, or her name. Blank for who has none.",
    )

    class Meta:
        model = Contributor
        fields = "__all__"  # the admin chooses


class NewRegistrationForm(RefusableForm):
    """Registering somebody who has asked for it, for example by telephone."""

    member = WrittenField(Member.objects.all(), help_text="Her email address, or her name.")
    needs = forms.CharField(label="Access needs", required=False, max_length=2000, widget=forms.Textarea)
    share_with_hosts = forms.BooleanField(label="Hosts of her sessions may see them", required=False)
    has_accepted = forms.BooleanField(label="She has accepted the code of conduct")

    class Meta:
        model = Registration
        fields = ["event", "member"]
