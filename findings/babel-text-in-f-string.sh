#!/bin/sh
# Babel finds a text to translate inside an f-string on Python 3.12 and later, and on 3.11 leaves it out without a
# word: there an f-string is one token (PEP 701 changed that). So one source gives two catalogues, and whoever
# brings translations up to date on the older Python marks finished ones as obsolete.
# The product: `make messages` and a test refuse a text in an f-string (qevent/translation_files.py, faults).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'CODE'
import sys
from io import BytesIO

import babel
from babel.messages.extract import extract

source = b"""told = _("Before")\ntold = f"{_('Inside')} {name}"\n"""
found = [message for _, message, _, _ in extract("python", BytesIO(source))]
print(f"Babel {babel.__version__}, Python {sys.version.split()[0]}: {found}")
sys.exit(found != (["Before", "Inside"] if sys.version_info >= (3, 12) else ["Before"]))
CODE
tried=0
for python in python3.11 python3.12 python3.13 python3.14 python3; do
  "$python" -c '' 2>/dev/null || continue
  "$python" -m venv "$folder/$python"
  "$folder/$python/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0
  "$folder/$python/bin/python" "$folder/look.py"
  tried=$((tried + 1))
done
echo "expected: ['Before', 'Inside'] on each, or a warning"
[ "$tried" -gt 0 ]
