"""Kinds of fields that the models of events share."""

from typing import Any

from django.db import models


class HttpsURLField(models.URLField):  # type: ignore[type-arg]  # not subscriptable at run time
    """An address of the web; without a scheme it is https (Django 6's way already)."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form field, which assumes https."""
        return super().formfield(**{"assume_scheme": "https"} | kwargs)
