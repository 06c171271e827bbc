"""How allauth.mfa meets the house: what it keeps is encrypted, and apps show whose site it is."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from common.sealing import box
from members.models import SiteSettings


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's adapter for second factors."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept: who reads the database alone has none."""
        return box("members.factors").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that was kept, under the key of then if need be."""
        return box("members.factors").decrypt(encrypted_text.encode()).decode()

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:  # noqa: ARG002  # allauth's signature
        """Leave it to us: none of allauth's own pages for it is there, so it must not lead to one."""
        return False

    def get_totp_issuer(self) -> str:
        """Return what an app calls us."""
        return _name()

    def build_totp_svg(self, url: str) -> str:
        """Return the picture that an app reads, to stand within a page."""
        drawn: str = super().build_totp_svg(url)
        return drawn.partition("?>")[2].strip()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what passkeys are bound to: the host of the site's own address."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": _name()}


def _name() -> str:
    site = SiteSettings.objects.filter(pk=1).first()
    return (site and site.name) or urlsplit(settings.SITE_URL).hostname or ""
