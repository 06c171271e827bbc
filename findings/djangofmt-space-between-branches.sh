#!/bin/sh
# djangofmt breaks a long line between {% endif %} and {% if %} although nothing parts them there: words that
# stood together are then apart on the page. Between inline elements it is careful about that.
# The product: what must stay together has no such pair in it, or stands in a flex container, which shows no
# such space (.agenda-figures, .queue-facts); tests/markup.py says what of white space is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check djangofmt==1.1.0 django==5.2.19
cat > "$folder/before.html" <<'TEMPLATE'
<p><b>one</b>{% if a %}<i>two, a little longer than it was</i>{% endif %}{% if b %}<i>, three, longer as well as it can be</i>{% endif %}</p>
TEMPLATE
cp "$folder/before.html" "$folder/after.html"
"$folder/venv/bin/djangofmt" --version
"$folder/venv/bin/djangofmt" --quiet --line-length 60 "$folder/after.html"
"$folder/venv/bin/python" - "$folder" <<'CODE'
import re
import sys
from pathlib import Path

from django.template import Context, Engine

def seen(name):
    html = Engine().from_string(Path(sys.argv[1], name).read_text()).render(Context({"a": True, "b": True}))
    return " ".join(re.sub(r"<[^>]+>", "", html).split())

before, after = seen("before.html"), seen("after.html")
print("as written:  ", before)
print("as formatted:", after)
print("expected:     the same words, with the same spaces")
sys.exit(before == after)
CODE
