"""Text of forms shows as it is: no control characters, nothing that turns what follows around."""

import pytest
from django import forms

from common.plain_text import PlainTextMixin


class Form(PlainTextMixin, forms.Form):
    title = forms.CharField()
    story = forms.CharField(widget=forms.Textarea, required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False)


def told(**fields):
    return Form({"title": "Flow"} | fields).errors.get_json_data()


@pytest.mark.parametrize("text", ["Zoë", "שלום", "می‌خواهم", "👩🏽‍⚕️", "Tab\tand\r\nline"])
def test_any_script_and_emoji_may_be_written(text):
    assert told(story=text) == {}


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066"])
def test_what_cannot_be_seen_is_refused_and_its_place_is_said(character):
    found = told(story=f"We learned{character} much")

    assert [one["message"] for one in found["story"]] == [
        "There is an invisible character after “We learned”. Delete it, or type the text again."
    ]


def test_one_line_has_no_line_break():
    found = told(title="\nFlow\nBcc: evil@example.org")

    assert [one["message"] for one in found["title"]] == [
        "There is an invisible character after “Flow”. Delete it, or type the text again."
    ]


def test_a_password_is_anybodys_own():
    assert told(password="tab\tand\x07bell") == {}
