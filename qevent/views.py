"""The site's own pages: home, contact, and health for whatever watches the site."""

import errno
import re
import sys
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import server_error
from django.views.static import serve
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from blog.reading import entries, lists
from common import serving
from common.media_types import AUDIO
from common.statements import Statement
from events.calls_to_action import standing_of
from events.models import Event
from events.phases import DAY, Phase, phase_of
from events.views.loading import at_a_glance
from members.models import Member, SiteSettings
from members.readers import reader_of
from qevent import patience
from qevent.middleware import DatabaseIsAway

#: How many posts the front page shows.
LATEST = 3

#: When a page comes again by itself that could not be had.
AGAIN_SECONDS: Final = "5"

#: How a file system says that it takes no more.
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
#: How Postgres says so (Appendix A of its manual: disk_full).
DISK_FULL: Final = "53100"

#: Pictures and audio of posts, as ``blog.media`` names them.
NAMED_FOR_EVER: Final = re.compile(r"blog/[0-9a-f-]{36}(-\d+)?\.(webp|m4a|mp3|ogg|wav)$")


_UPCOMING = Statement(lambda today: Event.objects.select_related("places").upcoming(today))
_LAST = Statement(lambda today: Event.objects.select_related("places").held(today)[:1])
_LATEST = Statement(lambda at: lists.listed(at)[:LATEST])


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The next event, or the last until there is one, and the latest posts; at first, the first steps."""
    now = timezone.now()
    # Of any zone: its day may have begun there, or not be over.
    near = _UPCOMING.all(today=timezone.localdate(now) - DAY)
    upcoming = [one for one in near if not one.is_over(now) or phase_of(one, at=now) is Phase.ON_NOW]
    event = upcoming[0] if upcoming else _LAST.first(today=timezone.localdate(now) + DAY)
    latest = [entries.written(post, level=3) for post in _LATEST.all(at=now)]
    if event is None:
        there = {"steps": _first_steps(request), "has_events": Event.objects.public().exists()}
        return render(request, "home.html", there | {"latest": latest})
    standing = standing_of(event, reader_of(request))
    others = [one for one in upcoming if one != event]
    context = {"event": event, "others": others, "latest": latest} | at_a_glance(standing)
    kicker = _kicker(context["phase"]) % {"community": context["site"]}
    return render(request, "home.html", context | {"kicker": kicker})


def _kicker(phase: object) -> str:
    if phase is Phase.ON_NOW:
        return _("The event of %(community)s is on")
    if phase is Phase.BETWEEN_DAYS:
        return _("The event of %(community)s goes on")
    if phase in (Phase.AFTER, Phase.ARCHIVED):
        return _("The last event of %(community)s")
    return _("The next event of %(community)s")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the team."""
    return render(request, "contact.html")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded file: the logo, a picture or audio of a post. Only the team uploads; a proxy may do this.

    Audio goes part by part, as players ask for it. What is made of a picture, and audio, has a name that is
    never given again, so browsers may keep it for ever.
    """
    try:
        answer = _uploaded(request, path)
    except OSError as error:  # no file can have such a name: longer than 255 bytes, for one
        raise Http404 from error
    is_for_ever = NAMED_FOR_EVER.match(path) is not None
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if is_for_ever else "public, max-age=3600"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    media_type = AUDIO.get(path.rpartition(".")[2])
    if media_type is None or not NAMED_FOR_EVER.fullmatch(path):
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    tag = f'"{path.rpartition("/")[2]}"'
    return serving.part_of(request, file, file.size, media_type=media_type, tag=tag)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer an error: 503 while the database is away, 507 where its disk or ours is full; else 500."""
    error = sys.exc_info()[1]
    while error is not None:
        if patience.is_of_absence(error):
            return _database_is_away(request)
        if (isinstance(error, OSError) and error.errno in FULL) or getattr(error, "pgcode", "") == DISK_FULL:
            return HttpResponse(get_template("507.html").render(), status=507)
        error = error.__cause__
    return server_error(request)


def _database_is_away(request: HttpRequest) -> DatabaseIsAway:
    """Say so without a database. A page comes again by itself; what was sent is for its sender to press."""
    was_sent = request.method not in ("GET", "HEAD")
    page = get_template("503.html").render({"was_sent": was_sent})
    answer = DatabaseIsAway(page, headers={"Retry-After": AGAIN_SECONDS, "Cache-Control": "no-store"})
    if not was_sent:
        answer["Refresh"] = AGAIN_SECONDS
    return answer


def _first_steps(request: HttpRequest) -> dict[str, bool]:
    """Return which steps of setting up are done; nothing where the reader cannot take them."""
    reader = reader_of(request)
    has_admin = Member.objects.filter(is_superuser=True, is_active=True).exists()
    if has_admin and not (reader and reader.is_staff):
        return {}
    return {
        "admin": has_admin,
        "settings": SiteSettings.objects.exclude(contact_email="").exists(),
        "event": Event.objects.exists(),
    }


@require_safe
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """Whether the database and the broker answer, for whatever watches the site; 503 without the database."""
    answers = {"database": _database_answers(), "broker": _broker_answers()}
    return JsonResponse(answers, status=200 if answers["database"] else 503)


def _database_answers() -> bool:
    try:
        with patience.none(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    client = Redis.from_url(
        settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)
    )
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
    finally:
        client.close()
