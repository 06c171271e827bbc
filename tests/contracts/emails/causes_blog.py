"""What is mailed about posts, each for its own cause."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from audit.actors import VISITOR
from blog import contact
from blog.editing import proposals, publishing
from tests import make
from tests.make import NOW

if TYPE_CHECKING:
    from tests.contracts.emails.causes import Names


def _contact_author(names: "Names") -> None:
    post = make.post(names.title[:150], authors=[make.member(names.person)])
    guest = contact.Sender(names.person[:150], "bo@guests.example", is_member=False)
    contact.write_to_authors(post, names.words, sender=guest, by=VISITOR, at=NOW)


def _proposal_received(names: "Names") -> None:
    member = make.member(names.person)
    proposal = proposals.Proposal(names.title[:150], "Words")
    proposals.send(proposals.begin(proposal, by=member, at=NOW), by=member, at=NOW)


def _post_published(names: "Names") -> None:
    post = make.post(
        names.title[:150], authors=[make.member(names.person)], status="draft", published_at=None
    )
    publishing.publish(post, by=make.member("Priya"), at=NOW)


CAUSES: "dict[str, Callable[[Names], object]]" = {
    "contact-author": _contact_author,
    "post-published": _post_published,
    "proposal-received": _proposal_received,
}
