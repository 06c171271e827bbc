"""Uploaded files on the disk: whole, or not there. A disk that is full leaves nothing cut off behind."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class _Written(File):  # type: ignore[type-arg]  # not subscriptable at run time
    """A file that lies on the disk already; the storage moves it."""

    def temporary_file_path(self) -> str:
        """Where it lies."""
        return str(self.name)


class WholeFiles(FileSystemStorage):
    """Writes each file beside its place first, then moves it there. Raises ``OSError`` as the disk does."""

    def _save(self, name: str, content: Any) -> str:
        folder = Path(self.path(name)).parent
        folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=".", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
            with Path(path).open("rb") as file:
                return str(super()._save(name, _Written(file, name=path)))  # type: ignore[misc]  # Django's own
        finally:
            Path(path).unlink(missing_ok=True)
