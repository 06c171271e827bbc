"""Fields as browsers get them: required, and not wrong before anybody has filled them in."""

import re

import pytest
from django import forms

from tests.found import found

CHOICES = [("", "Choose"), ("a", "A")]


class Sheet(forms.Form):
    words = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)
    choice = forms.ChoiceField(choices=CHOICES)
    tick = forms.BooleanField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    optional = forms.CharField(required=False)


def said(form, name):
    """What the first element of a field says of being required, and wrong."""
    element = found(re.search(r"<(?:input|textarea|select)[^>]*>", str(form[name])))[0]
    return re.findall(r'(?<= )(?:required|aria-required="\w+"|aria-invalid="\w+")', element)


@pytest.mark.parametrize("name", ["words", "text", "choice", "tick"])
def test_a_required_field_is_not_said_to_be_wrong_before_it_was_filled_in(name):
    assert sorted(said(Sheet(), name)) == ['aria-invalid="false"', 'aria-required="true"']
    assert sorted(said(Sheet({}), name)) == ['aria-invalid="true"', 'aria-required="true"']


def test_what_may_not_say_so_by_aria_says_it_by_html():
    assert [said(Sheet(), name) for name in ("day", "one", "optional")] == [["required"], ["required"], []]
