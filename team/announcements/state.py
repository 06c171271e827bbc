"""All that the page of one announcement shows."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from common.edit_conflicts import stamp
from common.times import SITE_ZONE, format_moment, zone_name
from notifications.models import Message
from team.announcements import audiences, calling_off, lately
from team.announcements import progress as counting
from team.announcements.audiences import Reach
from team.announcements.lately import Written
from team.announcements.plain_words import as_text
from team.announcements.preview import Preview, Sample, preview
from team.announcements.progress import NAMED, Progress
from team.models import Announcement


@dataclass(frozen=True)
class AnnouncementState:
    """One announcement: to whom, how many, as whom it is looked at; once it goes out, how far it has come."""

    told: Announcement
    to: str
    seen: str
    narrowed: list[str]
    when: str
    zone_name: str
    words: str
    reach: Reach | None
    preview: Preview | None
    written_lately: list[Written]
    progress: Progress | None
    #: Its event was called off before all of it had gone out.
    is_held_back: bool
    failed: list[Message]

    @property
    def is_under_way(self) -> bool:
        """Whether something of it is still to be sent."""
        if self.progress is None or self.told.state == Announcement.State.STOPPED:
            return False
        return self.told.state == Announcement.State.SENDING or not self.progress.is_over

    @property
    def failed_more(self) -> int:
        """How many that failed are not named."""
        return (self.progress.failed if self.progress else 0) - len(self.failed)


def announcement_or_404(pk: int) -> Announcement:
    """Return an announcement with who wrote, sent and stopped it."""
    related = ("event", "theme", "written_by", "sent_by", "stopped_by")
    found = Announcement.objects.select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def state(told: Announcement, *, sample: Sample, at: datetime) -> AnnouncementState:
    """Return it, looked at as ``sample``."""
    is_out = told.started_at is not None
    progress = counting.progress(told) if is_out else None
    zone = told.event.time_zone if told.event else SITE_ZONE.key
    return AnnouncementState(
        told=told,
        to=lately.to(told),
        seen=stamp(told),
        narrowed=_narrowed(told),
        when=format_moment(told.send_at, zone) if told.send_at else "",
        zone_name=zone_name(zone, at),
        words=as_text(told.words),
        reach=None if is_out else audiences.reach(told),
        preview=None if is_out else preview(told, sample),
        written_lately=[] if is_out else lately.lately(told, at=at),
        progress=progress,
        is_held_back=bool(progress and progress.rest) and calling_off.was_called_off_since(told),
        failed=list(counting.failed(told)[:NAMED]) if progress and progress.failed else [],
    )


def _narrowed(told: Announcement) -> list[str]:
    """Say which sessions or theme its audience is of."""
    if told.audience == Announcement.Audience.THEME and told.theme is not None:
        return [told.theme.title]
    if told.audience not in audiences.OF_SESSIONS:
        return []
    chosen = list(told.sessions.order_by("starts_at", "title").values_list("title", flat=True))
    if told.is_of_chosen:
        return chosen or ["None of the sessions that were chosen is there any more"]
    return ["All sessions"]
