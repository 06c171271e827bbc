"""What a link says on paper."""

import pytest
from django.utils.safestring import SafeString

from common.print_links import address_of, with_addresses

pytestmark = pytest.mark.usefixtures("site_address")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/blog/rotas/?a=1#b", "https://events.example.org/blog/rotas/?a=1#b"),
        ("https://else.example/", "https://else.example/"),
        ("http://else.example/", "http://else.example/"),
        ("mailto:q@example.org?subject=Hello", "q@example.org"),
        ("//else.example/", ""),
        ("#notes", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_is_one_that_can_be_typed(href, address):
    assert address_of(href) == address


def test_what_a_text_holds_stays_as_it_is_and_written_addresses_are_not_said_twice():
    link = '<a href="https://{0}.example/x" rel="nofollow">{1}{0}.example/x</a>'
    said = f"{link.format('a', 'https://')} {link.format('b', '')}"
    text = SafeString(f'<p>{said} <a rel="x" href="/?a=1&amp;b=%22">one <em>two</em></a></p>')

    assert with_addresses(text) == (
        f'<p>{said} <a rel="x" href="/?a=1&amp;b=%22" data-address="https://events.example.org/?a=1&amp;b=%22">'
        "one <em>two</em></a></p>"
    )
