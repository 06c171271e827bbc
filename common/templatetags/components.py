"""The components of pages as tags: ``{% button "Edit this post" href=edit_url kind="quiet" %}``.

Every template has them without loading them (``TEMPLATES`` of the settings). Each renders the template of its
name in ``templates/components/``; the token of a form and the site's settings come by themselves. An argument
that is missing or that nobody knows is a ``TemplateSyntaxError`` when the template is loaded, a kind that has
no looks a ``ValueError`` when it is shown. Those that show their arguments alone, without a form or a token,
are written once for the same ones (``_once``): a page has the same badges and links dozens of times.
"""

from functools import lru_cache
from typing import Final

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, TextInput
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from common import languages

register = template.Library()

BADGES: Final = frozenset({"plain", "yours", "waiting", "problem", "strong"})
BUTTONS: Final = frozenset({"call", "primary", "secondary", "quiet", "danger"})
#: What of the site's settings says whom to ask.
CONTACT: Final = ("team_name", "contact_email", "contact_phone", "contact_text")
#: Of notices and of Django's messages.
NOTICES: Final = frozenset({"info", "success", "warning", "error", "danger"})


@register.simple_tag
def badge(label: object, *, kind: str = "plain", colour: str = "", href: str = "") -> SafeString:
    """A word about a thing, with a dot of ``colour`` (#rrggbb) beside it."""
    return _once("badge", label=label, kind=_known(kind, BADGES), colour=colour, href=href)


@register.simple_tag
def breadcrumb(*above: object, here: object) -> SafeString:
    """Where this page is: title and address of each page above it, outermost first, then its own title."""
    return _once("breadcrumb", *above, here=here)


@register.simple_tag
def button(label: object, *, href: str, kind: str = "primary", about: object = "") -> SafeString:
    """A link that looks like a button; ``about`` says which of many to who hears it."""
    return _once("button", label=label, href=href, kind=_known(kind, BUTTONS), about=about)


@register.inclusion_tag("components/copy_field.html")
def copy_field(label: str, *, field_id: str, value: str, hint: str = "") -> dict[str, object]:
    """A text to take away; with JavaScript it has a Copy button."""
    return {"label": label, "field_id": field_id, "value": value, "hint": hint}


@register.simple_block_tag
def empty_state(content: str, title: str, *, href: str = "", label: str = "") -> SafeString:
    """Says in its body what will be here, and offers the next step where there is one."""
    return _block("empty_state", text=SafeString(content.strip()), title=title, href=href, label=label)


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """What is wrong with a form, on top of it."""
    return {"form": form}


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(
    fields: BaseForm,
    *,
    action: str,
    active: object = False,
    result: str = "",
    submit: str = "",
    target: str = "",
) -> dict[str, object]:
    """Filters that stand in the address; htmx replaces the element ``target`` where one is named.

    With it come new choices, each with its count; what is typed is left alone.
    """
    return {
        "fields": fields,
        "renewed": [field.id_for_label for field in fields if not isinstance(field.field.widget, TextInput)],
        "action": action,
        "active": active,
        "result": result,
        "submit": submit,
        "target": target,
    }


@register.inclusion_tag("components/form.html")
def form(
    form: BaseForm,
    *,
    submit: str,
    kind: str = "primary",
    action: str = "",
    name: str = "",
    value: str = "",
    hidden: str = "",
    cancel_url: str = "",
    cancel: object = gettext_lazy("Cancel"),
) -> dict[str, object]:
    """A whole form that posts; ``name`` and ``value`` are the button's, ``cancel_url`` is a way out."""
    return {
        "form": form,
        "submit": submit,
        "kind": _known(kind, BUTTONS),
        "action": action,
        "name": name,
        "value": value,
        "hidden": hidden,
        "cancel_url": cancel_url,
        "cancel": cancel,
    }


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """The fields of a form with its error summary on top, for a page that writes the rest itself."""
    return {"form": form}


@register.simple_tag(takes_context=True)
def need_help(context: Context) -> SafeString:
    """The team's contact, on every refusal, error and pending page; ``site`` is the page's."""
    site = context["site"]
    return _once("need_help", **{name: getattr(site, name) for name in CONTACT})


@register.simple_block_tag
def notice(content: str, *, kind: str, title: str = "") -> SafeString:
    """Says in its body what happened, or what to know before one goes on."""
    return _block("notice", text=SafeString(content.strip()), kind=_known(kind, NOTICES), title=title)


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[object], *, name: str, fragment: str = "") -> dict[str, object]:
    """The pages of a long list; ``name`` says of what, ``fragment`` is the part of the page that has it."""
    return {"page": page, "name": name, "fragment": fragment}


@register.simple_tag
def places(words: str, *, is_full: bool = False) -> SafeString:
    """Places in words, such as "8 of 20 places left"; marked where nobody could have one at once."""
    return _once("places", words=words, is_full="yes" if is_full else "")


@register.inclusion_tag("components/post_button.html")
def post_button(
    label: object,
    *,
    action: str,
    kind: str = "primary",
    about: object = "",
    name: str = "",
    value: object = "",
    target: str = "",
) -> dict[str, object]:
    """A button that posts; ``name`` and ``value`` are sent along, htmx replaces the element ``target``."""
    return {
        "label": label,
        "action": action,
        "kind": _known(kind, BUTTONS),
        "about": about,
        "name": name,
        "value": value,
        "target": target,
    }


@register.simple_tag
def timeline_time(title: str, *, id: str = "", length: str = "", note: str = "") -> SafeString:  # noqa: A002  # as HTML has it
    """The name of a time slot: its hours, how long that is, the reader's own."""
    return _once("timeline_time", id=id, title=title, length=length, note=note)


def _block(name: str, **shown: object) -> SafeString:
    """Show a component; the body of a tag comes rendered, so what people typed into it is escaped."""
    return render_to_string(f"components/{name}.html", shown)


def _once(name: str, *above: object, **shown: object) -> SafeString:
    """Show a component that is the same for the same values; an odd number of those ``above`` is an error."""
    values = {word: _text(value) for word, value in shown.items()}
    return _written(name, languages.current(), *map(_text, above), **values)


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


# By type as well: words that are safe are equal to the same ones that must be escaped.
@lru_cache(maxsize=4096, typed=True)
def _written(name: str, _language: str, *above: str, **shown: str) -> SafeString:
    pairs = list(zip(above[::2], above[1::2], strict=True))
    return render_to_string(f"components/{name}.html", shown | {"above": pairs})


def _known(kind: str, kinds: frozenset[str]) -> str:
    if kind not in kinds:
        message = f"{kind!r} is none of {', '.join(sorted(kinds))}"
        raise ValueError(message)
    return kind
