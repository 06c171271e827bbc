"""Texts as people type them: what makes no difference, and what does."""

import re
import sys

import pytest
from django.db import connection

from common import folding
from events.models import Contributor
from members.models import Member
from tests import make

pytestmark = pytest.mark.django_db


def same(one: str, other: str) -> bool:
    keys = folding.keys([one, other])
    return bool(keys[one] & keys[other])


def alike(one: str, other: str) -> bool:
    looks = folding.looks([one, other])
    return bool(looks[one] & looks[other])


def found(name: str, typed: str) -> bool:
    one = Contributor.objects.create(name=name)
    return Contributor.objects.filter(pk=one.pk, name_folded__typed=typed).exists()


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("Siân Fôn-Jones", "sian fon-jones"),
        ("Zoë O’Malley", "zoe omalley"),
        ("O'Malley O’Malley Oʼmalley O‘Malley O`Malley O´Malley O＇Malley", " ".join(["omalley"] * 7)),
        ("Łukasz Ørsted, Æthelred Đặng, Þóra Straße", "lukasz orsted, aethelred dang, thora strasse"),
        ("co–production co‑production co−production", "co-production co-production co-production"),
        ("İstanbul Istanbul ıstanbul", "istanbul istanbul istanbul"),
        ("Ada\u200b Men\u00adsah\ufeff \u202eBo", "ada mensah bo"),
        ("ΝΊΚΟΣ Νίκος Жёлтый", "νικοσ νικοσ желтыи"),
        ("ﬁne Ⅳ Ａda ½", "fine iv ada 1⁄2"),
        ("सिया 王小明 שָׁלוֹם مُحَمَّد", "सिया 王小明 שלום محمد"),
        ("", ""),
    ],
)
def test_a_text_is_folded(said, folded):
    assert folding.folded([said]) == {said: folded}


@pytest.mark.slow
@pytest.mark.parametrize(
    "codes",
    [range(1, 0x10000), pytest.param(range(0x10000, sys.maxunicode + 1), marks=pytest.mark.full)],
    ids=["of the basic plane", "of the others"],
)
def test_every_character_is_folded_once_and_for_all_and_keeps_the_number_of_spaces(codes):
    every = [chr(code) for code in codes if not 0xD800 <= code < 0xE000]
    ask = "SELECT said, folded(said), folded(folded(said)) FROM unnest(%s::text[]) AS said"

    with connection.cursor() as cursor:
        cursor.execute(ask, [every])
        wrong = [
            said
            for said, once, twice in cursor.fetchall()
            if once != twice or once.count(" ") != len(re.findall(r"\s", said)) or re.search(r"[^\S ]", once)
        ]

    assert wrong == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân Fôn-Jones", "sian fon-jones"),
        ("Siân Fôn-Jones", "Fon Jones, Sian"),
        ("Siân Fôn-Jones", "FonJones Sian"),
        ("Zoë O’Malley", "O'MALLEY Zoe"),
        ("Anne-Marie Smith", "Annemarie Smith"),
        ("Anne–Marie Smith", "Smith Anne Marie"),
        ("Ngũgĩ wa Thiong’o", "Thiong'o, Ngugi wa"),
        ("王 小明", "小明 王"),
    ],
)
def test_names_are_the_same_whatever_their_accents_hyphens_and_order(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Mensah", "Ada Mensa"), ("Ada Mensah", "Ada"), ("Mali", "Mall"), ("---", "…"), ("", "")],
)
def test_other_names_are_not_the_same(one, other):
    assert not same(one, other)


@pytest.mark.parametrize(
    "name",
    [
        "Ada\u200b Mensah",
        "Ada Men\u00adsah",
        "Аdа Mеnsаh",  # Cyrillic
        "ΑDΑ ΜΕΝSΑΗ",  # Greek
        "Ꭺda Mensah",  # Cherokee
        "Ada Mensаһ",
        "𝐀𝐝𝐚 Ｍensah",
        "Mensah\u2800Ada",
        "AdaMensah",
        "Ada M\u200densah",
        "Àda Ménsah",
    ],
)
def test_names_that_look_like_one_are_alike(name):
    assert alike("Ada Mensah", name)


@pytest.mark.parametrize(
    ("one", "other"), [("Lilli Rivers", "LIlIi Rivers"), ("Bo Olmo", "B0 01mo"), ("Mia Marnie", "Mia Mamie")]
)
def test_figures_and_letters_that_look_like_others_are_alike(one, other):
    assert alike(one, other)


def test_a_name_that_looks_otherwise_is_not_alike():
    assert not alike("Ada Mensah", "Ade Mensah")
    assert not alike("Анна", "Anna Lee")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Siân Fôn-Jones", "Sian"),
        ("Siân Fôn-Jones", "fonjones"),
        ("Siân Fôn-Jones", "Fon-Jones"),
        ("Siân Fôn-Jones", "jones sian"),
        ("Fonjones", "Fôn-Jones"),
        ("Róisín Ní Dhomhnaill", "roisin ni dhomhnaill"),
        ("Zoë O’Malley", "O'Malley"),
        ("Zoe O'Malley", "O’Malley, Zoë"),
        ("Ada Mensah", "MENS"),
        ("Ada Mensah", "%"),
        ("Ada Mensah", "  "),
    ],
)
def test_a_name_is_found_as_it_is_typed(name, typed):
    assert found(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Ada Mensah", "Ada Lee"), ("Ada Mensah", "a%h"), ("Ada Mensah", "men_ah"), ("Ada", "\\z")],
)
def test_another_name_is_not_found(name, typed):
    assert not found(name, typed)


@pytest.mark.parametrize(
    ("of", "ask"),
    [
        ("member_name_folded", {"name_folded__typed": "Fôn-Jones"}),
        ("member_email_parts", {"email__icontains": "sian@"}),
        ("member_name_keys", {"name_keys__overlap": ["mensah"]}),
        ("member_name_looks", {"name_looks__overlap": ["mensah"]}),
    ],
)
def test_an_index_holds_what_is_asked(of, ask):
    make.member("Siân Fôn-Jones")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Member.objects.filter(**ask).order_by().explain()

    assert of in plan


@pytest.mark.parametrize("number", [1, 300])
def test_a_list_of_names_is_asked_for_at_once(number, django_assert_num_queries):
    names = [f"Siân {n}" for n in range(number)]

    with django_assert_num_queries(2):
        keys, looks = folding.keys(names), folding.looks(names)
    with django_assert_num_queries(0):
        folding.keys([])

    assert (len(keys), len(looks)) == (number, number)
    assert keys["Siân 0"] == {"0 sian"}
