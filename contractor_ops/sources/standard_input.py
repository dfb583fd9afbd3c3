"""Standard input as a source: what another program pipes in."""

import sys
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from contractor_ops.ports import Workbook
from contractor_ops.sources.file import read_sheets

STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class StandardInput:
    """CSV text, or a whole workbook where the stream is binary; the process's own standard input unless another stream is given."""

    stream: BinaryIO | TextIO | None = None

    def read(self) -> list[Workbook]:
        """One workbook, called "standard input", of unknown age. Raises UnusableFile."""
        stream = self.stream or sys.stdin.buffer
        piped = stream.read()
        data = piped.encode("utf-8", "surrogateescape") if isinstance(piped, str) else piped
        return [Workbook(STANDARD_INPUT, read_sheets(data, STANDARD_INPUT), saved_at=None)]
