"""The team at the emails: who may look, what there is, what a page says."""

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse, reverse_lazy

from notifications import outbox
from notifications.models import Message
from tests import make
from tests.make import NOW
from tests.markup import flat

LIST = reverse_lazy("admin:notifications_message_changelist")


def staff(*permissions: str) -> Client:
    """A browser of somebody of the team who may see messages, and what else is named."""
    person = make.member("Bo", is_staff=True)
    codenames = ["view_message", *permissions]
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(person)
    return client


def message(key: str = "1", **fields: object) -> Message:
    outbox.enqueue("hello", **({"at": NOW, "key": key, "email": "ada@example.org"} | fields))  # type: ignore[arg-type]  # several types
    return Message.objects.get(key=key)


def page(client: Client, message: Message) -> str:
    return flat(client.get(reverse("admin:notifications_message_change", args=[message.pk])).content.decode())
