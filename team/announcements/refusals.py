"""What is refused about announcements."""


class AnnouncementRefused(Exception):
    """An expected no; ``str()`` is the sentence for whoever pressed."""
