"""What a file leaves open, as questions to whoever imports it, and their answers.

A question that has no usual answer is *open* and must be answered before anything is imported; the others
say how they were understood, and can be answered otherwise. Answers are kept by the question's key.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from common.storable import storable

Answers = Mapping[str, str]
#: The answer for "nothing of it".
NONE: Final = "-"
#: Between several answers to one question.
BETWEEN: Final = "\n"


@dataclass(frozen=True)
class Question:
    """One thing that has more than one reading; ``choices`` are (value, words)."""

    key: str
    words: str
    choices: tuple[tuple[str, str], ...]
    answer: str = ""
    #: Whether several of the choices may be taken together.
    is_many: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the import waits for an answer."""
        return not self.answer

    @property
    def id(self) -> str:
        """Return a name for the field in a page."""
        return f"q-{hashlib.sha256(self.key.encode()).hexdigest()[:10]}"

    @property
    def answers(self) -> list[str]:
        """Return what was answered, one by one."""
        return [one for one in self.answer.split(BETWEEN) if one] if self.is_many else [self.answer]

    @property
    def answer_in_words(self) -> str:
        """Return the words of what was answered."""
        words = dict(self.choices)
        return ", ".join(words.get(one, one) for one in self.answers)


def ask(
    key: str,
    words: str,
    choices: Sequence[tuple[str, str]],
    answers: Answers,
    usual: str = "",
    *,
    is_many: bool = False,
) -> Question:
    """Return a question with what was answered, else its usual answer, else open."""
    answer = answers.get(key, "")
    allowed = {value for value, _ in choices}
    given = [one for one in answer.split(BETWEEN) if one in allowed] if is_many else [answer]
    is_valid = bool(given) and set(given) <= allowed
    return Question(key, words, tuple(choices), BETWEEN.join(given) if is_valid else usual, is_many)


#: What begins the name of a question's field.
ANSWER: Final = "answer:"
#: Of a form that somebody made up, so many answers are read, and so much of each.
_MAX_VALUES, _MAX_CHARS = 400, 300
#: Several answers together.
_MAX_JOINED_CHARS: Final = 10_000


def answered(before: Answers, posted: QueryDict) -> dict[str, str]:
    """Return the answers with those of the form; what is not in it stays as it was."""
    names = [name for name in posted if name.startswith(ANSWER) and len(name) <= _MAX_CHARS][:_MAX_VALUES]
    given = {
        storable(name.removeprefix(ANSWER)): _joined(posted.getlist(name)[:_MAX_VALUES]) for name in names
    }
    return dict(before) | {key: value for key, value in given.items() if value or key in before}


def _joined(answers: Sequence[str]) -> str:
    return storable(BETWEEN.join(one[:_MAX_CHARS] for one in answers if one))[:_MAX_JOINED_CHARS]
