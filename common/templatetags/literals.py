"""``{% translate "Log in" %}``, ``{% url "search" %}``, ``{% static "css/site.css" %}``: each looked up once.

Django's own look a text up in one language after the other, an address among all patterns and a file among
all others each time that they are rendered, and a page has dozens. What stands in the template itself says
the same each time in one language; what has a filter, a variable or an argument is left to them.
Every template has these without loading them (``TEMPLATES`` of the settings).
"""

from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, TokenType, Variable
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.templatetags import static as static_of_django
from django.templatetags.i18n import BlockTranslateNode, TranslateNode, do_block_translate, do_translate

from common import languages

register = template.Library()


class LiteralNode(Node):
    """What another node says, which says the same each time in one language, or gives a ``name``."""

    child_nodelists = ()

    def __init__(self, node: Any, name: str | None) -> None:
        self._node, self._name = node, name
        self._said: dict[str, str] = {}

    def render(self, context: Context) -> str:
        """Return it; an address that is not there is none of ours, and asked for anew."""
        language = languages.current()
        said = self._said.get(language)
        if not said:
            said = self._node.render(context)
            said = self._said[language] = context[self._name] if self._name else said
        if not self._name:
            return said
        context[self._name] = said
        return ""


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Return the node of a text; once for each language where the text stands there."""
    node: TranslateNode = do_translate(parser, token)
    text, about = node.filter_expression, node.message_context
    is_literal = _is_literal(text) and (about is None or _is_literal(about))
    return LiteralNode(node, node.asvar) if is_literal else node


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Return the node of a longer text; once for each language where nothing is put into it."""
    node: BlockTranslateNode = do_block_translate(parser, token)
    is_literal = not (node.message_context or node.counter) and all(
        part.token_type is TokenType.TEXT for part in node.singular
    )
    return LiteralNode(node, node.asvar) if is_literal else node


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Return the node of an address; once where that takes no arguments."""
    node: URLNode = url_of_django(parser, token)
    is_literal = _is_literal(node.view_name) and not (node.args or node.kwargs)
    return LiteralNode(node, node.asvar) if is_literal else node


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Return the node of a file's address; once where the file is named there."""
    node = static_of_django.do_static(parser, token)
    return LiteralNode(node, node.varname) if _is_literal(node.path) else node


def _is_literal(said: FilterExpression) -> bool:
    """Whether it is a text in quotes, without filters (which Django keeps as a variable with no name)."""
    return not said.filters and (isinstance(said.var, str) or _names_nothing(said.var))


def _names_nothing(variable: Variable) -> bool:
    return variable.lookups is None
