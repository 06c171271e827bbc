"""The certificate says what was attended; as a PDF it is tagged, and letters come back as they went in."""

import io
import sys
from typing import Any

import pytest
from pypdf import PdfReader

from learning import certificates, records
from learning.certificates import NoPdf
from members.models import SiteSettings
from tests import make
from tests.found import found
from tests.learning.conftest import AFTER, Learner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afterwards")]
#: Welsh, Irish, Yoruba, Vietnamese, Greek, Ukrainian, and what a markup would read as its own.
READ = (
    "Siân Llŷr-Ŵyn",
    "Bríd Ní Dhubhghaill",
    "Ọláìtán Ẹniọlá",
    "Nguyễn Thị Hằng",
    "Ελένη Παππά",
    "Оксана Їжак",
    "A*b_c #x $y$ @z <l> `q` [x] \\ //",
)
NOT_READ = ("محمد علي", "李小龍", "प्रिया शर्मा", "דוד כהן", "สมชาย", "Siân 🌻")


def certificate(learner: Learner) -> certificates.Certificate:
    record = records.of(learner.event, learner.member, at=AFTER)
    return found(certificates.of(record, SiteSettings.load(), at=AFTER))


def named(learner: Learner, name: str) -> None:
    """Let them be called so, and have been in one session."""
    type(learner.member).objects.filter(pk=learner.member.pk).update(name=name)
    learner.member.name = name
    learner.was_in(make.session(learner.event, hours=1.5, title="The huddle"))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("name", READ)
def test_names_come_out_of_the_pdf_as_they_went_in(learner, name):
    named(learner, name)

    read = words(certificates.pdf(certificate(learner)))

    assert name in read
    assert "took part in Community event, Wednesday 18 to Thursday 19 November 2026" in read
    assert "The huddle" in read
    assert "In all: 1 hour 30 minutes." in read


def test_the_pdf_is_tagged_and_says_what_it_is_in_which_language(learner):
    named(learner, "Siân Llŷr")

    made = PdfReader(io.BytesIO(certificates.pdf(certificate(learner))))

    root: Any = made.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found(made.metadata).title == "Certificate of attendance: Siân Llŷr"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found(made.xmp_metadata).stream.get_data()


@pytest.mark.parametrize("name", NOT_READ)
def test_whose_name_would_not_be_read_right_gets_the_page_with_a_sentence(learner, name):
    named(learner, name)

    with pytest.raises(NoPdf):
        certificates.pdf(certificate(learner))
    page = learner.client.get(f"{learner.path}certificate.pdf", follow=True).content.decode()
    assert name in page
    assert "A PDF would not say these names and titles as they are written" in page


def test_a_site_without_the_library_says_so_and_the_page_is_there(learner, monkeypatch):
    named(learner, "Siân Llŷr")
    monkeypatch.setitem(sys.modules, "typst", None)

    answer = learner.client.get(f"{learner.path}certificate.pdf", follow=True)

    assert "This site makes no PDFs." in answer.content.decode()
    assert "Get it as a PDF" not in answer.content.decode()
    assert "The huddle" in answer.content.decode()


def test_the_page_leads_to_the_pdf_which_is_a_file(learner):
    named(learner, "Siân Llŷr")

    page = learner.client.get(f"{learner.path}certificate/").content.decode()
    answer = learner.client.get(f"{learner.path}certificate.pdf")

    assert f'href="{learner.path}certificate.pdf"' in page
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_what_stands_on_their_word_alone_says_so(learner):
    learner.was_in(make.session(learner.event), said_at=AFTER)

    made = certificate(learner)

    assert made.lines[0].how == "by their own word"
    assert "nobody else has noted it" in made.note


def test_without_a_session_that_counts_there_is_none(learner):
    assert learner.client.get(f"{learner.path}certificate/")["Location"] == learner.path
    assert learner.client.get(f"{learner.path}certificate.pdf")["Location"] == learner.path


def test_eighty_sessions_of_long_titles_go_over_pages(learner):
    for number in range(80):
        learner.was_in(make.session(learner.event, hour=8, title=f"{number} {'Improvement ' * 14}".strip()))

    made = PdfReader(io.BytesIO(certificates.pdf(certificate(learner))))

    assert len(made.pages) > 3
    assert "79 Improvement" in words(certificates.pdf(certificate(learner)))
