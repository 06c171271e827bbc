#!/bin/sh
# A session of two hours, said as DURATION:PT2H, in the night in which the clocks go forward. RFC 5545, 3.3.6: hours
# of a duration are exact, so it ends two hours later. Two of three readers of calendar files count on the clock's
# face instead, and end it after one.
#
# Seen with ical.js 2.2.1 and icalendar 7.3.2 for Python (one hour) and node-ical 0.26.1 (two hours), on a file that
# carries its own VTIMEZONE. Expected before the run: two hours by both JavaScript readers.
# Here: events/calendars/ical.py writes DTEND, never DURATION.
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
DTSTART;TZID=Europe/London:20260329T003000
DURATION:PT2H
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
const hours = (start, end) => `${(end - start) / 3600000} h`;
console.log("ical.js 2.2.1", hours(event.startDate.toJSDate(), event.endDate.toJSDate()));
const entry = Object.values(nodeIcal.sync.parseICS(text)).find((one) => one.type === "VEVENT");
console.log("node-ical 0.26.1", hours(entry.start, entry.end));
JS
cat > read.py <<'PY'
import datetime, pathlib, icalendar
calendar = icalendar.Calendar.from_ical(pathlib.Path("session.ics").read_bytes())
event = calendar.walk("VEVENT")[0]
start, end = (moment.astimezone(datetime.UTC) for moment in (event.start, event.end))
print(f"icalendar 7.3.2 {(end - start) / datetime.timedelta(hours=1):g} h")
PY
{ node read.mjs; v/bin/python read.py; } | tee seen
cat > expected <<'SEEN'
ical.js 2.2.1 1 h
node-ical 0.26.1 2 h
icalendar 7.3.2 1 h
SEEN
echo "By RFC 5545 all would say 2 h."
cmp -s seen expected || { echo "This has changed: DURATION may be as good as DTEND now." >&2; exit 1; }
