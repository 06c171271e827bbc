"""No log line gives a secret away."""

import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from qevent.logs import WithoutSecrets


@pytest.mark.django_db
def test_the_address_of_a_calendar_is_not_logged():
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.addFilter(WithoutSecrets())
    logging.getLogger().addHandler(handler)

    Client().get("/calendar/abcdefghijklmnop.ics")
    logging.getLogger("server").warning('"GET %s HTTP/1.1" 404', "/calendar/abcdefghijklmnop.ics")
    logging.getLogger().removeHandler(handler)

    assert lines.getvalue() == ('Not Found: /calendar/….ics\n"GET /calendar/….ics HTTP/1.1" 404\n')


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/comments/mine/12-abc/", "/comments/mine/…/"),
        ("/comments/mine/12-abc/edit/?x=1", "/comments/mine/…/edit/?x=1"),
        ("/comments/confirm/12-abc/", "/comments/confirm/…/"),
        ("/comments/add/12-abc", "/comments/add/…"),
        ("/comments/follow/12-abc?x=1", "/comments/follow/…?x=1"),
        ("/blog/preview/abc.def/", "/blog/preview/…/"),
        ("/blog/rotas/comments/12/", "/blog/rotas/comments/12/"),
    ],
)
def test_no_other_secret_address_is_logged(path, logged):
    record = logging.LogRecord("server", logging.WARNING, "", 0, "Not Found: %s", (path,), None)

    WithoutSecrets().filter(record)

    assert record.getMessage() == f"Not Found: {logged}"


def test_every_handler_of_the_site_leaves_secrets_out():
    handlers = settings.LOGGING["handlers"].values()

    assert {tuple(handler.get("filters", ())) for handler in handlers} == {("without_secrets",)}
