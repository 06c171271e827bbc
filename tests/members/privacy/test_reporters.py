"""Who reports a comment stays unknown to whoever wrote it: on pages, in emails and in their file."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from comments.moderation import reporting
from members.models import Member
from members.privacy import export
from tests import letters, make
from tests.comments import conversation, pages
from tests.found import found
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]

REPORTER, WORDS = "Philippa Quill", "It hurts to read."


def file_of(member: Member) -> str:
    """All that stands in the file that somebody gets of their data."""
    export.ask(member, by=member, at=NOW)
    export.make_due(clock=lambda: NOW)
    with zipfile.ZipFile(io.BytesIO(export.read(found(export.latest(member))))) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_whoever_wrote_it_never_learns_who_reported_it():
    mo, ada = conversation.moderator(), make.member("Ada")
    comment = conversation.published(make.post(), ada, "Rude words", mo=mo)
    reporting.report(comment, by=make.member(REPORTER), reason="unkind", words=WORDS, at=NOW)
    conversation.remove(comment, mo)
    browser = Client()
    browser.force_login(ada)

    seen = [browser.get(pages.url(comment)).text, browser.get(comment.post.get_absolute_url()).text]
    mails = [
        f"{one.subject}{one.body}{letters.html_of(one)}"
        for one in letters.deliver(conversation.LATER + timedelta(hours=1))
    ]
    everything = "".join([*seen, *mails, file_of(ada)])

    assert mails
    assert "Rude words" in everything
    assert [one for one in (REPORTER, WORDS) if one in everything] == []
