#!/bin/sh
# A time in the hour that clocks show twice: RFC 5545, 3.3.5 says it is the first of the two. Two of three readers
# of calendar files take the second, so the same invitation stands an hour apart in two people's calendars.
#
# Seen with ical.js 2.2.1 and node-ical 0.26.1 (second) and icalendar 7.3.2 for Python (first), on a file that
# carries its own VTIMEZONE. Expected before the run: the first, by all three.
# Here: events/calendars/ical.py tells a moment in such an hour in UTC, which has one reading.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1 node-ical@0.26.1 >/dev/null
python3 -m venv v && v/bin/pip --quiet --disable-pip-version-check install icalendar==7.3.2 tzdata

cat > lines <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//one session//EN
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:night-shift@example.org
DTSTAMP:20260901T120000Z
DTSTART;TZID=Europe/London:20261025T013000
DTEND;TZID=Europe/London:20261025T033000
SUMMARY:Night shift stories
END:VEVENT
END:VCALENDAR
ICS
sed 's/$/\r/' lines > session.ics

cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
const text = readFileSync("session.ics", "utf8");
const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
console.log("ical.js 2.2.1", event.startDate.toJSDate().toISOString().slice(0, 16));
const entry = Object.values(nodeIcal.sync.parseICS(text)).find((one) => one.type === "VEVENT");
console.log("node-ical 0.26.1", entry.start.toISOString().slice(0, 16));
JS
cat > read.py <<'PY'
import datetime, pathlib, icalendar
calendar = icalendar.Calendar.from_ical(pathlib.Path("session.ics").read_bytes())
start = calendar.walk("VEVENT")[0].start.astimezone(datetime.UTC)
print("icalendar 7.3.2", start.strftime("%Y-%m-%dT%H:%M"))
PY
{ node read.mjs; v/bin/python read.py; } | tee seen
cat > expected <<'SEEN'
ical.js 2.2.1 2026-10-25T01:30
node-ical 0.26.1 2026-10-25T01:30
icalendar 7.3.2 2026-10-25T00:30
SEEN
echo "By RFC 5545 all would say 2026-10-25T00:30 (UTC), the first 1:30 of that night."
cmp -s seen expected || { echo "This has changed: see what events/calendars/ical.py still needs." >&2; exit 1; }
