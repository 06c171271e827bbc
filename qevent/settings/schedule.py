"""What beat has done, and every how many seconds."""

CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    # A sweep that no worker took before the next is dropped: they do not pile up while workers are down.
    "deliver-due-messages": {
        "task": "notifications.tasks.deliver_due",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "tell-when-booking-opens": {"task": "workshops.tasks.announce_openings", "schedule": 60.0},
    "remind-of-the-day": {"task": "workshops.tasks.remind", "schedule": 60.0, "options": {"expires": 60}},
    "tell-of-answers-due": {"task": "concerns.tasks.tell_due", "schedule": 600.0},
    "bring-back-what-they-will-do": {"task": "learning.tasks.bring_back", "schedule": 300.0},
    "tell-hosts-the-day-before": {"task": "hosting.tasks.tell_the_day_before", "schedule": 300.0},
    "ask-hosts-what-to-take-away": {"task": "hosting.tasks.ask_what_to_take_away", "schedule": 900.0},
    "tell-that-booking-has-opened": {"task": "workshops.tasks.tell_opened", "schedule": 20.0},
    "serve-waiting-lists": {"task": "workshops.tasks.sweep", "schedule": 60.0},
    "send-announcements": {
        "task": "team.tasks.send_announcements",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "let-in-who-waits-for-an-event": {"task": "events.tasks.sweep", "schedule": 60.0},
    "tell-moderators-what-waits": {"task": "comments.tasks.tell_moderators", "schedule": 900.0},
    "forget-attempts": {
        "task": "members.tasks.forget_attempts",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "forget-what-met-the-log-in": {"task": "members.tasks.forget_typed", "schedule": 600.0},
    "forget-what-is-not-kept": {"task": "members.tasks.forget", "schedule": 3600.0},
    "erase-who-asked-for-it": {"task": "members.tasks.erase_due", "schedule": 600.0},
    "make-files-with-peoples-data": {
        "task": "members.tasks.make_exports",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
}
