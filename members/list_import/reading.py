"""Reading the community's list from a spreadsheet, row by row.

What a file does not say (no column, a blank cell, a region that nobody knows) stays as it is. Rows that
cannot be right are left out by number, and the others go in. What has two readings is asked: which column is
the address, what a status means, whose an address is that stands twice.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from common.spreadsheets.questions import NONE, Answers, Question, ask
from common.spreadsheets.tables import (
    Choices,
    Table,
    TableProblem,
    TableRefused,
    TableRow,
    column_name,
    read_table,
    refused,
    shortened,
)
from members.list_import.columns import (
    ALIASES,
    ASKED,
    COLUMNS,
    IN,
    LIKE_A_STATUS,
    MAILCHIMP,
    NO,
    OUT,
    TURNED,
    YES,
)
from members.list_import.person_names import question_about_names, turned, written_name
from members.list_import.regions import region_of
from members.list_import.rows import address_of, problems_of
from members.privacy.erased_list import NOT_WITHOUT, ON_THE_LIST, ErasedList, KeyIsGone

#: So many statuses are asked about, and so many addresses that stand twice; rows beyond are left out.
MAX_QUESTIONS: Final = 30
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.]+)?")


@dataclass(frozen=True)
class Entry:
    """One person of the list. A detail that is None was not in the file and stays as it is."""

    email: str
    name: str | None = None
    organisation: str | None = None
    role: str | None = None
    region: str | None = None

    def details(self) -> dict[str, str]:
        """Return what the file says about them besides the address."""
        said = {
            "name": self.name,
            "organisation": self.organisation,
            "role": self.role,
            "region": self.region,
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass
class Upload:
    """A file that was read: its entries, what it leaves open, and what is worth knowing about it."""

    entries: list[Entry] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    #: Rows that are left out, and why.
    problems: list[TableProblem] = field(default_factory=list)
    #: Addresses of those whose status is that of no member.
    ended: list[str] = field(default_factory=list)

    @property
    def open_questions(self) -> list[Question]:
        """What must be answered before anything is imported."""
        return [one for one in self.questions if one.is_open]

    @property
    def answered_questions(self) -> list[Question]:
        """What was answered, or has a usual answer."""
        return [one for one in self.questions if not one.is_open]


def read_entries(file: BinaryIO, filename: str) -> Upload:
    """Read a list of which nothing is left out. Raises ``TableRefused`` with every problem by its row."""
    upload = read_list(file, filename, {})
    problems = upload.problems + [TableProblem(0, "", one.words) for one in upload.open_questions]
    if problems:
        raise TableRefused(shortened(problems))
    return upload


def read_list(file: BinaryIO, filename: str, answers: Answers) -> Upload:
    """Read what can be read of a list. Raises ``TableRefused`` for what is no table of people."""
    chosen = {answers.get(f"column:{column}", NONE): column for column in ASKED}
    chosen.pop(NONE, None)
    table = read_table(file, filename, COLUMNS, aliases=ALIASES, choices=Choices(headings=chosen))
    return _Reader(table, answers).upload()


class _Reader:
    """Makes entries of the rows of a table. Raises ``TableRefused`` where nobody can say who was erased."""

    def __init__(self, table: Table, answers: Answers) -> None:
        self.table, self.answers, self.made = table, answers, Upload(notices=list(table.notices))
        self.columns = set(table.columns)
        self.is_turned = False
        try:
            self.erased = ErasedList()
        except KeyIsGone as gone:
            raise refused(NOT_WITHOUT.format(gone)) from gone
        if "region" in self.columns and {one.name for one in table.unknown} & MAILCHIMP:
            self.columns.discard("region")
            self.made.notices.append(
                "REGION is not read: Mailchimp guesses it from an internet address. Regions stay as they are."
            )

    def upload(self) -> Upload:
        made = self.made
        made.questions += self.about_columns()
        if not self.columns & {"email", "other_email"}:
            if not any("@" in example for one in self.table.unknown for example in one.examples):
                raise refused('There is no column "email". The first row must hold the headings.')
            return made
        rows = [row for row in self.with_status() if not self.is_wrong(row)]
        question = question_about_names([written_name(row, address_of(row)[0]) for row in rows], self.answers)
        made.questions += [question] if question else []
        self.is_turned = question is not None and question.answer == "turned"
        by_address: dict[str, list[TableRow]] = defaultdict(list)
        for row in rows:
            by_address[address_of(row)[1]].append(row)
        for address, ones in by_address.items():
            if entry := self.entry(address, ones):
                made.entries.append(entry)
        self.say_what_was_passed_over(by_address)
        made.problems.sort(key=lambda problem: problem.row)
        return made

    def about_columns(self) -> Iterator[Question]:
        """Ask which column is what no heading is known for."""
        has = self.columns | ({"name"} if self.columns & {"first_name", "last_name", "other_name"} else set())
        has |= {"email"} if "other_email" in has else set()
        for column, label in ASKED.items():
            key = f"column:{column}"
            if column in has and key not in self.answers:
                continue
            choices = [(one.name, _told(one.heading, one.examples)) for one in self.table.unknown]
            if self.answers.get(key, NONE) != NONE and column in self.table.headings:
                choices.insert(0, (self.answers[key], self.table.headings[column]))
            if choices:
                choices += [(NONE, "None of them")] if column != "email" else []
                usual = "" if column == "email" or (column == "status" and self.may_have_ended()) else NONE
                yield ask(key, f"Which column is the {label}?", choices, self.answers, usual)

    def may_have_ended(self) -> bool:
        """Whether a column that nobody knows may say who is no member any more."""
        return any(LIKE_A_STATUS.search(one.heading) and one.examples for one in self.table.unknown)

    def with_status(self) -> Iterator[TableRow]:
        """Yield the rows of those who are on the list by their status; ask about words that nobody knows."""
        is_turned = TURNED.search(self.table.headings.get("status", "")) is not None
        known = (NO, YES) if is_turned else (IN, OUT)
        words = Counter(_status(row) for row in self.table if row["status"])
        unknown = [word for word in words if column_name(word) not in known[0] | known[1]]
        out = {word for word in words if column_name(word) in known[1]}
        if len(unknown) <= MAX_QUESTIONS:
            for word in unknown:
                question = self.about_status(word, words[word])
                self.made.questions.append(question)
                if question.answer != "in":
                    out.add(word)
        else:
            self.made.notices.append(f"The column {self.table.headings['status']} is not read: no statuses.")
        for row in self.table:
            if _status(row) in out:
                self.made.ended.append(address_of(row)[1])
            else:
                yield row
        told = [f"{word} ({words[word]})" for word in words if word in out and word not in unknown]
        if told:
            self.made.notices.append(f"Left out, because of their status: {', '.join(told)}.")

    def about_status(self, word: str, count: int) -> Question:
        choices = [("in", "On the list: members at once"), ("out", "Left out")]
        words = f"What does the status “{word[:80]}” mean ({count})?"
        return ask(f"status:{word[:80]}", words, choices, self.answers)

    def is_wrong(self, row: TableRow) -> bool:
        """Whether a row is left out; the reasons are kept."""
        name, address = address_of(row)
        found = list(problems_of(row, name, address))
        if not found and self.erased.refuses(address):
            found.append(TableProblem(row.number, "email", ON_THE_LIST))
        self.made.problems += found
        return bool(found)

    def entry(self, address: str, rows: Sequence[TableRow]) -> Entry | None:
        """Return the person of an address; where it stands twice with other details, whom was chosen."""
        ones = [self.details(row) for row in rows]
        merged: dict[str, str] = {}
        for details in ones:
            for column, value in details.items():
                if merged.setdefault(column, value).casefold() != value.casefold():
                    return self.one_of(address, rows, ones)
        return Entry(address, **merged)

    def one_of(self, address: str, rows: Sequence[TableRow], ones: Sequence[dict[str, str]]) -> Entry | None:
        numbers = [row.number for row in rows]
        asked = sum(one.key.startswith("twice:") for one in self.made.questions)
        if asked >= MAX_QUESTIONS:
            message = f"{address} is in row {numbers[0]} already, with other details."
            self.made.problems += [TableProblem(number, "email", message) for number in numbers[1:]]
            return None
        choices = [
            (str(number), f"Row {number}: {', '.join(details.values()) or 'no name'}")
            for number, details in zip(numbers, ones, strict=True)
        ]
        words = f"{address} is in rows {' and '.join(map(str, numbers))} with other details. Who is it?"
        question = ask(f"twice:{address}", words, [*choices, (NONE, "Leave it out")], self.answers)
        self.made.questions.append(question)
        chosen = dict(zip(map(str, numbers), ones, strict=True)).get(question.answer)
        return Entry(address, **chosen) if chosen is not None else None

    def details(self, row: TableRow) -> dict[str, str]:
        """Return what the row says; what is blank or not known is not said."""
        name, beside = written_name(row, address_of(row)[0]), ""
        if self.is_turned:
            name, beside = turned(name)
        details = {
            "name": name,
            "organisation": " ".join(row["organisation"].split()) or beside,
            "role": " ".join(row["role"].split()),
            "region": region_of(row["region"]) if "region" in self.columns else "",
        }
        return {column: value for column, value in details.items() if value}

    def say_what_was_passed_over(self, by_address: dict[str, list[TableRow]]) -> None:
        notices, rows = self.made.notices, [row for ones in by_address.values() for row in ones]
        asked = {one.key.removeprefix("twice:") for one in self.made.questions}
        again = sum(len(ones) - 1 for address, ones in by_address.items() if address not in asked)
        if again:
            notices.append(f"Rows that say the same as one above count once: {again}.")
        if "region" in self.columns:
            unknown = sorted(
                {row["region"] for row in rows if row["region"] and not region_of(row["region"])}
            )
            if unknown:
                told = ", ".join(unknown[:20])
                notices.append(f"Not taken over, because not known as a nation or region: {told}.")


def _told(heading: str, examples: Sequence[str]) -> str:
    return f"{heading} (for example {', '.join(one[:30] for one in examples[:2])})" if examples else heading


def _status(row: TableRow) -> str:
    """Return the status, days as one: when somebody left or is paid up to is one question, not a thousand."""
    return "a date" if _DATE.fullmatch(row["status"]) else row["status"]
