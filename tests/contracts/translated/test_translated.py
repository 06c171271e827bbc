"""Whatever members, guests and the public read can be translated: pages, emails, refusals, what forms say.

The team's own pages, the admin and the style guide stay English, and so does what people write: posts,
policies, the programme.
"""

from pathlib import Path

import pytest

from qevent import translation_files
from tests import pseudo
from tests.contracts.emails import causes
from tests.contracts.pages.catalogue import told
from tests.contracts.translated import untranslated

#: Templates that stay English: what the team alone reads, and what developers look at, which is the guide and
#: the demo's emails.
STAYS_ENGLISH = ("admin/", "team/", "styleguide", "notifications/")


def sources() -> dict[str, Path]:
    """The templates that people read, by their names."""
    every = (path for path in sorted(untranslated.TEMPLATES.rglob("*.*")) if path.is_file())
    named = {str(path.relative_to(untranslated.TEMPLATES)): path for path in every}
    return {name: path for name, path in named.items() if not name.startswith(STAYS_ENGLISH)}


def test_templates_show_nothing_that_is_not_marked():
    found = {name: untranslated.in_source(path) for name, path in sources().items()}

    assert len(found) > 150
    assert not (wrong := told(found)), wrong


def test_each_marked_text_is_one_that_translators_can_work_with():
    assert not (wrong := "\n".join(translation_files.faults(translation_files.sources()))), wrong


@pytest.mark.full
@pytest.mark.django_db
def test_pages_say_nothing_that_is_not_translated(pseudo_pages):
    _, plain = pseudo_pages

    assert len(plain) > 300
    assert not (wrong := told(plain)), wrong


@pytest.fixture(scope="module")
def in_pseudo(tmp_path_factory):
    """The pseudo-language is spoken to the end of this module: reading it takes longer than an email."""
    with pseudo.spoken(tmp_path_factory.mktemp("locale")):
        yield


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("in_pseudo", "site_address", "quiet_site", "ordinary_monday")
@pytest.mark.parametrize("name", list(causes.CAUSES))
def test_emails_say_nothing_that_is_not_translated(name):
    emails = causes.emails(name, causes.Names())

    said = [text for email in emails for text in untranslated.in_email(email)]
    assert emails
    # Words to an author are kept nowhere.
    assert untranslated.plain(said, {causes.Names.words.rstrip(".")}) == []
