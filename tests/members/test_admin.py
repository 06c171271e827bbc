import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.models import ListedAddress, ListUpload, Member, SiteSettings
from notifications.models import Message
from tests import make

pytestmark = pytest.mark.django_db

MEMBERS = "/admin/members/member/"
LIST = "/admin/members/listedaddress/"
SETTINGS = "/admin/members/sitesettings/1/change/"
M = Member.Membership


@pytest.fixture
def sam(client) -> Member:
    """An admin who is logged in."""
    member = make.member("Sam", email="sam@example.org", is_staff=True, is_superuser=True)
    client.force_login(member)
    return member


def staff_of(group: str, name: str = "Sue") -> Client:
    member = make.member(name, is_staff=True)
    member.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(member)
    return client


def act(client: Client, action: str, *members: Member, **fields):
    chosen = {"action": action, "_selected_action": [member.pk for member in members]}
    return client.post(MEMBERS, chosen | fields, follow=True)


def opened(client: Client, path: str) -> dict[str, str]:
    """What the form of a change page holds when it is opened."""
    form = client.get(path).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def test_members_are_found_by_name_address_and_organisation(client, sam):
    make.member("Ada Lovelace", email="ada@example.org", organisation="Mater")
    make.member("Bo", email="bo@example.org")

    for words in ("lovelace", "ada@", "mater"):
        page = client.get(MEMBERS, {"q": words}).content.decode()
        assert "Ada Lovelace" in page
        assert "bo@example.org" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_members_takes_the_same_queries_however_long(
    client, sam, count, django_assert_num_queries
):
    for number in range(count):
        make.member(f"Person {number}")
    client.get(MEMBERS)

    with django_assert_num_queries(4):
        answer = client.get(MEMBERS)

    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_communitys_list_takes_the_same_queries_however_long(
    client, sam, count, django_assert_num_queries
):
    ListedAddress.objects.bulk_create(ListedAddress(email=f"{number}@example.org") for number in range(count))
    client.get(LIST)

    with django_assert_num_queries(4):
        client.get(LIST)


def test_people_are_approved_together_and_mailed(client, sam):
    ada, bo = (make.member(name, membership=M.WAITING) for name in ("Ada", "Bo"))

    page = act(client, "approve", ada, bo)

    assert "Done for 2 people." in page.content.decode()
    assert set(Member.objects.exclude(pk=sam.pk).values_list("membership", flat=True)) == {"active"}
    assert sorted(message.member.name for message in Message.objects.all()) == ["Ada", "Bo"]
    assert LogEntry.objects.filter(user=sam, object_id=str(ada.pk)).count() == 1


def test_declining_asks_for_the_reason_first_and_says_whom_it_mails(client, sam):
    ada = make.member("Ada", email="ada@example.org", membership=M.WAITING)

    page = act(client, "decline", ada).content.decode()
    empty = act(client, "decline", ada, reason=" ").content.decode()
    ada.refresh_from_db()
    before = ada.membership
    act(client, "decline", ada, reason="We found no link.")

    ada.refresh_from_db()
    assert "This concerns 1 person" in page
    assert "ada@example.org" in page
    assert "Each of them who waits is mailed" in page
    assert "This field is required" in empty
    assert before == "waiting"
    assert (ada.membership, ada.membership_reason) == ("declined", "We found no link.")
    assert [message.kind for message in Message.objects.all()] == ["membership-declined"]


def test_an_action_on_all_pages_keeps_its_choice_through_the_reason(client, sam):
    for number in range(60):
        make.member(f"Person {number}", membership=M.WAITING)
    first = Member.objects.get(name="Person 0")
    search = f"{MEMBERS}?membership__exact=waiting"

    page = client.post(search, {"action": "decline", "_selected_action": [first.pk], "select_across": "1"})
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', page.content.decode()))
    client.post(search, {**hidden, "reason": "No."})

    assert "This concerns 60 people" in page.content.decode()
    assert Member.objects.filter(membership="declined").count() == 60


def test_a_membership_is_ended_and_reinstated(client, sam):
    ada = make.member("Ada")

    act(client, "end", ada, reason="Moved away.")
    ada.refresh_from_db()
    ended = (ada.membership, ada.membership_reason)
    act(client, "reinstate", ada)

    ada.refresh_from_db()
    assert ended == ("ended", "Moved away.")
    assert ada.membership == "active"


def test_what_a_rule_refuses_is_said(client, sam):
    ada = make.member("Ada", membership=M.ENDED)

    page = act(client, "approve", ada).content.decode()

    assert "The membership of Ada has ended. Reinstate it instead." in page
    assert "Nothing has changed." in page


def test_membership_and_address_cannot_be_edited_past_the_rules(client, sam):
    ada = make.member("Ada", email="ada@example.org", membership=M.WAITING)
    path = f"{MEMBERS}{ada.pk}/change/"

    client.post(
        path, opened(client, path) | {"role": "Nurse", "membership": "active", "email": "eve@example.org"}
    )

    ada.refresh_from_db()
    assert (ada.role, ada.membership, ada.email) == ("Nurse", "waiting", "ada@example.org")


def test_a_stale_save_is_refused_and_says_who_changed_it(client, sam):
    ada = make.member("Ada")
    path = f"{MEMBERS}{ada.pk}/change/"
    mine, theirs = opened(client, path), opened(client, path)

    client.post(path, theirs | {"role": "Nurse"})
    refused = client.post(path, mine | {"role": "Midwife"})

    ada.refresh_from_db()
    page = refused.content.decode()
    assert ada.role == "Nurse"
    assert "Sam changed it on" in page
    assert "Nothing has been saved." in page
    assert 'value="Midwife"' in page


def test_an_approval_makes_an_open_form_stale(client, sam):
    ada = make.member("Ada", membership=M.WAITING)
    path = f"{MEMBERS}{ada.pk}/change/"
    mine = opened(client, path)

    act(client, "approve", ada)
    client.post(path, mine | {"role": "Midwife"})

    ada.refresh_from_db()
    assert (ada.role, ada.membership) == ("", "active")


def test_settings_that_somebody_else_saved_meanwhile_are_not_overwritten(client, sam):
    mine, theirs = opened(client, SETTINGS), opened(client, SETTINGS)

    client.post(SETTINGS, theirs | {"name": "Q"})
    refused = client.post(SETTINGS, mine | {"name": "R"})

    assert refused.status_code == 200
    assert SiteSettings.load().name == "Q"


def test_there_is_one_row_of_settings_and_no_way_to_lose_it(client, sam):
    assert client.get("/admin/members/sitesettings/").url == SETTINGS
    assert client.get("/admin/members/sitesettings/add/").status_code == 403
    assert client.post("/admin/members/sitesettings/1/delete/", {"post": "yes"}).status_code == 403
    assert SiteSettings.objects.count() == 1


def test_a_new_account_has_no_password_and_an_address_to_confirm(client, sam):
    client.post(f"{MEMBERS}add/", {"name": "Ada", "email": "ADA@Example.org", "region": ""})

    ada = Member.objects.get(name="Ada")
    assert (ada.email, ada.membership, ada.has_usable_password()) == ("ada@example.org", "waiting", False)
    assert list(ada.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("ada@example.org", False, True)
    ]


def test_an_address_is_corrected_confirmed_again_and_the_old_one_told(client, sam):
    ada = make.member("Ada", email="ada@exmaple.org")

    client.post(f"{MEMBERS}{ada.pk}/address/", {"email": " Ada@example.org"})

    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    assert list(ada.emailaddress_set.values_list("email", "verified")) == [("ada@example.org", False)]
    assert [(message.kind, message.email) for message in Message.objects.all()] == [
        ("address-changed", "ada@exmaple.org")
    ]


@pytest.mark.parametrize("email", ["sam@example.org", "SAM@example.org", "nonsense", ""])
def test_an_address_that_cannot_be_is_refused_beside_the_field(client, sam, email):
    ada = make.member("Ada", email="ada@example.org")

    answer = client.post(f"{MEMBERS}{ada.pk}/address/", {"email": email})

    ada.refresh_from_db()
    assert list(answer.context["form"].errors) == ["email"]
    assert ada.email == "ada@example.org"


def test_a_password_set_by_staff_ends_the_sessions_there_were(client, sam):
    ada = make.member("Ada", password="three small otters")
    hers = Client()
    hers.force_login(ada)

    client.post(
        f"{MEMBERS}{ada.pk}/password/",
        {"password1": "four new green bottles", "password2": "four new green bottles"},
    )

    assert hers.get("/members/profile/").status_code == 302


def test_nobody_is_deleted(client, sam):
    ada = make.member("Ada")

    assert client.post(f"{MEMBERS}{ada.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Member.objects.filter(pk=ada.pk).exists()


def test_support_helps_members_but_gains_no_rights(client):
    support = staff_of("Support")
    ada = make.member("Ada", membership=M.WAITING)
    path = f"{MEMBERS}{ada.pk}/change/"

    support.post(path, opened(support, path) | {"role": "Nurse", "is_staff": "on", "is_superuser": "on"})
    act(support, "approve", ada)

    ada.refresh_from_db()
    assert (ada.role, ada.is_staff, ada.is_superuser, ada.membership) == ("Nurse", False, False, "active")


def test_support_cannot_take_over_an_admins_account(client, sam):
    support = staff_of("Support")

    password = {"password1": "four new green bottles", "password2": "four new green bottles"}
    answers = [
        support.post(f"{MEMBERS}{sam.pk}/password/", password),
        support.post(f"{MEMBERS}{sam.pk}/address/", {"email": "eve@example.org"}),
        support.post(f"{MEMBERS}{sam.pk}/change/", {"name": "Eve"}),
    ]

    sam.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (sam.name, sam.email) == ("Sam", "sam@example.org")


def test_support_cannot_import_the_list():
    assert staff_of("Support").get(f"{LIST}import/").status_code == 403
    assert staff_of("Event admin", "Eva").get(f"{LIST}import/").status_code == 200


def test_the_admin_is_entered_through_the_sites_own_log_in(client):
    answer = client.get("/admin/login/?next=/admin/members/")
    ada = make.member("Ada")
    member = Client()
    member.force_login(ada)

    assert answer.url == "/accounts/login/?next=%2Fadmin%2Fmembers%2F"
    assert member.get("/admin/login/").status_code == 403


def test_addresses_are_not_edited_past_the_rules(client, sam):
    assert client.get("/admin/account/emailaddress/").status_code == 404


# ---- Importing the list -----------------------------------------------------------------------------


def upload(client: Client, text: str | bytes, name: str = "list.csv", **options):
    content = text.encode() if isinstance(text, str) else text
    return client.post(f"{LIST}import/", {"file": SimpleUploadedFile(name, content)}, **options)


def test_a_list_is_looked_at_and_then_imported_as_it_was_seen(client, sam):
    make.member("Ada", email="ada@example.org", membership=M.WAITING)
    ListedAddress.objects.create(email="old@example.org")

    shown = upload(client, "email,name,x\nada@example.org,Ada\nbo@example.org,Bo\n", follow=True)
    page, path = shown.content.decode(), shown.redirect_chain[-1][0]
    before = ListedAddress.objects.count()
    done = client.post(path, follow=True).content.decode()

    assert "2 new, 0 changed, 0 unchanged; 0 of them" in page
    assert "1 waiting person becomes a member" in page
    assert "old@example.org" in page
    assert "Not read, because not known: x." in page
    assert before == 1
    assert "The list is imported: 2 new, 0 changed, 0 unchanged. 1 waiting person is a member now." in done
    assert ListedAddress.objects.count() == 3
    assert Member.objects.get(email="ada@example.org").is_member
    assert not ListUpload.objects.exists()


def test_problems_are_shown_by_row_and_nothing_is_kept(client, sam):
    page = upload(client, "email\nnonsense\n<b>@example.org\n").content.decode()

    assert "Row 2, email: &quot;nonsense&quot; is not an email address." in page
    assert "&lt;b&gt;@example.org" in page
    assert not ListUpload.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "list.csv"),
        (b"PK\x03\x04", "list.xlsx"),
        (b"\x00" * 100, "list.csv"),
        ("email\nÄ".encode("utf-16"), "list.csv"),
        (b"\xff\xd8\xff\xe0 a picture", "list.jpg"),
    ],
)
def test_no_file_makes_an_error_page(client, sam, content, name):
    answer = upload(client, content, name)

    assert answer.status_code == 200
    assert not ListUpload.objects.exists()


def test_an_upload_is_confirmed_by_who_made_it_once(client, sam):
    path = upload(client, "email\nada@example.org\n").url
    other = staff_of("Event admin", "Eva")

    stranger = other.post(path)
    mine = client.post(path)
    again = client.post(path)

    assert [answer.status_code for answer in (stranger, mine, again)] == [404, 302, 404]


def test_looking_imports_nothing(client, sam):
    path = upload(client, "email\nada@example.org\n").url

    client.get(path)

    assert not ListedAddress.objects.exists()


def test_a_list_that_is_imported_already_says_so(client, sam):
    ListedAddress.objects.create(email="ada@example.org")

    page = upload(client, "email\nada@example.org\n", follow=True).content.decode()

    assert "All of it is so already: there is nothing to import." in page


def test_markup_in_a_list_is_text(client, sam):
    page = upload(client, "email,name\na@example.org,<script>alert(1)</script>\n", follow=True)

    assert "<script>alert(1)" not in page.content.decode()


# ---- A new installation ----------------------------------------------------------------------------


def test_a_new_installation_says_what_is_left_to_set_up(client, sam):
    before = client.get("/admin/").content.decode()

    SiteSettings.objects.update(contact_email="team@example.org", sender_email="q@example.org")
    ListedAddress.objects.create(email="ada@example.org")
    after = client.get("/admin/").content.decode()

    assert "Import the list of members" in before
    assert "To set up" not in after


def test_the_teams_groups_are_there_with_what_they_may_do():
    support = Group.objects.get(name="Support")
    names = set(support.permissions.values_list("codename", flat=True))

    assert set(Group.objects.values_list("name", flat=True)) >= {
        "Blog editor",
        "Moderator",
        "Event admin",
        "Support",
    }
    assert {"view_member", "change_member"} <= names
    assert not names & {"delete_member", "add_listedaddress", "change_sitesettings"}


def test_createsuperuser_makes_an_admin_whose_address_needs_no_code():
    root = Member.objects.create_superuser("Root@example.org", "three small otters", name="Root")
    client = Client()

    answer = client.post("/accounts/login/", {"login": "root@example.org", "password": "three small otters"})

    assert (root.is_staff, root.is_superuser, root.membership) == (True, True, "active")
    assert answer.url == "/"
