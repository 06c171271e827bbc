"""Messages for the next page in a cookie that nobody reads: they greet by name, and computers are shared."""

from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from common.sealing import box

_PURPOSE: Final = "qevent.messages"


class SealedCookieStorage(CookieStorage):
    """Django's own, whose cookie is encrypted; it is bound to this host where the site is served by https."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"

    def _encode_parts(self, messages: Any, encode_empty: bool = False) -> Any:  # noqa: FBT001, FBT002  # Django's
        encoded = super()._encode_parts(messages, encode_empty)  # type: ignore[misc]  # Django's own
        return box(_PURPOSE).encrypt(encoded.encode()).decode() if encoded else encoded

    def _decode(self, data: Any) -> Any:
        try:
            opened = box(_PURPOSE).decrypt(data.encode()).decode() if data else data
        except InvalidToken:
            return None
        return super()._decode(opened)  # type: ignore[misc]  # Django's own


class SealedStorage(FallbackStorage):
    """In the cookie, and what is too long for it in the session."""

    storage_classes = (SealedCookieStorage, SessionStorage)
