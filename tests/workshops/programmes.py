"""A programme as a file, planned and imported."""

import io

from tests.make import NOW
from workshops.programme_import import carry_out, plan_import

HEADER = "title,format,theme,starts_at,ends_at,room,capacity,hosts,summary,description"
WELCOME = "Welcome,plenary,Opening,2026-11-18T09:00:00+00:00,2026-11-18T09:45:00+00:00,Hall,,Ada,,"
CLINIC = "Clinic,workshop,Flow,2026-11-18T10:00:00+00:00,2026-11-18T11:00:00+00:00,R1,12,Bo; Cy,Short,Long"
HUDDLE = "Huddle,talk,Flow,2026-11-18T10:00:00+00:00,2026-11-18T11:00:00+00:00,R2,,Cy,,"


def plan(event, *rows, header=HEADER, **options):
    file = io.BytesIO("\n".join([header, *rows]).encode())
    return plan_import(event, file, "programme.csv", at=NOW, **options)


def load(event, *rows, header=HEADER, **options):
    planned = plan(event, *rows, header=header, **options)
    carry_out(planned, at=NOW)
    return planned


def counts(planned):
    """(new, changed, unchanged, gone)."""
    return len(planned.new), len(planned.changed), len(planned.unchanged), len(planned.gone)


def problems(refused):
    return [str(problem) for problem in refused.value.problems]
