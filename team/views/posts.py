"""Posts as editors see them: the list, beginning one, writing it, and what is kept while it is typed."""

import re
from copy import copy

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import body as bodies
from blog.editing import autosave, saving
from blog.forms import PostForm, TitleForm
from blog.models import Revision, UnsavedDraft
from blog.refusals import AddressNotFree, AddressStays, PostRefused
from common.times import SITE_ZONE, format_moment
from common.words import counted
from team import posts
from team.filter_forms import StageForm
from team.guards import acting_member, allowed_if
from team.posts import may_begin, may_edit
from team.views.posts_stages import send_to_review

PAGE_SIZE = 50
#: What other programs put on the clipboard is many times as long as its words.
MAX_PASTE_CHARS = 1_000_000
#: Where a button that keeps what is typed leads, by its value.
AFTER_KEEPING = {
    "picture": "team:post_picture_new",
    "video": "team:post_video_new",
    "audio": "team:post_audio_new",
    "withdraw": "team:post_withdraw",
}
#: The forms that were saved from this browser, as autosave.js names them: it forgets what it kept of them.
SAVED, MOST_SAVED, NAME_OF_A_FORM = "saved_forms", 10, re.compile(r"[0-9a-z-]{1,40}")


@require_safe
@allowed_if(may_edit)
def post_list(request: HttpRequest) -> HttpResponse:
    """List the posts, those in review first."""
    now = timezone.now()
    filters = StageForm(request.GET)
    page = Paginator(posts.listed(filters.stage, now), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [posts.row(post, now) for post in page],
        "filters": filters,
        "result": counted(page.paginator.count, "%(count)s post", "%(count)s posts"),
        "may_begin": may_begin(acting_member(request)),
    }
    return render(request, "team/posts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_begin)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a post by its title."""
    form = TitleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        post = saving.create(form.cleaned_data["title"], by=acting_member(request), at=timezone.now())
        return redirect("team:post_edit", post.pk)
    return render(request, "team/posts/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a post; with ``typed`` in the address, on from what was typed and not saved."""
    member, now = acting_member(request), timezone.now()
    post = posts.post_or_404(pk)
    kept = autosave.kept_of(post, member)
    is_typed = kept is not None and "typed" in request.GET
    if request.method == "POST":
        form = PostForm(request.POST, instance=copy(post))
        if form.is_valid() and _save(request, form):
            return _saved(request, pk)
    else:
        form = PostForm.with_typed(post, kept) if kept and is_typed else PostForm(instance=post)
    beside = posts.beside(post, member, now)
    context = {
        "post": post,
        "form": form,
        "kept": None if is_typed or form.is_bound else kept,
        "kept_at": format_moment(kept.kept_at, SITE_ZONE.key) if kept else "",
        "is_typed": is_typed,
        "changed_since": is_typed and kept and _changed_since(kept, beside["last"]),
        "saved_forms": " ".join(request.session.get(SAVED, [])),
        **beside,
    }
    return render(request, "team/posts/edit.html", context)


@require_POST
@allowed_if(may_edit)
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is being typed; autosave.js asks for JSON, a button for the page that it leads to."""
    post = posts.post_or_404(pk)
    kept = posts.keep_typed(post, request.POST, by=acting_member(request), at=timezone.now())
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"kept": f"{timezone.localtime(kept.kept_at):%H:%M}"})
    return redirect(AFTER_KEEPING.get(request.POST.get("then", ""), "team:post_edit"), pk)


@require_POST
@allowed_if(may_edit)
def paste(request: HttpRequest, pk: int) -> JsonResponse:  # noqa: ARG001  # the address names a post
    """Return what another program has put on the clipboard as the text of a post, and what it left out.

    Changes nothing. It is what saving would make of it, so the editor shows it at once.
    """
    html = request.POST.get("html", "")[:MAX_PASTE_CHARS]
    return JsonResponse({"html": bodies.clean(html), "notes": bodies.left_out(html)})


@require_POST
@allowed_if(may_edit)
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what was typed and not saved."""
    autosave.discard(posts.post_or_404(pk), acting_member(request))
    messages.success(request, "What you had typed is thrown away. This is the post as it was saved.")
    return redirect("team:post_edit", pk)


def _save(request: HttpRequest, form: PostForm) -> bool:
    """Save by the rule; what it refuses stands in the form, with all that was typed."""
    seen = form.cleaned_data["seen"]
    try:
        saving.save(form.instance, form.changes(), by=acting_member(request), at=timezone.now(), seen=seen)
    except PostRefused as refusal:
        is_address = isinstance(refusal, AddressNotFree | AddressStays) and "slug" in form.fields
        form.add_error("slug" if is_address else None, str(refusal))
        return False
    for note in bodies.left_out(form.cleaned_data["body"]):
        messages.warning(request, note)
    return True


def _saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on to what was asked for with the save: the preview, publishing, review, or the form again."""
    form = request.POST.get("typed_as", "")
    if NAME_OF_A_FORM.fullmatch(form):
        request.session[SAVED] = [*request.session.get(SAVED, []), form][-MOST_SAVED:]
    if "preview" in request.POST:
        return redirect("blog:preview", posts.post_or_404(pk).preview_token)
    if request.POST.get("then") == "publish":
        return redirect("team:post_publish", pk)
    if request.POST.get("then") == "review":
        return send_to_review(request, pk)
    messages.success(request, "Saved.")
    return redirect("team:post_edit", pk)


def _changed_since(kept: UnsavedDraft, last: Revision | None) -> str:
    """Say who else has saved the post since this was typed, and when."""
    if last is None or last.saved_at <= kept.kept_at or last.saved_by_id == kept.member_id:
        return ""
    moment = format_moment(last.saved_at, SITE_ZONE.key)
    return f"{last.saved_by} saved the post on {moment}, after you typed this."
