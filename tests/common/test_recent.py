"""What a process keeps of what it made: the last so many values, by everything they are made of."""

import threading

from common.recent import Recent


def test_a_value_is_made_once_for_its_key():
    kept: Recent[object] = Recent(2)

    first, again, other = kept.get("a", object), kept.get("a", object), kept.get("b", object)

    assert (again is first, other is first) == (True, False)


def test_what_was_not_asked_for_longest_goes_first():
    kept: Recent[str] = Recent(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: "old")

    found = [kept.get(key, lambda: "new") for key in ("c", "a", "b")]

    assert found == ["old", "old", "new"]


def test_who_asks_meanwhile_does_not_wait_for_a_value_that_another_thread_makes():
    kept: Recent[str] = Recent(2)
    is_made = threading.Event()
    slow = threading.Thread(target=lambda: kept.get("slow", lambda: "made" if is_made.wait(10) else "late"))
    slow.start()

    other = kept.get("quick", lambda: "quick")
    is_made.set()
    slow.join()

    assert (other, kept.get("slow", lambda: "anew")) == ("quick", "made")
