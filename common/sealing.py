"""Sealing what others may hold and not read: encrypted, and refused where it was changed.

Fernet (AES and HMAC), with the site's secret key of today; what those before it sealed is opened as well.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def box(purpose: str) -> MultiFernet:
    """Return what seals and opens for one purpose: what is sealed for another is not opened."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"{purpose}{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
