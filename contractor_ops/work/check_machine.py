"""What `check` sees of this machine: room on its disk, folders that must be written to, and who may read the secrets."""

import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from contractor_ops.errors import MissingSecret
from contractor_ops.office import Office
from contractor_ops.secrets import ENV_FILE, private_text
from contractor_ops.work.check_finding import Finding

LEAST = 200_000_000
"""Bytes that must be free: the ledger, its copies, drafts and the outbox grow slowly, and a full disk stops all of them."""


def check_machine(office: Office, told: Collection[str], least: int = LEAST) -> Iterator[Finding]:
    """`told` are the lines of findings that stand above: nothing is said twice."""
    for folder in dict.fromkeys((office.folder.resolve(), office.ledger_file.parent.resolve())):
        yield from _room(folder, least)
        if not os.access(folder, os.W_OK):
            yield Finding(
                "error",
                "machine",
                f"{folder} cannot be written to: no run can keep what it did",
                "Give this user the right to write there.",
            )
    yield from _env_file(office, told)


def _room(folder: Path, least: int) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    if free < least:
        yield Finding(
            "warning", "machine", f"only {free // 1_000_000} MB are free where {folder} is", "Make room: a full disk stops every run."
        )


def _env_file(office: Office, told: Collection[str]) -> Iterator[Finding]:
    file = office.folder / ENV_FILE
    if not file.exists():
        return
    try:
        private_text(file)
    except MissingSecret as wrong:
        if not set(told).issuperset(wrong.message.splitlines()):
            yield Finding("error", "machine", wrong.message, wrong.remedy)
