"""What the team writes down about a person for its colleagues: "rang because of the link; will ring again".

Whoever helps people reads and leaves them; the author, or a superuser, takes one out. The person gets them
with their data, so they say nothing that one would not say to them; access needs have a place of their own.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from audit import trail
from audit.acts import Act
from members.models import Member
from team.models import NOTES_STAY, PersonNote

#: The same words by the same colleague within this time are one press.
SAME_PRESS: Final = timedelta(minutes=10)


class NoteRefused(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


@transaction.atomic
def leave(about: Member, text: str, *, by: Member, at: datetime) -> PersonNote:
    """Leave a note about a person; the same once more is one note. Raises ``NoteRefused`` without words."""
    words = text.strip()
    if not words:
        raise NoteRefused("Write the note first.")
    locked = Member.objects.lock_open(about.pk).first()
    if locked is None:
        raise NoteRefused("The account is closed, so nothing is noted about it.")
    again = PersonNote.objects.filter(about=locked, by=by, text=words, at__gt=at - SAME_PRESS).first()
    if again is not None:
        return again
    note = PersonNote.objects.create(about=locked, text=words, by=by, at=at)
    trail.record(locked, Act.NOTE_LEFT, by=by, at=at)
    return note


@transaction.atomic
def take_out(pk: int, about: Member, *, by: Member, at: datetime) -> bool:
    """Take a note out; return whether it was there. Raises ``NoteRefused`` for another's note."""
    note = PersonNote.objects.select_for_update().filter(pk=pk, about=about).first()
    if note is None:
        return False
    if not may_take_out(note, by):
        raise NoteRefused("Only who wrote a note takes it out, or a superuser.")
    note.delete()
    trail.record(about, Act.NOTE_TAKEN_OUT, by=by, at=at)
    return True


def may_take_out(note: PersonNote, reader: Member) -> bool:
    """Whether this reader may take the note out."""
    return reader.is_superuser or note.by_id == reader.pk


def forget(*, at: datetime) -> int:
    """Forget notes that have been kept for long enough; return how many."""
    return PersonNote.objects.filter(at__lte=at - NOTES_STAY).delete()[0]
