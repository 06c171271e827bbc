"""Addresses are compared letter by letter, once both are in small letters: ``__lower``, never ``iexact``.

In capitals, as ``iexact`` compares, a long s is an S, a dotless i an I, and one mailbox another.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from members.models import Member
from notifications.models import Message
from team.people import search
from tests import make
from tests.contracts import people
from tests.make import NOW

NOT_OURS = {".venv", "node_modules", "tests", "findings", "bench"}
#: What stands for another letter once it is in capitals, or in small letters.
LONG_S, DOTLESS_I, CAPITAL_I_WITH_DOT, KELVIN = "\u017f", "\u0131", "\u0130", "\u212a"


def modules() -> list[Path]:
    found = Path(settings.BASE_DIR).rglob("*.py")
    return [one for one in found if NOT_OURS.isdisjoint(one.relative_to(settings.BASE_DIR).parts)]


def compared_in_capitals(code: str) -> list[str]:
    """What a module compares without regard to capitals, by the lookup that makes capitals of all."""
    return [
        name
        for node in ast.walk(ast.parse(code))
        for name in (getattr(node, "arg", None), getattr(node, "value", None))
        if isinstance(name, str) and name.endswith("__iexact")
    ]


def test_no_address_is_compared_in_capitals():
    found = {str(path): names for path in modules() if (names := compared_in_capitals(path.read_text()))}

    assert len(modules()) > 400
    assert found == {}


@pytest.mark.parametrize("code", ["f(email__iexact=a)", 'Q(**{"member__email__iexact": a})'])
def test_the_lookup_is_found_as_a_name_and_in_a_text(code):
    assert len(compared_in_capitals(code)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("letter", [LONG_S, DOTLESS_I, KELVIN, "\u00c9", "A", "\u1e9e"])
def test_the_database_and_python_make_the_same_small_letter(letter):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(%s)", [letter])
        assert cursor.fetchone() == (letter.lower(),)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "looks_like_it"),
    [
        ("sis@hospital.example", f"{LONG_S}i{LONG_S}@hospital.example"),
        ("sis@hospital.example", f"s{DOTLESS_I}s@hospital.example"),
        ("sis@hospital.example", f"s{CAPITAL_I_WITH_DOT}s@hospital.example"),
    ],
)
@pytest.mark.usefixtures("ordinary_monday")
def test_whose_address_only_looks_like_one_is_nobody(address, looks_like_it):
    sis, anne = make.member("Sis", email=address), make.member("Anne", email="anne@elsewhere.example")
    Message.objects.create(
        kind="address-replaced",
        key="1",
        email="anne.sis@hospital.example",
        payload={"member": anne.pk},
        created_at=NOW,
        send_after=NOW,
        message_id="<1@q.example>",
    )
    helper = people.staff("Support")

    found = [search.whose_address(one) for one in (address, address.upper(), looks_like_it)]
    former = [search.people(f"anne.{one}", reader=helper) for one in (address.upper(), looks_like_it)]

    assert found == [sis, sis, None]
    assert [list(one) for one in former] == [[anne], []]
    assert Member.objects.get_by_natural_key(address.upper()) == sis
    with pytest.raises(Member.DoesNotExist):
        Member.objects.get_by_natural_key(looks_like_it)
