"""The trail: one row for each act. It is only ever added to; a trigger of the database refuses the rest."""

from django.db import models
from django.db.models import Q

from audit.actors import Via
from audit.acts import Act


class Entry(models.Model):
    """One act: who, what, to which thing, for whom, when.

    Ids only and no foreign keys, so that nothing is kept from being deleted and no name outlives its
    person: whom an id stood for is nobody once they are erased.
    """

    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    via = models.CharField(max_length=10, choices=Via)
    actor_id = models.BigIntegerField(null=True)
    #: ``app.model`` and the id of its row.
    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    #: The member whom it concerns.
    member_id = models.BigIntegerField(null=True)
    #: Numbers, moments and names of fields that tell more; never words of people.
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(via=Via.PERSON) | Q(actor_id__isnull=False), name="a_person_who_acts_is_named"
            ),
            models.CheckConstraint(
                condition=~Q(via__in=[Via.SITE, Via.VISITOR]) | Q(actor_id__isnull=True),
                name="nobody_is_named_who_is_no_person",
            ),
        ]
        indexes = [
            models.Index(fields=["thing", "thing_id", "-id"], name="entry_of_thing"),
            models.Index(
                fields=["member_id", "-id"], condition=Q(member_id__isnull=False), name="entry_for_member"
            ),
            models.Index(
                fields=["actor_id", "-id"], condition=Q(actor_id__isnull=False), name="entry_of_actor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.thing} {self.thing_id}"

    @property
    def words(self) -> str:
        """The act in words; its name where a later version knows it no more."""
        return Act(self.act).label if self.act in Act.values else self.act
