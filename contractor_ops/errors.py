"""The errors that we raise on purpose: a sentence, a remedy where there is one, and the exit code they end in."""

from collections.abc import Sequence
from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code tells the script that called it."""

    DONE = 0
    BUG = 1
    TYPED_WRONG = 2
    FILES_NEED_MENDING = 3
    BRAKE = 4
    SOME_FAILED = 5
    BUSY = 6


class ContractorOpsError(Exception):
    """A sentence for the person at the keyboard; `remedy` says what to do about it."""

    exit_code = Exit.FILES_NEED_MENDING

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def lines(self) -> list[str]:
        """The sentences to print, the remedy last."""
        return [self.message, *([self.remedy] if self.remedy else [])]


class TypedWrong(ContractorOpsError):
    """The command line cannot be understood."""

    exit_code = Exit.TYPED_WRONG


class UnknownName(ContractorOpsError):
    """A table, recipe, record, person or review item of that name does not exist."""


class NoOffice(ContractorOpsError):
    """The folder holds no config.toml."""


class UnusableFile(ContractorOpsError):
    """A spreadsheet cannot be used: damaged, locked with a password, empty, not a table."""


class NotWritten(ContractorOpsError):
    """Nothing was written into a spreadsheet; the message names the file, sheet, row and reason."""


class NotWrittenYet(NotWritten):
    """Somebody has the spreadsheet open, or has just changed it: the next run writes."""


class FilesNeedMending(ContractorOpsError):
    """Several mistakes found together, each a sentence that begins with its place."""

    def __init__(self, mistakes: Sequence[str], remedy: str = "") -> None:
        super().__init__("\n".join(mistakes), remedy)
        self.mistakes = list(mistakes)


class LedgerTrouble(ContractorOpsError):
    """The ledger cannot be used: damaged, read-only, locked for too long, or from a newer version."""


class MissingSecret(ContractorOpsError):
    """A provider's secret is not to be found; the message names the variable."""


class RunUnderWay(ContractorOpsError):
    """Another run of the same recipe holds the lock."""

    exit_code = Exit.BUSY
