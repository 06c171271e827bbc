"""What log lines may not say: a secret address opens what is theirs to whoever reads the log."""

import logging
import re

#: Calendars, pages of guests and of those who follow a conversation, previews of posts, places to give up.
SECRET = re.compile(
    r"(/calendar/(?=[^/\s]+\.ics)|/comments/(?:mine|confirm|add|follow)/|/blog/preview/|/give-up/)[^/\s]+?(?=\.ics|[/\s?]|$)"
)


class WithoutSecrets(logging.Filter):
    """Leaves the secret part of addresses out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the line; all lines are kept."""
        line = record.getMessage()
        clean = SECRET.sub(r"\1…", line)
        if clean != line:
            record.msg, record.args = clean, None
        return True
