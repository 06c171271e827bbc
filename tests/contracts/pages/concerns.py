"""States of the pages about concerns: reported, answered, refused, without readers; read by a reader."""

from datetime import timedelta

import time_machine

from concerns import codes, handling, readers, removal, reporting
from concerns.models import Concern, Desk, Reader, Removal
from concerns.reporting import Told
from events.models import Event, Session
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.make import NOW

CONCERN, ANSWER = "/events/2026/concern/", "/events/2026/concern/answer/"
VISITOR, ADA = "visitor", "registered and booked"


def told(site: Site, **fields: object) -> str:
    """Report something, and return the code."""
    event = Event.objects.get(slug="2026")
    seen = reporting.seen(readers.of_event(event))
    about = {"what": f"They said {LONG_WORD}.", "would_help": f"Say {LONG_WORD}."} | fields
    return reporting.report(event, Told(form=codes.new_form(), seen=seen, **about), at=NOW)  # type: ignore[arg-type]


def somebody_reports(site: Site) -> None:
    client = site.client(VISITOR)
    form = site.look("concerns:report", "of a session", VISITOR, f"{CONCERN}?session=flow", client=client)
    sent = {
        "what": f"They said {LONG_WORD}.",
        "session": Session.objects.get(slug="flow").slug,
        "wants": "code",
        "seen": form.context["form"].initial["seen"],
        "submission": "one",
    }
    others = sent | {"seen": "1", "wants": "reach"}
    site.keep(client.post(CONCERN, others), "concerns:report", "refused", VISITOR, CONCERN)
    others = sent | {"seen": "1"}
    site.keep(client.post(CONCERN, others), "concerns:report", "others read it", VISITOR, CONCERN)
    site.keep(client.post(CONCERN, sent), "concerns:report", "reported", VISITOR, CONCERN)
    wanting = sent | {"wants": "nothing", "submission": "two"}
    site.keep(client.post(CONCERN, wanting), "concerns:report", "no answer", VISITOR, CONCERN)


def somebody_reads_the_answer(site: Site) -> None:
    client, code = site.client(VISITOR), told(site)
    concern = Concern.objects.exclude(about_whom=LONG_WORD).get()
    site.keep(client.post(ANSWER, {"secret_code": "1"}), "concerns:answer", "wrong code", VISITOR, ANSWER)
    site.keep(client.post(ANSWER, {"secret_code": code}), "concerns:answer", "open", VISITOR, ANSWER)
    more = {"secret_code": code, "more": f"And {LONG_WORD}."}
    site.keep(client.post(ANSWER, more), "concerns:answer", "more", VISITOR, ANSWER)
    site.keep(client.post(ANSWER, more | {"more": ""}), "concerns:answer", "no more", VISITOR, ANSWER)
    root = site.member(ADMIN)
    handling.answer(concern.pk, f"Sorry for {LONG_WORD}.", seen=2, by=root, at=NOW)
    site.keep(client.post(ANSWER, {"secret_code": code}), "concerns:answer", "answered", VISITOR, ANSWER)
    handling.close(concern.pk, seen=3, by=root, at=NOW)
    site.keep(client.post(ANSWER, {"secret_code": code}), "concerns:answer", "closed", VISITOR, ANSWER)


def somebody_gave_their_name(site: Site) -> None:
    told(site, reporter=site.member(ADA), wants="email")
    told(site, reporter=site.member(ADA), wants="nothing")
    client = site.client(ADA)
    site.look("concerns:answer", "own", ADA, ANSWER, client=client)
    pk = Concern.objects.filter(reporter=site.member(ADA)).latest("pk").pk
    site.keep(client.post(ANSWER, {"concern": pk}), "concerns:answer", "one of theirs", ADA, ANSWER)


def too_few_read(site: Site) -> None:
    Desk.objects.create(
        event=Event.objects.get(slug="2026"), in_danger=f"Ring **{LONG_WORD}**.\n\n- Or\n- run"
    )
    Reader.objects.exclude(member=site.member(ADMIN)).delete()
    site.look("concerns:report", "one reads", VISITOR, CONCERN)
    Reader.objects.all().delete()
    site.look("concerns:report", "nobody reads", VISITOR, CONCERN)
    site.look("team:index", "nobody reads", ADMIN, "/team/")
    path = "/team/events/2026/concerns/"
    alone = {"members": [site.member(ADMIN).pk], "answer_days": 2}
    posted = site.client(ADMIN).post(path, alone)
    site.keep(posted, "team:event_concern_readers", "one alone", ADMIN, path)


def a_reader_reads(site: Site) -> None:
    client, concern = site.client(ADMIN), Concern.objects.get()
    path = f"/team/concerns/{concern.address}/"
    site.keep(client.post(path), "team:concern", "read", ADMIN, path)
    late = concern.answer_by + timedelta(days=2)  # type: ignore[operator]  # it is promised
    with time_machine.travel(late, tick=False):
        site.look("team:index", "an answer is late", ADMIN, "/team/")
        site.look("team:concerns", "late", ADMIN, "/team/concerns/")
    words, seen = f"Of {LONG_WORD}.", concern.version
    for state, sent in (
        ("no answer", {"act": "answer"}),
        ("no note", {"act": "note"}),
        ("changed", {"act": "answer", "seen": "9", "words": words}),
        ("not answered", {"act": "close", "seen": seen}),
    ):
        site.keep(client.post(path, sent), "team:concern", state, ADMIN, path)
    client.post(path, {"act": "note", "note": words, "seen": seen})
    client.post(path, {"act": "answer", "words": words, "seen": seen + 1})
    Concern.objects.update(is_suspected=True)
    site.look("team:concern", "answered", ADMIN, path, client=client)
    site.keep(client.post(path), "team:concern", "answered, read", ADMIN, path)
    Concern.objects.all().delete()
    site.look("team:concerns", "none", ADMIN, "/team/concerns/")


def somebody_is_taken_out(site: Site) -> None:
    event, root, client = Event.objects.get(slug="2026"), site.member(ADMIN), site.client(ADMIN)
    ada = site.member(ADA)
    path, look = f"/team/people/{ada.pk}/take-out/2026/", f"/team/people/{ada.pk}/second-look/2026/"
    site.keep(client.post(path, {"reason": "Why"}), "team:person_take_out", "refused", ADMIN, path)
    own = f"/team/people/{root.pk}/take-out/2026/"
    site.look("team:person_take_out", "themselves", ADMIN, own, client=client)
    removal.remove(event, ada, f"Of {LONG_WORD}.", f"You said {LONG_WORD}.", by=root, at=NOW)
    site.look("team:person", "out of the event", ADMIN, f"/team/people/{ada.pk}/?event=2026", client=client)
    site.look("team:person_second_look", "not asked", ADMIN, look, client=client)
    second = "/events/2026/second-look/"
    site.look("concerns:second_look", "out", ADA, second)
    site.keep(site.client(ADA).post(second, {}), "concerns:second_look", "refused", ADA, second)
    site.look("events:register", "out of the event", ADA, "/events/2026/register/")
    out = removal.ask(event, ada, f"I did not say {LONG_WORD}.", by=ada, at=NOW)
    site.look("concerns:second_look", "asked", ADA, second)
    site.look("team:index", "a second look is asked for", ADMIN, "/team/")
    site.keep(client.post(look, {}), "team:person_second_look", "refused", ADMIN, look)
    Removal.objects.update(removed_by=make.member("Rob", is_staff=True))
    out = removal.look_again(out, f"It stays: {LONG_WORD}.", lifts=False, by=root, at=NOW)
    site.look("concerns:second_look", "stays", ADA, second)
    site.look("team:person_second_look", "looked again", ADMIN, look, client=client)
    Removal.objects.update(lifted_at=NOW)
    site.look("concerns:second_look", "lifted", ADA, second)


def after_a_hard_session(site: Site) -> None:
    session = Session.objects.get(slug="flow")
    Session.objects.update(support_after=f"Ring **{LONG_WORD}**.")
    with time_machine.travel(session.ends_at + timedelta(minutes=5), tick=False):  # type: ignore[operator]
        site.look("events:session", "support afterwards", ADA, "/events/2026/sessions/flow/")


STATES = (
    somebody_is_taken_out,
    after_a_hard_session,
    somebody_reports,
    somebody_reads_the_answer,
    somebody_gave_their_name,
    too_few_read,
    a_reader_reads,
)
