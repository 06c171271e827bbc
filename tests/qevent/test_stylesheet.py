"""One stylesheet out of many small ones."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finders

from qevent import stylesheet


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stylesheet, "FOLDER", tmp_path)
    return tmp_path


def test_every_part_of_the_design_is_in_the_stylesheet() -> None:
    folder = stylesheet.SOURCES

    parts = {folder / "tokens.css", *folder.glob("base/*.css"), *folder.glob("components/*.css")}

    assert set(stylesheet.sources()) == parts
    assert len(stylesheet.sources()) == len(parts)


def test_tokens_come_first_and_what_the_reader_prefers_comes_last(folder: Path) -> None:
    css = stylesheet.put_together().read_text()

    tokens, buttons, card, paper = map(
        css.index, ("--paper:", ".btn-call", ".card-session {", "@media print")
    )
    assert tokens < buttons < card < paper


def test_the_stylesheet_is_found_by_its_name_and_nothing_else_is(folder: Path) -> None:
    finder = stylesheet.StylesheetFinder()

    assert finder.find("css/site.css") == str(folder / "css" / "site.css")
    assert finder.find("css/site.css", find_all=True) == [str(folder / "css" / "site.css")]
    assert finder.find("css/other.css") == []
    assert finder.find("css/other.css", find_all=True) == []


def test_a_change_of_a_part_is_in_the_next_answer(folder: Path) -> None:
    target = stylesheet.put_together()
    whole = target.read_text()
    target.write_text("/* an older one */")

    assert stylesheet.put_together().read_text() == whole


def test_what_has_not_changed_is_not_written_again(folder: Path) -> None:
    first = stylesheet.put_together().stat()

    second = stylesheet.put_together().stat()

    assert (first.st_mtime_ns, first.st_ino) == (second.st_mtime_ns, second.st_ino)


def test_collectstatic_is_given_the_stylesheet_once() -> None:
    named = [path for finder in get_finders() for path, _ in finder.list([]) if path == stylesheet.NAME]

    assert named == [stylesheet.NAME]
    assert finders.find(stylesheet.NAME) is not None
