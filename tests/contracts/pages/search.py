"""States of the search and of the policy pages that the table of roles does not lead to."""

from datetime import timedelta

from members.models import Policy
from tests import make
from tests.contracts.pages.catalogue import Site

NOW = make.NOW
VISITOR, ADA, MODERATOR = "visitor", "registered and booked", "moderator"
SEARCH = "/search/"


def the_search_finds_something_or_not(site: Site) -> None:
    site.look("search", "found", VISITOR, f"{SEARCH}?q=flow")
    site.look("search", "found", ADA, f"{SEARCH}?q=flow&kind=sessions")
    site.look("search", "nothing of this kind", VISITOR, f"{SEARCH}?q=flow&kind=themes")
    site.look("search", "nothing found", VISITOR, f"{SEARCH}?q=xqzw")
    site.look("search", "better words", VISITOR, f"{SEARCH}?q=flwo")
    site.look("search", "titles that sound like it", VISITOR, f"{SEARCH}?q=rotas+for+elephants")
    site.look("search", "too long", VISITOR, f"{SEARCH}?q=flow+{'a' * 300}")


def the_search_finds_a_hundred_things_of_every_kind(site: Site) -> None:
    make.event(title="Fairness, the event", summary="Of fairness.")
    make.theme(make.event(title="Another event"), "Fairness", summary="Who is left out.")
    event = make.event(title="Not on", status="cancelled")
    make.session(event, title="Fairness that is not on", status="cancelled")
    long = "Fairness " + "unbreakably" * 12
    for number in range(45):
        make.post(
            f"Fairness {number}", published_at=NOW - timedelta(days=number), text=f"{long} <b> & more. " * 9
        )
        make.session(event, title=f"Fairness, {number}", summary="**Who** [is left](https://x.example) out")
    site.look("search", "many results", VISITOR, f"{SEARCH}?q=fairness")
    site.look("search", "many results", VISITOR, f"{SEARCH}?q=fairness&page=3")


def a_policy_has_all_that_an_editor_may_write(site: Site) -> None:
    text = "## Of rules\n\nOne *rule*:\n\n- first\n- second\n\n### And below\n\n> Quoted.\n\n1. [a link](https://x.example)"
    Policy.objects.filter(slug="privacy").update(body=text)
    site.look("members:policy", "all there can be", VISITOR, "/policies/privacy/")
    site.look("members:policy", "with a way to edit it", MODERATOR, "/policies/privacy/")
    Policy.objects.filter(slug="privacy").update(body="")
    site.look("members:policy", "empty", VISITOR, "/policies/privacy/")


def each_policy_stands_in_its_first_words(site: Site) -> None:
    for slug in Policy.Name:
        site.look(f"members:policy {slug}", "first words", VISITOR, f"/policies/{slug}/")


STATES = (
    the_search_finds_something_or_not,
    the_search_finds_a_hundred_things_of_every_kind,
    a_policy_has_all_that_an_editor_may_write,
    each_policy_stands_in_its_first_words,
)
