"""The community's list in the admin: looked at first, then imported as it was seen."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.models import ListedAddress, ListUpload, Member
from tests import make
from tests.markup import flat
from tests.members.staff import LIST, staff_of

pytestmark = pytest.mark.django_db

M = Member.Membership


def upload(client: Client, text: str | bytes, name: str = "list.csv", **options):
    content = text.encode() if isinstance(text, str) else text
    return client.post(f"{LIST}import/", {"file": SimpleUploadedFile(name, content)}, **options)


def confirm(client: Client, path: str, answers=None, **options):
    """Press *Import* on the page as it is now."""
    looked = client.get(path)
    fingerprint = looked.context["plan"].fingerprint if looked.status_code == 200 else ""
    return client.post(path, {"import": "", "fingerprint": fingerprint, **(answers or {})}, **options)


@pytest.mark.slow
def test_a_list_is_looked_at_and_then_imported_as_it_was_seen(client, sam):
    make.member("Ada", email="ada@example.org", membership=M.WAITING)
    ListedAddress.objects.create(email="old@example.org")

    shown = upload(client, "email,name,x\nada@example.org,Ada\nbo@example.org,Bo\n", follow=True)
    page, path = flat(shown.content.decode()), shown.redirect_chain[-1][0]
    before = ListedAddress.objects.count()
    done = flat(confirm(client, path, follow=True).content.decode())

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


@pytest.mark.slow
def test_an_upload_is_confirmed_by_who_made_it_once(client, sam):
    path = upload(client, "email\nada@example.org\n").url
    other = staff_of("Event admin", "Eva")

    stranger, mine, again = confirm(other, path), confirm(client, path), confirm(client, path)

    assert [answer.status_code for answer in (stranger, mine, again)] == [404, 302, 404]


def test_looking_imports_nothing(client, sam):
    path = upload(client, "email,status\nada@example.org,odd\n").url

    client.get(path)
    client.post(path, {"answer:status:odd": "in"})
    client.post(path, {"answer:status:odd": "in"})

    assert not ListedAddress.objects.exists()


def test_answers_as_the_page_shows_them_are_imported_at_the_first_press(client, sam):
    path = upload(client, "email,name,shoe size\nada@example.org,Ada,38\n").url
    shown = client.get(path).context
    answers = {f"answer:{question.key}": question.answer for question in shown["read"].questions}

    client.post(path, {**answers, "fingerprint": shown["plan"].fingerprint, "import": ""})

    assert answers["answer:column:role"] == "-"
    assert [one.name for one in ListedAddress.objects.all()] == ["Ada"]


def test_a_list_that_changed_since_it_was_looked_at_is_shown_again(client, sam):
    path = upload(client, "email,name\nada@example.org,Ada\n").url
    looked = client.get(path).context["plan"].fingerprint
    ListedAddress.objects.create(email="ada@example.org", name="Ada Bright")

    again = client.post(path, {"import": "", "fingerprint": looked})

    assert "The list has changed since you looked. Nothing has been imported: look again." in flat(again.text)
    assert [change.after for change in again.context["plan"].changes] == ["Ada"]
    assert [one.name for one in ListedAddress.objects.all()] == ["Ada Bright"]


def test_a_list_that_is_imported_already_says_so(client, sam):
    ListedAddress.objects.create(email="ada@example.org")

    page = upload(client, "email\nada@example.org\n", follow=True).content.decode()

    assert "All of it is so already: there is nothing to import." in page


def test_markup_in_a_list_is_text(client, sam):
    page = upload(client, "email,name\na@example.org,<script>alert(1)</script>\n", follow=True)

    assert "<script>alert(1)" not in page.content.decode()


def test_what_changes_is_shown_as_it_is_and_as_it_will_be(client, sam):
    ListedAddress.objects.create(email="ada@example.org", name="Ada", role="Nurse", region="wales")

    page = upload(client, "email,name,role,region\nada@example.org,Ada Bright,,Mars\n", follow=True).text

    row = page[page.index("<tbody>") : page.index("</tbody>")]
    assert [part.split("<")[0] for part in row.split(">") if part.split("<")[0].strip()] == [
        *("ada@example.org", "name", "Ada", "Ada Bright")
    ]


def test_the_others_are_imported_without_rows_to_put_right(client, sam):
    shown = upload(client, "email\nada@example.org\nnonsense\n", follow=True)
    path = shown.redirect_chain[-1][0]

    confirm(client, path)

    assert "1 row to put right" in flat(shown.text)
    assert 'value="Import the others"' in flat(shown.text)
    assert [one.email for one in ListedAddress.objects.all()] == ["ada@example.org"]


@pytest.mark.slow
def test_nothing_is_imported_before_a_question_is_answered(client, sam):
    shown = upload(client, "email,name\nada@example.org,Ada\nada@example.org,Bo\n", follow=True)
    path = shown.redirect_chain[-1][0]

    confirm(client, path)
    nothing = ListedAddress.objects.count()
    looked = confirm(client, path, {"answer:twice:ada@example.org": "3"}, follow=True).text
    confirm(client, path, {"answer:twice:ada@example.org": "3"})

    assert nothing == 0
    assert "Import this list" not in shown.text
    assert "ada@example.org: Bo" in looked
    assert [one.name for one in ListedAddress.objects.all()] == ["Bo"]


def test_who_is_a_member_no_more_by_the_file_is_named_and_stays(client, sam):
    ListedAddress.objects.create(email="ada@example.org")

    page = upload(client, "email,status\nada@example.org,lapsed\nbo@example.org,active\n", follow=True).text

    assert "members no more (1)" in page
    assert "Left out, because of their status: lapsed (1)." in page
    assert "but not in this file" not in page


def test_the_sample_is_read_as_it_says(client, sam):
    sample = Path(settings.BASE_DIR, "static/samples/members.csv")

    page = flat(upload(client, sample.read_bytes(), follow=True).text)

    assert "samples/members.csv" in client.get(f"{LIST}import/").text
    assert "2 new, 0 changed, 0 unchanged" in page
    assert "Left out, because of their status: lapsed (1)." in page
