import pytest

from common.words import counted, listed, ordinal


def test_one_is_said_in_the_singular_and_all_else_in_the_plural():
    said = [counted(number, "%(count)s person waits", "%(count)s people wait") for number in (0, 1, 2, 1200)]

    assert said == ["0 people wait", "1 person waits", "2 people wait", "1,200 people wait"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (111, "111th"),
        (1002, "1,002nd"),
    ],
)
def test_positions_are_written_as_people_say_them(number: int, words: str):
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("things", "words"),
    [([], ""), ([2], "2"), ([2, 3], "2, 3"), ([2, 3, 4], "2, 3, …"), (["a", "b", "c", "d"], "a, b, …")],
)
def test_a_list_says_that_there_are_more(things, words):
    assert listed(things, 2) == words
