"""The forms of the admin's own pages for members."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.edit_conflicts import StaleForm
from common.forms import small_address
from common.names import validate_name
from common.plain_text import PlainTextMixin
from common.zones import choices_with
from members.models import ListedAddress, Member, SiteSettings
from members.privacy.erased_list import NOT_WITHOUT, ON_THE_LIST, ErasedList, KeyIsGone

#: Bytes of a logo: it is part of the 100 kB of a first visit.
LARGEST_LOGO = 40_000
#: Pixels of a logo: a few kilobytes can claim gigabytes, and every browser would decode them.
MAX_LOGO_PIXELS = 4_000_000


class MemberForm(StaleForm):
    """A member in the admin; the address changes by a rule of its own, membership by actions."""

    name = forms.CharField(max_length=150, validators=[validate_name])
    time_zone = forms.ChoiceField(required=False)

    class Meta:
        model = Member
        fields = "__all__"  # the admin's fieldsets choose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields.get("time_zone")
        if isinstance(zone, forms.ChoiceField):
            zone.choices = choices_with(self.instance.time_zone)
        if everything := self.fields.get("is_superuser"):
            everything.label, everything.help_text = "May do everything", "Without any role, on every page."


class NewMemberForm(PlainTextMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A new account made by staff: they log in with a code, which confirms the address."""

    is_member = forms.TypedChoiceField(
        label="Are they a member?",
        choices=[("yes", "Yes"), ("no", "We decide later, once they have confirmed the address")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text="They are mailed either way: that there is an account, and how to log in.",
    )

    class Meta:
        model = Member
        fields = ["name", "email", "organisation", "role", "region"]

    def clean_email(self) -> str:
        """Addresses are kept in small letters."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, commit: bool = True) -> Member:  # Django's signature
        """Leave the account without a password."""
        self.instance.set_unusable_password()
        member: Member = super().save(commit)
        return member


class SiteSettingsForm(StaleForm):
    """The site's settings; the logo is on every page, so it is kept light."""

    are_all_comments_held = forms.BooleanField(
        label="Hold all comments",
        required=False,
        help_text="Every comment waits for a moderator, on every post and whoever writes it but the team, "
        "until you untick this. To hold those on one post only, say so at the post.",
    )
    comments_until_trusted = forms.IntegerField(
        label="Comments that are checked first",
        min_value=0,
        max_value=100,
        help_text="How many comments of a member a moderator has to publish before their next ones appear at "
        "once. With 0 no member waits. Guests always wait.",
    )

    class Meta:
        model = SiteSettings
        fields = "__all__"  # the admin's fieldsets choose

    def clean_logo(self) -> Any:
        """Refuse a logo that would weigh on every page of a slow line."""
        logo = self.cleaned_data.get("logo")
        if isinstance(logo, UploadedFile) and logo.size is not None and logo.size > LARGEST_LOGO:
            raise forms.ValidationError(
                f"The logo has {logo.size // 1000} kB; {LARGEST_LOGO // 1000} are the most. Save it smaller."
            )
        picture = getattr(logo, "image", None)  # its header, read by Django; nothing is decoded
        if picture is not None and picture.width * picture.height > MAX_LOGO_PIXELS:
            raise forms.ValidationError(
                f"The logo has {picture.width} by {picture.height} pixels; 4 million are the most. "
                "Save it smaller."
            )
        return logo


class ListedAddressForm(PlainTextMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One address of the community's list."""

    class Meta:
        model = ListedAddress
        fields = ["email", "name", "organisation", "role", "region"]

    def clean_email(self) -> str:
        """Addresses are kept in small letters; that of somebody who was erased is refused."""
        email = str(self.cleaned_data["email"]).lower()
        try:
            is_refused = ErasedList().refuses(email)
        except KeyIsGone as gone:
            raise forms.ValidationError(NOT_WITHOUT.format(gone)) from gone
        if is_refused:
            raise forms.ValidationError(ON_THE_LIST)
        return email


class AddressForm(forms.Form):
    """Another address for a member."""

    email = forms.EmailField(label="New email address", max_length=254)
    #: The address of now, as it stood on the page.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=254)
    is_stolen = forms.BooleanField(
        label="Somebody else has got in: whoever has the address of now must not bring it back",
        required=False,
        help_text="Only where they go back to an address that they had before. Its password is taken out.",
    )

    def clean_email(self) -> str:
        """Addresses are kept in small letters."""
        return small_address(self.cleaned_data["email"])


class ReasonForm(PlainTextMixin, forms.Form):
    """Why a membership is declined or ends."""

    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 4, "cols": 60}), max_length=2000
    )


class ListForm(forms.Form):
    """The community's list, as a file."""

    file = forms.FileField(
        label="File",
        help_text="CSV, Excel or ODS, as Mailchimp, Eventbrite, Microsoft Forms or you write it: an email "
        "address, and if you like name, organisation, role, region, status. You are asked where the "
        "file leaves something open.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods,.txt,.tsv"}),
    )
