"""That joining details went out in an email, because people could not reach the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models import Session

#: The longest reason, in characters.
MOST_REASON = 200


class JoiningLetter(models.Model):
    """One press that emailed how to join a session: the recorded exception to rule P5, and why."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    #: A digest of how it was joined: with another link it is another letter.
    details = models.CharField(max_length=64)
    reason = models.CharField("why", max_length=MOST_REASON)
    #: ``None``: from the command line, or erased since.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("sent")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_joining_letter_says_why"),
        ]

    def __str__(self) -> str:
        return f"Joining letter of session {self.session_id}"
