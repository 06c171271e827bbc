"""States of the pages about one's own data."""

from members.models import Member
from members.privacy import erasure, export, refused_erasures
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.found import found
from tests.make import NOW

ADA = "registered and booked"
MY_DATA, ERASE = "/members/my-data/", "/members/my-data/erase/"


def a_file_is_made_and_ready(site: Site) -> None:
    ada = site.member(ADA)
    export.ask(ada, by=ada, at=NOW)
    site.look("members:my_data", "a file is being made", ADA, MY_DATA)
    export.make_due(clock=lambda: NOW)
    site.look("members:my_data", "a file is ready", ADA, MY_DATA)


def somebody_is_about_to_be_erased(site: Site) -> None:
    ada = site.member(ADA)
    erasure.ask(ada, by=ada, at=NOW)
    site.look("members:my_data", "about to be erased", ADA, MY_DATA)
    site.look("members:erase", "asked for already", ADA, ERASE)
    site.look("admin:members_member_erase", "asked for", ADMIN, f"/admin/members/member/{ada.pk}/erase/")
    refused_erasures.note(found(erasure.pending(ada)), refused_erasures.on_our_side(), at=NOW)
    site.look("members:my_data", "could not be erased yet", ADA, MY_DATA)
    site.look(
        "admin:members_member_erase", "could not be yet", ADMIN, f"/admin/members/member/{ada.pk}/erase/"
    )
    erasure.erase(ada, by=ada, at=NOW)
    site.look("admin:members_member_erase", "erased", ADMIN, f"/admin/members/member/{ada.pk}/erase/")


def the_last_admin_cannot_be_erased(site: Site) -> None:
    Member.objects.exclude(pk=site.member(ADMIN).pk).update(is_superuser=False)
    site.keep(site.client(ADMIN).post(ERASE), "members:erase", "refused", ADMIN, ERASE)


STATES = (a_file_is_made_and_ready, somebody_is_about_to_be_erased, the_last_admin_cannot_be_erased)
