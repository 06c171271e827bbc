"""The checkers that others wrote: html-validate in Node, the Nu HTML checker in Java.

Each takes pages and returns what is wrong, by page, with nothing for a page without a fault. Node comes from
PyPI with the other packages; Java has to be there already.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from qevent.localservices.install_packages import CHECKERS, VENV
from tests.contracts.pages.catalogue import GUIDE, Page, place

Faults = dict[str, list[str]]
NODE = VENV / "bin" / "node"
PACKAGES = CHECKERS / "node_modules"
NU = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
LEAST_JAVA = 11
#: What the Nu HTML checker says of widgets as Django's admin writes them; it keeps nobody from anything.
DJANGOS_OWN = (
    "Element “option” without attribute “label” must not be empty",  # the placeholder of an autocomplete
    "must have a descendant “option” element",  # the same, required
    "“for” attribute of the “label” element must be the ID of a non-hidden form control",  # read-only text
    "Expected a minus sign or a digit",  # what was typed comes back
    # A table whose rows are blocks on a telephone is said to be one again, which the checker finds needless.
    "element which has a “table” ancestor",
)


def html_validate(pages: Sequence[Page]) -> Faults:
    """What html-validate finds, with the rules of ``html_validate.mjs``; all pages in one process."""
    asked = json.dumps(
        [
            {"name": str(page), "html": page.html, "place": "guide" if page.of == GUIDE else place(page)}
            for page in pages
        ]
    )
    script = Path(__file__).with_name("html_validate.mjs")
    done = subprocess.run(  # noqa: S603 - ours
        [str(NODE), str(script), str(CHECKERS)], input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {one["name"]: one["faults"] for one in json.loads(done.stdout)}


def nu(pages: Sequence[Page], java: str, folder: Path) -> Faults:
    """What the W3C's checker finds; it is given files, all at once."""
    files: Mapping[str, Page] = {f"{number}.html": page for number, page in enumerate(pages)}
    for name, page in files.items():
        (folder / name).write_text(page.html)
    argv = [java, "-jar", str(NU), "--format", "json", "--errors-only", "--exit-zero-always"]
    done = subprocess.run(  # noqa: S603 - ours
        [*argv, *(str(folder / name) for name in files)], capture_output=True, text=True, check=True
    )
    faults: Faults = {}
    for one in json.loads(done.stderr)["messages"]:
        page = files[Path(one["url"]).name]
        if place(page) != "admin" or not any(part in one["message"] for part in DJANGOS_OWN):
            faults.setdefault(str(page), []).append(one["message"])
    return faults


def java() -> str | None:
    """Return a Java that the Nu HTML checker runs on, where this machine has one."""
    found = shutil.which("java")
    if found is None:
        return None
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False)  # noqa: S603 - its version
    version = re.search(r'version "(\d+)', said.stderr + said.stdout)
    return found if said.returncode == 0 and version and int(version[1]) >= LEAST_JAVA else None
