"""How every form of the site is laid out, what it tells the browser and how it refuses."""

from typing import Any

import html5lib
import pytest
from django import forms
from django.core.validators import validate_email
from django.template.loader import render_to_string

from common.forms import PageFormMixin, helper
from tests.markup import flat


class Questions(PageFormMixin, forms.Form):
    name = forms.CharField(help_text="As you write it yourself.")
    email = forms.EmailField(widget=forms.EmailInput(attrs={"placeholder": "Email"}))
    organisation = forms.CharField(required=False)
    region = forms.ChoiceField(choices=[("wales", "Wales")], widget=forms.RadioSelect)
    accepted = forms.BooleanField(label="I accept the code of conduct")
    room = forms.CharField(label="Room", error_messages={"required": "Say which room"})
    notes = forms.CharField(widget=forms.Textarea)


def rendered(form: forms.Form) -> str:
    return render_to_string("components/form.html", {"form": form, "submit": "Save", "csrf_token": "t"})


def tree(form: forms.Form) -> Any:
    return html5lib.parseFragment(rendered(form), namespaceHTMLElements=False)


def by_id(root: Any, value: str) -> Any:
    return next(element for element in root.iter() if element.get("id") == value)


def test_an_empty_form_says_for_each_field_what_to_do() -> None:
    form = Questions({})

    assert form.errors == {
        "name": ["Enter your name"],
        "email": ["Enter your email address"],
        "region": ["Choose an answer: Region"],
        "accepted": ["Tick the box: I accept the code of conduct"],
        "room": ["Say which room"],
        "notes": ["Fill in: Notes"],
    }


def test_a_wrong_address_is_answered_with_the_right_format_and_other_forms_keep_their_words() -> None:
    form = Questions({"email": "ada at example"})

    assert form.errors["email"] == ["Enter an email address in the format name@example.org"]
    assert str(validate_email.message) == "Enter a valid email address."
    assert str(forms.EmailField().error_messages["required"]) == "This field is required."


def test_browsers_are_told_what_a_field_is_for() -> None:
    fields = Questions().fields

    told = {name: fields[name].widget.attrs for name in ("name", "email", "organisation")}

    assert told == {
        "name": {"autocomplete": "name", "spellcheck": "false", "dir": "auto"},
        "email": {"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "maxlength": "320"},
        "organisation": {"autocomplete": "organization"},
    }


def test_what_a_form_tells_browsers_itself_is_kept() -> None:
    class Host(PageFormMixin, forms.Form):
        email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    assert Host().fields["email"].widget.attrs["autocomplete"] == "off"


def test_label_hint_error_and_field_stand_in_this_order() -> None:
    field = by_id(tree(Questions({})), "div_id_name")

    parts = [(child.tag, child.get("id") or child.get("for")) for child in field]

    assert parts == [
        ("label", "id_name"),
        ("div", "id_name_helptext"),
        ("div", "id_name_error"),
        ("input", "id_name"),
    ]


def test_a_field_points_at_its_hint_and_its_error() -> None:
    field = by_id(tree(Questions({})), "id_name")

    assert field.get("aria-describedby") == "id_name_helptext id_name_error"
    assert field.get("aria-invalid") == "true"


def test_errors_are_said_to_be_errors() -> None:
    page = rendered(Questions({}))

    assert '<p><span class="visually-hidden">Error: </span>Enter your name</p>' in flat(page)


def test_optional_fields_are_marked_and_required_ones_are_not_starred() -> None:
    page = rendered(Questions())

    assert page.count("(optional)") == 1
    assert 'Organisation <span class="form-optional">(optional)</span></label>' in flat(page)
    assert "*" not in page


def test_the_summary_links_to_each_field_and_can_take_the_focus() -> None:
    root = tree(Questions({}))
    summary = next(element for element in root.iter() if element.get("data-error-summary") is not None)

    links = [(link.text, link.get("href")) for link in summary.iter("a")]

    assert links == [
        ("Enter your name", "#id_name"),
        ("Enter your email address", "#id_email"),
        ("Choose an answer: Region", "#id_region_0"),
        ("Tick the box: I accept the code of conduct", "#id_accepted"),
        ("Say which room", "#id_room"),
        ("Fill in: Notes", "#id_notes"),
    ]
    assert summary.get("tabindex") == "-1"
    for _, target in links:
        by_id(root, target[1:])


def test_a_refusal_that_belongs_to_no_field_stands_in_the_summary() -> None:
    form = Questions({})
    form.add_error(None, "Registration has closed.")

    assert "<li>Registration has closed.</li>" in rendered(form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "There is a problem" not in rendered(Questions())


def test_radio_buttons_are_a_group_with_a_name() -> None:
    group = by_id(tree(Questions({})), "id_region")

    assert group.tag == "fieldset"
    assert group.get("aria-describedby") == "id_region_error"
    assert [child.text for child in group.iter("legend")] == ["Region"]


def test_what_was_typed_is_kept_and_shown_as_text() -> None:
    page = rendered(Questions({"name": "<b>Ada</b>", "email": "no"}))

    assert 'value="&lt;b&gt;Ada&lt;/b&gt;"' in page
    assert 'value="no"' in page


@pytest.mark.parametrize("data", [None, {}], ids=["fresh", "with errors"])
def test_a_form_is_valid_html(data: dict[str, str] | None) -> None:
    html5lib.HTMLParser(strict=True).parseFragment(rendered(Questions(data)))


def test_the_page_writes_the_form_tag_and_the_token() -> None:
    shared = helper()

    assert (shared.form_tag, shared.disable_csrf) == (False, True)
    page = rendered(Questions())
    assert (page.count("<form"), page.count("csrfmiddlewaretoken")) == (1, 1)
