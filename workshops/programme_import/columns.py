"""The columns of a programme, and what other systems call them.

Headings are those that Excel and Google files, Sessionize, pretalx, Sched, Indico, frab, voc, open-event,
OSEM and Microsoft Forms write; where a file has two for one column, the earlier here counts.
"""

from typing import Final

#: Column → whether its heading must be there. With a ``date``, start and end may be times alone.
COLUMNS: Final = {
    "slug": False,
    "id": False,
    "title": False,
    "format": False,
    "theme": False,
    "date": False,
    "starts_at": False,
    "ends_at": False,
    "end_date": False,
    "duration": False,
    "room": False,
    "capacity": False,
    "hosts": False,
    "host_ids": False,
    "first_name": False,
    "last_name": False,
    "summary": False,
    "abstract": False,
    "description": False,
    "status": False,
}
_OTHERS: Final = {
    "id": (
        "session_id", "proposal_id", "event_id", "submission_id", "code", "guid", "uid",
        "unique_id", "event_key", "session_key",
    ),
    "title": (
        "session_title", "proposal_title", "event_title", "talk_title", "title_of_session", "session_name",
        "event_name", "name_of_session", "session", "event", "talk", "presentation_title", "activity", "item",
        "what", "agenda_item", "programme_item", "program_item", "title_of_the_talk", "title_of_talk",
        "title_of_the_session", "title_of_presentation", "subject", "name",
    ),
    "format": (
        "session_type", "session_format", "proposal_type", "submission_type", "event_type", "type", "kind",
        "type_of_session", "format_of_session", "talk_type", "contribution_type", "category",
    ),
    "theme": ("themes", "track", "tracks", "stream", "strand", "track_name", "topic", "session_track"),
    "date": (
        "start_date", "event_start_date", "session_date", "date_of_session", "day", "event_date", "day_date",
        "start_day", "session_start_date", "session_day",
    ),
    "starts_at": (
        "start", "starts", "start_time", "event_start_time", "session_start", "session_start_time",
        "scheduled_at", "event_start", "starts_on", "start_datetime", "start_date_time", "start_at", "begin",
        "begins", "from", "time_start", "time", "times", "when", "date_time", "date_and_time", "time_slot",
        "timeslot", "slot", "session_time", "schedule", "hour",
    ),
    "ends_at": (
        "end", "ends", "end_time", "event_end_time", "session_end", "session_end_time", "event_end", "finish",
        "finishes", "finish_time", "ends_on", "end_datetime", "end_date_time", "end_at", "until", "to",
        "time_end",
    ),
    "end_date": ("event_end_date", "end_day", "session_end_date"),
    "duration": (
        "length", "scheduled_duration", "duration_min", "duration_mins", "duration_minutes",
        "duration_in_minutes", "duration_hours", "duration_h", "length_min", "length_minutes",
        "length_in_minutes", "minutes", "mins", "length_hours", "session_length", "how_long", "talk_length",
    ),
    "room": (
        "location", "venue", "place", "rooms", "room_name", "session_room", "where", "room_location",
        "event_location", "microlocation", "hall", "stage",
    ),
    "capacity": (
        "places", "seats", "max_attendees", "maximum_attendees", "max_participants", "event_capacity",
        "number_of_places", "limit", "session_capacity", "room_capacity", "max", "max_places", "max_seats",
        "max_capacity", "max_delegates", "maximum_delegates", "max_number", "maximum_number", "spaces",
        "number_of_spaces", "number_of_seats", "number_of_participants", "participant_limit",
        "attendee_limit", "maximum_participants", "max_no", "max_numbers", "max_people", "cap",
        "ticket_capacity",
    ),
    "hosts": (
        "host", "speakers", "speaker", "speaker_names", "speaker_name", "presenters", "presenter", "persons",
        "people", "facilitators", "facilitator", "hosted_by", "led_by", "session_host", "session_hosts",
        "lead", "leads", "speaker_s", "host_s", "presenter_s", "organisers", "author", "authors", "chair",
        "who", "session_speakers",
    ),
    "host_ids": ("speaker_ids", "speaker_id", "presenter_ids"),
    "first_name": ("firstname", "speaker_first_name", "forename", "given_name"),
    "last_name": ("lastname", "speaker_last_name", "surname", "family_name"),
    "summary": ("short_description", "strapline", "subtitle", "tagline", "standfirst"),
    "abstract": ("session_abstract", "event_abstract", "abstract_of_the_talk", "abstract_of_talk"),
    "description": (
        "session_description", "event_description", "long_description", "details", "text", "about",
        "synopsis", "blurb", "overview", "outline",
    ),
    "status": (
        "proposal_state", "state", "session_status", "submission_state", "active_y_n", "active",
        "event_active", "published", "is_published",
    ),
}  # fmt: skip
#: What other conferences call these columns.
ALIASES: Final = {name: column for column, names in _OTHERS.items() for name in names}
#: In words, for whoever says what an unknown column is.
LABELS: Final = {
    "id": "its id",
    "title": "the title",
    "format": "the format",
    "theme": "the theme",
    "date": "the day",
    "starts_at": "the start (or start and end)",
    "ends_at": "the end",
    "end_date": "the day of the end",
    "duration": "the length",
    "room": "the room",
    "capacity": "the number of places",
    "hosts": "the hosts",
    "summary": "the summary",
    "description": "the description",
    "status": "draft or published",
}
#: When somebody filled in a form (Microsoft, Google) is not when the session is.
OF_A_FORM: Final = ("completion_time", "timestamp")
