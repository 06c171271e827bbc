"""Where accounts are logged in: what is said of a browser's session to whose it is."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext as _


class LogIn(models.Model):
    """Somebody is logged in with a browser; it ends with the session. Where they were is not kept."""

    #: Its key opens the account, so what names a log-in to anybody is its own number. The database has the
    #: row end with the session, whatever ends that.
    session = models.OneToOneField(
        Session, on_delete=models.DO_NOTHING, db_constraint=False, related_name="log_in"
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="log_ins")
    #: "Firefox" and "Windows"; "" where they are not known.
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    began_at = models.DateTimeField()
    #: Known to the day, of those who gave their second step to the quarter of an hour.
    used_at = models.DateTimeField()

    class Meta:
        ordering = ["-used_at", "-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Log-in {self.pk} of member {self.member_id}"

    @property
    def kind(self) -> str:
        """The browser in plain words: "Firefox on Windows"."""
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        if self.browser:
            return self.browser
        return _("A browser on %(system)s") % {"system": self.system} if self.system else _("A browser")
