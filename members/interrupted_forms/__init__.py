"""What was typed into a form comes back: after a log-in, a turned token, refused cookies.

Whichever view a form was for, ``middleware`` keeps what it carried when it met the log-in (``kept``: half an
hour, bounded, no secrets, for the account whose page it stood on, which ``{% csrf_token %}`` of
``members.templatetags.typed_by`` says in the form, since the session has ended by then). The page that is
made after the log-in asks ``common.refill_forms`` when it makes its form. Where no page of that address has
the form (an admin's act that asks for a reason), the words are shown once with a button that sends them.

A token that has turned (``csrf``) shows the page as a GET makes it, filled in the same way, where the
browser's ``Origin`` is ours; elsewhere there is advice alone.

Cookies that are refused are said before anybody types (``cookies``): where none came, the page's first form
brings a style sheet that shows the notice when it, too, is asked for without the cookie. So it needs no
script, no redirect, and no cookie on pages without a form. A POST without any is answered by the same page,
filled in.
"""
