"""A programme as a file, planned and imported."""

import io

from tests.make import NOW
from workshops.programme_import import Options, import_programme, plan_import

HEADER = "title,format,theme,starts_at,ends_at,room,capacity,hosts,summary,description"
WELCOME = "Welcome,plenary,Opening,2026-11-18T09:00:00+00:00,2026-11-18T09:45:00+00:00,Hall,,Ada,,"
CLINIC = "Clinic,workshop,Flow,2026-11-18T10:00:00+00:00,2026-11-18T11:00:00+00:00,R1,12,Bo; Cy,Short,Long"
HUDDLE = "Huddle,talk,Flow,2026-11-18T10:00:00+00:00,2026-11-18T11:00:00+00:00,R2,,Cy,,"


def plan(event, *rows, header=HEADER, **options):
    return plan_import(event, file(*rows, header=header), "programme.csv", **options)


def file(*rows, header=HEADER):
    return io.BytesIO("\n".join([header, *rows]).encode())


def load(event, *rows, header=HEADER, answers=None, **options):
    return load_file(event, file(*rows, header=header), "programme.csv", answers=answers, **options)


def load_file(event, content, name, *, answers=None, **options):
    """Look at a programme, and import just that."""
    looked = plan_import(event, content, name, answers=answers, **options)
    chosen = Options(**options)
    return import_programme(
        event, content, name, looked.fingerprint, by=None, at=NOW, answers=answers, options=chosen
    )


def counts(planned):
    """(new, changed, unchanged, gone)."""
    return len(planned.new), len(planned.changed), len(planned.unchanged), len(planned.gone)


def problems(refused):
    return [str(problem) for problem in refused.value.problems]
