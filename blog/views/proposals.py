"""Members propose posts: those of theirs, one that they write, sending it and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog.editing import proposals, stages
from blog.models import Post
from blog.proposal_forms import ProposalForm
from blog.refusals import PostRefused
from members.models import Member
from members.readers import reader_of

SEND = "send"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """Begin a post; below stand those that they have proposed, and how they are."""
    member = _who(request)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            post = proposals.begin(form.proposal(), by=member, at=timezone.now())
        except PostRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, post, member)
    now = timezone.now()
    mine = [(post, stages.stage_of(post, now)) for post in proposals.proposals_of(member)]
    return render(request, "blog/propose.html", {"form": form, "mine": mine, "may": member.is_member})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a post that they have proposed: as a form while it is a draft, otherwise to read."""
    member, post = _who(request), _own_or_404(request, pk)
    form = ProposalForm(request.POST) if request.method == "POST" else ProposalForm.of(post)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            saved = proposals.save(post, form.proposal(), by=member, at=timezone.now(), seen=seen)
        except PostRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, saved, member)
    now = timezone.now()
    context = {
        "post": post,
        "form": form,
        "stage": stages.stage_of(post, now),
        "is_hers": post.status == Post.Status.DRAFT,
        "is_public": post.is_published(now),
        "is_taken_on": post.status != Post.Status.DRAFT and proposals.is_taken_on(post),
        "may": member.is_member,
    }
    return render(request, "blog/proposal.html", context)


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft again, to change it."""
    post = _own_or_404(request, pk)
    try:
        proposals.take_back_proposal(post, by=_who(request), at=timezone.now())
    except PostRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is your draft again. The editors do not see it any more."))
    return redirect("blog:proposal", pk)


def _saved(request: HttpRequest, post: Post, member: Member) -> HttpResponse:
    """Send what was saved, where that button was pressed; then show how it stands."""
    if SEND not in request.POST:
        messages.success(request, _("Your draft is saved. Only you can see it."))
        return redirect("blog:proposal", post.pk)
    try:
        proposals.send(post, by=member, at=timezone.now())
    except PostRefused as refusal:
        not_sent = _("Your draft is saved, but it was not sent. %(why)s") % {"why": refusal}
        messages.warning(request, not_sent)
    else:
        messages.success(request, _("Thank you. The editors have your post."))
    return redirect("blog:proposal", post.pk)


def _own_or_404(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(Post, pk=pk, proposed_by=_who(request))


def _who(request: HttpRequest) -> Member:
    member = reader_of(request)
    assert member is not None  # noqa: S101  # login_required has let members in only
    return member
