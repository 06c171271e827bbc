"""How acts about recordings are played."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from audit.acts import Act
from events.models import Contributor, Session
from recordings import agreeing, files, marks, publishing, taking_away, transcripts
from recordings.models import Recording
from tests import make
from tests.contracts.acts.people import sam
from tests.contracts.acts.playing import Played, plays
from tests.found import found
from tests.make import BY, NOW

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
LINK = {"title": "A", "url": "https://video.example/1", "seconds": 60}


def recorded() -> tuple[Session, Contributor]:
    session = make.session(make.event(), is_recorded=True)
    return session, make.host(session, member=make.member("Hana"))


def ready() -> Recording:
    """Make a draft that could be published."""
    session, hana = recorded()
    made = publishing.add_link(session, by=BY, at=NOW, **LINK)
    agreeing.note(session, hana, agrees=True, by=BY, at=NOW)
    transcripts.give_text(made.pk, "A", by=BY, at=NOW)
    transcripts.read(made.pk, seen=1, by=make.member("Tess"), at=NOW)
    return made


def played(do: Callable[[Recording, Any], object], *, is_published: bool = False) -> Played:
    made, by = ready(), sam()
    if is_published:
        publishing.publish(made.pk, by=BY, at=NOW)
    return Played(lambda: do(made, by), lambda: made, by)


@plays(Act.RECORDING_ADDED, publishing.add_link, files.add)
def adding_a_link() -> Played:
    by, (session, _hana) = sam(), recorded()
    return Played(lambda: publishing.add_link(session, by=by, at=NOW, **LINK), Recording.objects.get, by)


@plays(Act.RECORDING_CHANGED, publishing.change, files.add_audio)
def changing_it() -> Played:
    return played(lambda made, by: publishing.change(made.pk, by=by, at=NOW, title="B"))


@plays(Act.TRANSCRIPT_GIVEN, transcripts.give_text)
def giving_a_transcript() -> Played:
    return played(lambda made, by: transcripts.give_text(made.pk, "B", by=by, at=NOW))


@plays(Act.SPEAKERS_SAID, transcripts.say_who_speaks, transcripts.give_captions)
def saying_who_speaks() -> Played:
    made, by = ready(), sam()
    transcripts.give_captions(made.pk, VTT, by=BY, at=NOW)
    told = {1: transcripts.Told(None, is_shown=True)}
    do = lambda: transcripts.say_who_speaks(made.pk, told, seen=2, by=by, at=NOW)  # noqa: E731  # as its neighbours
    return Played(do, lambda: made, by)


@plays(Act.TRANSCRIPT_READ, transcripts.read)
def reading_it() -> Played:
    made, by = ready(), sam()
    transcripts.give_text(made.pk, "B", by=BY, at=NOW)
    return Played(lambda: transcripts.read(made.pk, seen=2, by=by, at=NOW), lambda: made, by)


@plays(Act.RECORDING_PUBLISHED, publishing.publish)
def publishing_it() -> Played:
    return played(lambda made, by: publishing.publish(made.pk, by=by, at=NOW))


@plays(Act.RECORDING_TAKEN_DOWN, publishing.take_down)
def taking_it_down() -> Played:
    return played(lambda made, by: publishing.take_down(made.pk, by=by, at=NOW), is_published=True)


@plays(Act.RECORDING_REMOVED, publishing.remove)
def removing_it() -> Played:
    made, by = ready(), sam()
    return Played(lambda: publishing.remove(made.pk, by=by, at=NOW), lambda: made.session, by)


@plays(Act.RECORDING_ASKED, agreeing.ask)
def asking_a_host() -> Played:
    by, (session, _hana) = sam(), recorded()
    return Played(lambda: agreeing.ask(session, by=by, at=NOW), lambda: session, by)


@plays(Act.RECORDING_AGREED, agreeing.answer)
def agreeing_to_it() -> Played:
    return _answering(agrees=True)


@plays(Act.RECORDING_DECLINED)
def declining_it() -> Played:
    return _answering(agrees=False)


def _answering(*, agrees: bool) -> Played:
    session, hana = recorded()
    by = found(hana.member)
    return Played(lambda: agreeing.answer(session, hana, agrees=agrees, by=by, at=NOW), lambda: session, by)


@plays(Act.RECORDING_ANSWER_NOTED, agreeing.note)
def noting_an_answer() -> Played:
    by, (session, hana) = sam(), recorded()
    return Played(lambda: agreeing.note(session, hana, agrees=True, by=by, at=NOW), lambda: session, by)


TEXTS = {"problem": "A", "done": "B", "monday": "C", "links": "", "contact": ""}


def over() -> tuple[Session, Contributor]:
    session, hana = recorded()
    Session.objects.update(starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    session.refresh_from_db()
    return session, hana


def written(do: Callable[[Session, str, Any], object], *, is_published: bool = False) -> Played:
    """Somebody of the team acts on what Hana wrote."""
    by, (session, hana) = sam(), over()
    taking_away.write(
        session, TEXTS, seen=taking_away.of(session).seen, host=hana, by=found(hana.member), at=NOW
    )
    if is_published:
        taking_away.publish(session, seen=taking_away.of(session).seen, by=make.member("Tess"), at=NOW)
    return Played(lambda: do(session, taking_away.of(session).seen, by), lambda: session, by)


@plays(Act.TAKE_AWAY_WRITTEN, taking_away.write)
def writing_what_to_take_away() -> Played:
    other = TEXTS | {"problem": "Other"}
    return written(
        lambda session, seen, by: taking_away.write(session, other, seen=seen, host=None, by=by, at=NOW)
    )


@plays(Act.TAKE_AWAY_TAKEN_BACK, taking_away.take_back)
def deleting_what_waits() -> Played:
    return written(
        lambda session, seen, by: taking_away.take_back(session, seen=seen, host=None, by=by, at=NOW)
    )


@plays(Act.TAKE_AWAY_PUBLISHED, taking_away.publish)
def publishing_what_to_take_away() -> Played:
    return written(lambda session, seen, by: taking_away.publish(session, seen=seen, by=by, at=NOW))


@plays(Act.TAKE_AWAY_LEFT, taking_away.leave)
def leaving_it() -> Played:
    return written(lambda session, seen, by: taking_away.leave(session, answer="A", seen=seen, by=by, at=NOW))


@plays(Act.TAKE_AWAY_TAKEN_DOWN, taking_away.take_down)
def taking_it_all_down() -> Played:
    return written(
        lambda session, seen, by: taking_away.take_down(session, seen=seen, host=None, by=by, at=NOW),
        is_published=True,
    )


#: What somebody marks for themselves is nobody's to look up: it leaves no entry.
UNRECORDED = (marks.set_watched, marks.set_to_watch)
