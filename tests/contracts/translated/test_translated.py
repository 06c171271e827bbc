"""Whatever members, guests and the public read can be translated: pages, emails, refusals, what forms say.

The team's own pages, the admin and the style guide stay English, and so does what people write: posts,
policies, the programme.
"""

from pathlib import Path

import pytest
from django.conf import settings

from qevent import translations
from tests import pseudo
from tests.contracts.emails import causes
from tests.contracts.pages.catalogue import told
from tests.contracts.translated import untranslated

#: Folders and files of ``templates/`` that are done; in the end all
#: but the admin's, the team's, the guide's and those of the demo's emails (notifications/).
SOURCES_DONE: tuple[str, ...] = (
    "400",
    "403",
    "404",
    "410",
    "429",
    "500",
    "503",
    "507",
    "_open_graph",
    "account/",
    "base",
    "blog/",
    "bootstrap5/",
    "comments/",
    "components/",
    "contact",
    "emails/",
    "error_",
    "events/",
    "home",
    "members/",
    "search",
    "typed_again",
    "workshops/",
)


def sources_done() -> list[Path]:
    every = (path for path in sorted(untranslated.TEMPLATES.rglob("*.*")) if path.is_file())
    return [path for path in every if str(path.relative_to(untranslated.TEMPLATES)).startswith(SOURCES_DONE)]


def test_templates_show_nothing_that_is_not_marked():
    found = {
        str(path.relative_to(settings.BASE_DIR)): untranslated.in_source(path) for path in sources_done()
    }

    assert not (wrong := told(found)), wrong


def test_each_marked_text_is_one_that_translators_can_work_with():
    assert not (wrong := "\n".join(translations.faults(translations.sources()))), wrong


@pytest.mark.slow
@pytest.mark.django_db
def test_pages_say_nothing_that_is_not_translated(pseudo_pages):
    _, plain = pseudo_pages

    assert len(plain) > 300
    assert not (wrong := told(plain)), wrong


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("site_address", "quiet_site", "ordinary_monday")
@pytest.mark.parametrize("name", list(causes.CAUSES))
def test_emails_say_nothing_that_is_not_translated(name, tmp_path):
    with pseudo.spoken(tmp_path):
        emails = causes.emails(name, causes.Names())

        said = [text for email in emails for text in untranslated.in_email(email)]
        assert emails
        # Words to an author are kept nowhere.
        assert untranslated.plain(said, {causes.Names.words.rstrip(".")}) == []
