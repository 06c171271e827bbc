"""Logging: one line an event, no personal data."""

from typing import Any

from qevent.environment import choice

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "qevent.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}
    },
    "root": {"handlers": ["console"], "level": choice("LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR"))},
}
