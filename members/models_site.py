"""What the site says of itself: its settings, the policy pages, and pages of the team's own."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.statements import Statement


class Policy(models.Model):
    """A page of rules or promises that the team edits: what holds, in plain words, and since when."""

    class Name(models.TextChoices):
        COMMENTS = "comments", _("Comments policy")
        CONDUCT = "code-of-conduct", _("Code of conduct")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")

    slug = models.CharField("page", max_length=20, choices=Name, unique=True)
    body = models.TextField("text")
    #: When its words last changed: readers are told.
    changed_at = models.DateTimeField(auto_now=True)
    #: A digest of the text that came with the site when the team last saved its own.
    first_text = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)

    class Meta:
        verbose_name = "policy page"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.get_slug_display()

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("members:policy", args=[self.slug])


class Page(models.Model):
    """A page of the team's own, such as *About*, named at the foot of every page once it is shown."""

    title = models.CharField("title", max_length=80)
    slug = models.SlugField("address", max_length=60, unique=True, help_text="For example about. It stays.")
    summary = models.CharField("in one sentence", max_length=200, blank=True)
    body = models.TextField("text")
    is_shown = models.BooleanField("shown to everybody, and named at the foot of every page", default=False)
    position = models.PositiveSmallIntegerField("position", default=0)
    #: When its words last changed: readers are told.
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(body=""), name="a_page_of_the_team_says_something"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("members:page", args=[self.slug])


class SiteSettings(models.Model):
    """What the community calls itself and how it is reached: one row."""

    name = models.CharField("name of the site", max_length=80, default="Q community")
    logo = models.ImageField("logo", upload_to="site/", blank=True)
    logo_alternative_text = models.CharField("alternative text of the logo", max_length=120, blank=True)
    picture = models.ImageField(
        "picture for links",
        upload_to="site/",
        blank=True,
        help_text="Other sites and apps show it beside a link to a page that has no picture of its own. "
        "1200 by 630 pixels fit best.",
    )
    picture_alternative_text = models.CharField(
        "alternative text of that picture", max_length=120, blank=True
    )
    contact_email = models.EmailField("contact address", blank=True)
    contact_phone = models.CharField("contact telephone", max_length=40, blank=True)
    contact_text = models.TextField("how to reach us, and how long an answer takes", blank=True)
    sender_name = models.CharField("sender of emails", max_length=80, blank=True)
    sender_email = models.EmailField("sender's address", blank=True)
    team_name = models.CharField("word for the team", max_length=40, default="the Q team")
    account_word = models.CharField("word for an account", max_length=40, default="account")
    approval_time = models.CharField(
        "how long approval takes", max_length=80, default="usually within two working days"
    )
    comments_until_trusted = models.PositiveSmallIntegerField(
        "published comments before a member’s comments appear at once", default=1
    )
    are_all_comments_held = models.BooleanField(
        "hold all comments",
        default=False,
        help_text="Every comment waits for a moderator, whoever writes it.",
    )
    #: Frozen when the site is made, whatever becomes of its address; see ``uid_host``.
    first_host = models.CharField(max_length=253, blank=True, default="", db_default="", editable=False)
    #: What is added to the SEQUENCE of every calendar entry: raised by a restore, for calendars may have had
    #: later numbers than the backup knows, and ignore what counts backwards (RFC 5546, 2.1.5).
    first_sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "site settings"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_row_of_site_settings"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def an_account(self) -> str:
        """The community's word for an account, with its article: "an account", "a profile"."""
        article = "an" if self.account_word[:1].lower() in "aeiou" else "a"
        return f"{article} {self.account_word}"

    @property
    def uid_host(self) -> str:
        """The right half of the names that calendars and mailboxes know things by: the same for ever."""
        return self.first_host or urlsplit(settings.SITE_URL).hostname or ""

    #: The team's own pages that are shown, as pairs of address and title, where ``load`` read them.
    pages: Sequence[Mapping[str, str]] = ()

    @classmethod
    def load(cls) -> "SiteSettings":
        """Return the settings with ``pages``, or their defaults (not saved) on a new site. One query."""
        return _WITH_PAGES.first() or cls(pk=1)

    @classmethod
    def _with_pages(cls) -> "models.QuerySet[SiteSettings]":
        shown = Page.objects.filter(is_shown=True).values(page=JSONObject(slug="slug", title="title"))
        return cls.objects.annotate(pages=ArraySubquery(shown)).order_by("pk")[:1]


_WITH_PAGES: Statement[SiteSettings] = Statement(SiteSettings._with_pages)
