"""An email's HTML as a page of its own, to be shown in a sandboxed frame of this site and nowhere else."""

from django.http import HttpResponse

#: No script, nothing from elsewhere; emails carry their styles in themselves, hence 'unsafe-inline'.
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)
#: What lets a reader open a link of the email in a tab of its own, out of the sandbox.
LINKS = "allow-popups allow-popups-to-escape-sandbox"


def framed(html: str, *, links: bool = False) -> HttpResponse:
    """Return ``html`` under a policy of its own; with ``links``, they open in a new tab."""
    policy = POLICY
    if links:
        policy = f"{POLICY} {LINKS}"
        html = html.replace("<a ", '<a target="_blank" rel="noopener" ')
    return HttpResponse(
        html,
        headers={
            "Content-Security-Policy": policy,
            "X-Frame-Options": "SAMEORIGIN",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
    )
