"""``{% written "events/_themes.html" themes=themes slug=event.slug %}``: an include that is written once."""

from django import template

from common.fragments import written

register = template.Library()
register.simple_tag(written)
