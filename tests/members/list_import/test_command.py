"""The command that imports the community's list."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.members.list_import.lists import listed

pytestmark = pytest.mark.django_db


def run(path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_members", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_imports_and_says_what_it_did(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email,shoe size\nada@example.org,39\n")

    first, second = run(path), run(path)

    assert "Not read, because not known: shoe size." in first
    assert "     1  new" in first
    assert "The list is imported: 1 new, 0 changed, 0 unchanged." in first
    assert "All of it was so already: nothing has changed." in second
    assert [row[0] for row in listed()] == ["ada@example.org"]


def test_a_dry_run_changes_nothing(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email\nada@example.org\n")

    assert "This was a dry run: nothing has changed." in run(path, "--dry-run")
    assert listed() == []


def test_the_command_refuses_the_whole_list_by_row(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email\nada@example.org\nnonsense\n")

    with pytest.raises(CommandError) as refused:
        run(path)

    assert str(refused.value) == (
        'Nothing has been imported.\nRow 3, email: "nonsense" is not an email address.'
    )
    assert listed() == []


def test_the_command_says_when_there_is_no_such_file(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        run(tmp_path / "nothing.csv")
