"""``manage.py import_programme``: says what a file leaves open, and takes the answers."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from events.models import Event, Session
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 10))


def written(tmp_path, text):
    path = tmp_path / "p.csv"
    path.write_text(text)
    return str(path)


def test_what_a_file_leaves_open_is_said_and_answered(event, tmp_path, capsys):
    path = written(tmp_path, "title,format,date,start,end\nOne,Other,2026-12-09,9:00,10:00\n")

    with pytest.raises(CommandError) as refused:
        call_command("import_programme", event.slug, path)
    call_command("import_programme", event.slug, path, "--answer", "format:Other=panel")

    lines = str(refused.value).splitlines()
    assert lines[:2] == ["Nothing was imported. The file leaves open:", "  The format “Other” is here:"]
    assert "    --answer 'format:Other=panel'  Panel (fishbowl)" in lines
    assert list(Session.objects.values_list("title", "format")) == [("One", "panel")]
    assert capsys.readouterr().out.endswith("1 new, 0 changed, 0 as they are, 0 not in the file.\n")


def test_a_dry_run_imports_nothing(event, tmp_path):
    path = written(tmp_path, "title,date,start,end\nOne,2026-12-09,9:00,10:00\n")

    call_command("import_programme", event.slug, path, "--dry-run")

    assert Session.objects.count() == 0
