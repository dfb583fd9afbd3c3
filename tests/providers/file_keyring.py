"""A keyring for tests: what is kept in it stands in the file that FILE_KEYRING names."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """A real backend of the keyring library, found by PYTHON_KEYRING_BACKEND."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps({**self._kept(), f"{service}/{username}": password}), encoding="utf-8")

    @property
    def _file(self) -> Path:
        return Path(os.environ["FILE_KEYRING"])

    def _kept(self) -> dict[str, str]:
        named = "FILE_KEYRING" in os.environ  # the library finds every backend that was imported
        return json.loads(self._file.read_text(encoding="utf-8")) if named and self._file.exists() else {}
