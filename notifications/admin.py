"""Messages in admin: what became of each email, how it would look now, and *send again*.

Rows are read-only, they belong to the rules. Addresses are shown to, and searched by, those only who
may see them.
"""

from copy import copy
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from common.admin.long_lists import LongList
from common.admin.lookups import OffersItsFilters
from common.sandboxed_html import framed
from notifications import kept
from notifications.admin_maybe_sent import DecidesMaybeSent, in_words
from notifications.delivery import render
from notifications.models import Message, SentLetter
from notifications.outbox import KINDS, Letter, unlisted
from notifications.resend import SendAgainRefused, send_again

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Message]
else:  # generic to the type checker only
    ModelAdmin = admin.ModelAdmin

SEE_ADDRESS = "notifications.see_recipient_address"
SEND_AGAIN = "notifications.send_message_again"
#: How many messages can be sent again from the list: each is shown first.
MAX_AT_ONCE = 20

#: More words than these are not looked for: each costs a join, and nobody types them.
MOST_WORDS: Final = 50


class KindFilter(admin.SimpleListFilter):
    """By kind; the choices are the kinds that apps registered, so they cost no query."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every registered kind, in words."""
        return [(kind, in_words(kind)) for kind in sorted(KINDS) if not KINDS[kind].is_unlisted]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        """Messages of the kind chosen."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


def is_a_guests(message: Message) -> bool:
    """Whether it went to somebody without an account whose address no list shows."""
    kind = KINDS.get(message.kind)
    return message.member_id is None and kind is not None and kind.is_private


def preview(message: Message) -> tuple[Letter | None, str]:
    """Return the letter as it would be sent now (again, if it was sent), or why there is none to show."""
    if kept.is_secret(message):
        is_code = message.had_secret or message.member_id is None
        return (
            None,
            f"It {'holds a code or secret link' if is_code else 'is confidential'}, so it is not shown.",
        )
    shown = copy(message)
    if shown.state == Message.State.SENT:  # then a copy is sent, which tells everything
        shown.resend_of_id = shown.pk
    try:
        letter = render(shown)
    except Exception as error:  # what cannot be sent cannot be shown either
        return None, f"It cannot be rendered: {type(error).__name__}."
    return letter, "" if letter else "Nothing is left to tell: it would not be sent now."


@admin.register(Message)
class MessageAdmin(DecidesMaybeSent, LongList, OffersItsFilters, ModelAdmin):
    """The emails sent, waiting and failed."""

    actions = ["send_again"]
    change_form_template = "notifications/admin_message.html"
    list_filter = ["state", KindFilter, "send_after", "bulk"]
    list_per_page = 50
    list_select_related = ["member"]
    show_full_result_count = False
    search_help_text = (
        "Message-ID, or how it begins; the recipient's name or address, if you may see addresses (a guest's "
        "in full). Emails that a later one replaced are left out: the filter by state has them. Times: UK "
        "and Ireland."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """All but those of which nobody of the team is told: they have no page either."""
        return super().get_queryset(request).exclude(kind__in=unlisted())

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Columns; the address where the reader may see it."""
        who = "recipient_and_address" if request.user.has_perm(SEE_ADDRESS) else "recipient"
        return ("what", who, "state", "when", "last_error")

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """By address only for those who may see addresses: a search could find them out."""
        people = ["member__email", "member__name_folded__typed"] if request.user.has_perm(SEE_ADDRESS) else []
        return ["message_id__startswith", *people]

    def fits(self, request: HttpRequest, word: str) -> Q:
        """Find a Message-ID without its bracket too, and addresses of people without an account."""
        fits = super().fits(request, word) | Q(message_id__startswith=f"<{word.lower()}")
        if request.user.has_perm(SEE_ADDRESS):
            fits |= Q(email__icontains=word) & ~Q(email="")  # as the index has them
        return fits

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Message], search_term: str
    ) -> tuple[QuerySet[Message], bool]:
        """Find the emails to guests by a whole address or their Message-ID: parts could be tried out.

        What a later one replaced is left out, unless it is asked for.
        """
        private = [name for name, kind in KINDS.items() if kind.is_private]
        guests = Q(member=None, kind__in=private)
        words = " ".join(search_term.split()[:MOST_WORDS])
        found, may_repeat = super().get_search_results(request, queryset.exclude(guests), words)
        if search_term:
            written = Q(message_id=search_term.strip())
            if request.user.has_perm(SEE_ADDRESS):
                written |= Q(email__lower=search_term.strip().lower())
            return found | queryset.filter(guests & written), may_repeat
        is_asked_for = any(name.startswith("state") for name in request.GET)
        return queryset if is_asked_for else queryset.exclude(state=Message.State.SUPERSEDED), may_repeat

    def get_fields(self, request: HttpRequest, obj: Message | None = None) -> tuple[str, ...]:
        """All that is known, but for secrets."""
        who = "recipient_and_address" if request.user.has_perm(SEE_ADDRESS) else "recipient"
        state = ("state", "kind", who, "subject", "send_after", "sent_at", "attempts", "last_error")
        return (
            *state,
            "message_id",
            "payload",
            "key",
            "created_at",
            "not_after",
            "resend_of",
            "requested_by",
            "requested_at",
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Messages come from rules."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Messages are facts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """What was told stays told."""
        return False

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        """Whether the reader may send messages again."""
        return request.user.has_perm(SEND_AGAIN)

    @admin.display(description="email", ordering="subject")
    def what(self, message: Message) -> str:
        """The subject; of one not rendered yet, the kind."""
        return message.subject or in_words(message.kind)

    @admin.display(description="when", ordering="send_after")
    def when(self, message: Message) -> str:
        """When it was sent; for one that was not, when it is to be. In UK and Ireland time."""
        at = message.sent_at or message.send_after
        return date_format(timezone.localtime(at), "j M Y, H:i")

    @admin.display(description="to", ordering="member__name")
    def recipient(self, message: Message) -> str:
        """The member's name."""
        return str(message.member) if message.member else "Somebody without an account"

    @admin.display(description="to", ordering="member__name")
    def recipient_and_address(self, message: Message) -> str:
        """The member's name and address, or the address of somebody without an account where it is shown."""
        if message.member:
            return f"{message.member} ({message.member.email})"
        return self.recipient(message) if is_a_guests(message) else message.email

    @admin.action(description="Send again", permissions=["send_again"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse | None:
        """Show what would be sent, and once that is confirmed send it; say of each that cannot be, why."""
        chosen = list(queryset.order_by("id")[: MAX_AT_ONCE + 1])
        if len(chosen) > MAX_AT_ONCE:
            messages.error(request, f"Choose {MAX_AT_ONCE} at most: you are shown each before it is sent.")
            return None
        if "confirmed" not in request.POST:
            return self._ask(request, chosen)
        sent = sum(self._send_again(request, message) for message in chosen)
        if sent:
            messages.success(request, f"{sent} of {len(chosen)} will be sent again in a moment.")
        return None

    def _ask(self, request: HttpRequest, chosen: list[Message]) -> HttpResponse:
        shown = [(message, self.recipient(message), *preview(message)) for message in chosen]
        everywhere = self.admin_site.each_context(request)
        context = everywhere | {"opts": self.opts, "title": "Send these again?", "shown": shown}
        return TemplateResponse(request, "notifications/admin_send_again.html", context)

    def _send_again(self, request: HttpRequest, message: Message) -> bool:
        try:
            send_again(message, by=request.user, at=timezone.now())  # type: ignore[arg-type]  # staff only
        except SendAgainRefused as refusal:
            messages.warning(request, f"Message {message.pk}: {refusal}")
            return False
        return True

    def get_urls(self) -> list[URLPattern]:
        """Add the frames of what would be sent and was sent, and *send again* for one message."""
        frame = require_safe(self.admin_site.admin_view(self.preview_html))
        sent = require_safe(self.admin_site.admin_view(self.sent_html))
        again = require_POST(self.admin_site.admin_view(self.send_one_again))
        return [
            *self.maybe_sent_urls(),
            path("<int:pk>/preview/", frame, name="notifications_message_preview"),
            path("<int:pk>/sent/", sent, name="notifications_message_sent"),
            path("<int:pk>/send-again/", again, name="notifications_message_send_again"),
            *super().get_urls(),
        ]

    def preview_html(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML of the letter as it would be sent now."""
        letter, _ = preview(self._load(request, pk))
        if letter is None:
            raise Http404
        return framed(letter.html)

    def sent_html(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML of the letter as it was sent."""
        found = SentLetter.objects.filter(message=self._load(request, pk)).exclude(html="").first()
        if found is None:
            raise Http404
        return framed(found.html)

    def send_one_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send one message again and return to it."""
        message = self._load(request, pk)
        if not self.has_send_again_permission(request):
            raise Http404
        if self._send_again(request, message):
            messages.success(request, "It will be sent again in a moment.")
        return redirect("admin:notifications_message_change", message.pk)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one message with the letter as it would be sent now."""
        message = self.get_object(request, object_id)
        letter, why_not = preview(message) if message else (None, "")
        extra = {
            "letter": letter,
            "why_not": why_not,
            "was_sent": SentLetter.objects.filter(message=message).first() if message else None,
            "is_secret": message is not None and kept.is_secret(message),
            "may_see_address": request.user.has_perm(SEE_ADDRESS),
            "may_send_again": self.has_send_again_permission(request),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def _load(self, request: HttpRequest, pk: int) -> Message:
        message: Message | None = self.get_object(request, str(pk))
        if message is None or not self.has_view_permission(request, message):
            raise Http404
        return message
