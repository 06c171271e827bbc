"""Audio of a post: adding, changing what is said of it, removing."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from blog import blocks
from blog.media import sounds
from blog.media.sounds import About, SoundRefused
from blog.media_forms import AudioForm, AudioWordsForm
from blog.refusals import PostRefused
from team import posts
from team.guards import acting_member, allowed_if
from team.posts import may_edit
from team.views.posts_media import asks, back, media_page


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def new_audio(request: HttpRequest, pk: int) -> HttpResponse:
    """Add audio."""
    post = posts.post_or_404(pk)
    form = AudioForm(request.POST, request.FILES) if request.method == "POST" else AudioForm()
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file, by, at = told.pop("file"), acting_member(request), timezone.now()
        try:
            made = sounds.add(post, file, About(**told), by=by, at=at)
        except PostRefused as refusal:
            form.add_error("file" if isinstance(refusal, SoundRefused) else None, str(refusal))
        else:
            said = f"Audio {made.number} is there. Put it into the text where it belongs."
            return back(request, post, said)
    return media_page(request, post, form, title="Add audio", submit="Add the audio")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def audio(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change what is said of it."""
    post = posts.post_or_404(pk)
    one = posts.sound_or_404(post, number)
    initial = {name: getattr(one, name) for name in sounds.WORDS} | {"seen": sounds.seen_of(one)}
    form = AudioWordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        seen, by, at = told.pop("seen"), acting_member(request), timezone.now()
        try:
            sounds.change(one, About(**told), seen=seen, by=by, at=at)
        except PostRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(request, post, f"What is said of audio {number} is changed.")
    heard = blocks.Heard(one, sounds.src(one))
    return media_page(request, post, form, title=f"Audio {number}", submit="Save", heard=heard)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_edit)
def remove_audio(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask, then remove it."""
    post = posts.post_or_404(pk)
    one = posts.sound_or_404(post, number)
    if request.method == "POST":
        sounds.remove(one, by=acting_member(request), at=timezone.now())
        return back(request, post, f"Audio {number} is removed.")
    return asks(request, post, title=f"Remove audio {number}", sound=one)
