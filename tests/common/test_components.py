"""Components as tags: what they show, what comes by itself, and what is refused."""

import html5lib
import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from members.models import SiteSettings

HOSTILE = "<script>alert('1')</script> & \"more\""
ESCAPED = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;more&quot;"


def shown(source: str, **context: object) -> str:
    """What a template shows, its lines without what only lays them out."""
    return " ".join(Template(source).render(Context(context)).split()).replace(" >", ">")


@pytest.fixture
def request_here(rf: RequestFactory) -> HttpRequest:
    return rf.get("/blog/", {"page": "2", "theme": "equity"})


def tokens(html: str) -> list[str]:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [one.get("value", "") for one in tree.iter("input") if one.get("name") == "csrfmiddlewaretoken"]


def test_a_button_is_a_link_with_the_looks_of_its_kind():
    assert shown('{% button "Edit this post" href="/edit/" kind="quiet" %}') == (
        '<a class="btn btn-quiet" href="/edit/">Edit this post</a>'
    )
    assert shown('{% button "Edit" href="/edit/" about="your comment" %}') == (
        '<a class="btn btn-primary" href="/edit/" aria-label="Edit: your comment">Edit'
        '<span class="visually-hidden">: your comment</span></a>'
    )


def test_a_breadcrumb_leads_to_each_page_above_in_order():
    html = shown('{% breadcrumb "Team" "/team/" title "/team/posts/" here="Publish" %}', title="Posts & more")

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert [(one.get("href"), one.text) for one in tree.iter("a")] == [
        ("/team/", "Team"),
        ("/team/posts/", "Posts & more"),
    ]
    assert [one.text for one in tree.iter("li") if one.get("aria-current") == "page"] == ["Publish"]


@pytest.mark.parametrize(
    "source",
    [
        "{% badge words %}",
        '{% badge words href="/" %}',
        '{% breadcrumb words "/" here="Here" %}',
        "{% breadcrumb here=words %}",
        '{% button words href="/" %}',
        '{% button "Edit" href="/" about=words %}',
        '{% copy_field words field_id="feed" value="x" %}',
        '{% copy_field "Address" field_id="feed" value=words %}',
        "{% empty_state words %}x{% endempty_state %}",
        '{% empty_state "x" %}{{ words }}{% endempty_state %}',
        '{% notice kind="info" %}{{ words }}{% endnotice %}',
        '{% notice kind="info" title=words %}x{% endnotice %}',
        "{% places words %}",
        '{% post_button words action="/" %}',
        '{% post_button "Go" action="/" name="seen" value=words %}',
    ],
)
def test_what_people_typed_is_escaped(source):
    html = shown(source, words=HOSTILE)

    assert ESCAPED in html
    assert "<script>" not in html


@pytest.mark.parametrize("source", ['{% post_button "Go" action="/go/" %}', '{% form form submit="Save" %}'])
def test_a_form_brings_its_token_by_itself_even_where_only_hides_it(request_here, source):
    nested = Template(source)

    html = Template("{% include nested %}{% include nested only %}").render(
        RequestContext(request_here, {"nested": nested})
    )

    first, second = tokens(html)
    assert (len(first), first) == (64, second)


def test_a_body_is_shown_as_the_template_writes_it():
    source = (
        '{% notice kind="success" title="Done" %}\n  Booked: <a href="/">{{ words }}</a>.\n{% endnotice %}'
    )

    html = shown(source, words=HOSTILE)

    assert f'<p> Booked: <a href="/">{ESCAPED}</a>. </p>' in html


def test_help_names_the_contact_of_the_site_whose_page_it_stands_on():
    site = SiteSettings(name="Q", team_name="the Q team", contact_email="team@example.org")

    html = shown("{% need_help %}", site=site)

    assert 'Write to the Q team at <a href="mailto:team@example.org">team@example.org</a>.' in html
    for field, value in (
        ("team_name", "us"),
        ("contact_phone", "0300 555 0111"),
        ("contact_text", "By noon."),
    ):
        setattr(site, field, value)
        assert value in shown("{% need_help %}", site=site)
    with pytest.raises(KeyError, match="site"):
        shown("{% need_help %}")


def test_pages_of_a_list_keep_what_the_address_asks_for_besides(request_here):
    page = Paginator(range(60), 20).page(2)

    html = Template('{% pagination page name="posts" fragment="posts" %}').render(
        RequestContext(request_here, {"page": page})
    )

    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert [one.get("href") for one in tree.iter("a")] == [
        "?page=1&theme=equity#posts",
        "?page=3&theme=equity#posts",
    ]
    assert next(tree.iter("nav")).get("aria-label") == "Pages of posts"


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("{% badge %}", "label"),
        ('{% breadcrumb "Blog" "/" %}', "here"),
        ('{% button "Edit" %}', "href"),
        ('{% copy_field "Address" value="x" %}', "field_id"),
        ("{% empty_state %}Nothing{% endempty_state %}", "title"),
        ("{% error_summary %}", "form"),
        ("{% filter_bar fields %}", "action"),
        ("{% form form %}", "submit"),
        ("{% form_fields %}", "form"),
        ("{% notice %}Saved{% endnotice %}", "kind"),
        ("{% pagination page %}", "name"),
        ("{% places %}", "words"),
        ('{% post_button "Go" %}', "action"),
    ],
)
def test_an_argument_that_is_missing_is_named_when_the_template_is_loaded(source, missing):
    with pytest.raises(TemplateSyntaxError, match=f"did not receive value.*'{missing}'"):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% badge "x" tone="yours" %}',
        '{% breadcrumb "Blog" "/" here="x" title1="y" %}',
        '{% button "x" href="/" link="/" %}',
        '{% copy_field "x" field_id="x" value="x" id="x" %}',
        '{% empty_state "x" url="/" %}x{% endempty_state %}',
        "{% error_summary form fields %}",
        '{% filter_bar fields action="/" form=fields %}',
        '{% form form submit="x" csrf_token=csrf_token %}',
        "{% form_fields form fields %}",
        "{% need_help site=site %}",
        '{% notice kind="info" id="x" %}x{% endnotice %}',
        '{% pagination page name="x" request=request %}',
        '{% places "x" kind="full" %}',
        '{% post_button "x" action="/" csrf_token=csrf_token %}',
    ],
)
def test_an_argument_that_nobody_knows_is_refused_when_the_template_is_loaded(source):
    with pytest.raises(
        TemplateSyntaxError, match=r"unexpected keyword argument|too many positional arguments"
    ):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% badge "x" kind="green" %}',
        '{% button "x" href="/" kind="green" %}',
        '{% form form submit="x" kind="green" %}',
        '{% notice kind="green" %}x{% endnotice %}',
        '{% post_button "x" action="/" kind="green" %}',
    ],
)
def test_a_kind_that_has_no_looks_is_refused(source):
    with pytest.raises(ValueError, match="'green' is none of"):
        shown(source)


def test_a_page_above_without_its_address_is_refused():
    with pytest.raises(ValueError, match="zip"):
        shown('{% breadcrumb "Blog" here="A post" %}')
