"""The same office in a world that is only thought: everything is as it is, nothing leaves, nothing is kept."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from contractor_ops.config import Config
from contractor_ops.office import LEDGER, Office
from contractor_ops.ports import Away, Channel, Inbox, Ledger, Message, Receipt
from contractor_ops.ports.channels import nobody
from contractor_ops.tables.catalogue import HANDED_IN
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Table
from contractor_ops.views.catalogue import READABLE, VIEWS

if TYPE_CHECKING:
    from contractor_ops.ports import Heartbeat

SIMULATED = "simulated"


@dataclass
class SimulatedOffice(Office):
    """An office whose ledger is a copy, whose channels take everything, and whose files are never written; its clock shows `moment`."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))
    _only: tuple[str, frozenset[str]] | None = None

    def __post_init__(self) -> None:
        self.clock = lambda: self.moment

    def turn_to(self, moment: datetime) -> None:
        """Let it be this moment (aware). What is put together of tables and ledger is put together anew."""
        self.moment = moment
        self._forget_views()

    def _forget_views(self) -> None:
        for key in [key for key in self._tables if key[0] in VIEWS or key[0] in HANDED_IN]:
            del self._tables[key]

    @contextmanager
    def only(self, name: str, records: frozenset[str] | None) -> Iterator[None]:
        """Let a table or view have these records alone, as if a part of it had been handed in; None leaves it whole."""
        if records is None:
            yield
            return
        whole, self.replaced, self._only = self.replaced, {**self.replaced, self.main_of(name): SIMULATED}, (name, records)
        self._forget_views()
        try:
            yield
        finally:
            self.replaced, self._only = whole, None
            self._forget_views()

    def looked_at(self, name: str) -> frozenset[str] | None:
        """The records that anybody will look at in this run."""
        return self._only[1] if self._only and self._only[0] == name else None

    def table(self, name: str, *, complete: bool = True, now: datetime | None = None) -> Table:
        """A table, or the part of it that is looked at."""
        found = super().table(name, complete=complete, now=now)
        if self._only is None or self._only[0] != name:
            return found
        return replace(found, records=[one for one in found.records if record_id(one, READABLE[name]) in self._only[1]])

    def keep_to(self, records: Collection[str]) -> None:
        """Let these records alone be missed when they leave the sheet: the others were left out, and nobody took them away."""
        self.__dict__["ledger"] = KeptTo(self.ledger, records)

    def channel(self, kind: str) -> Channel:
        """A way out that leads nowhere."""
        return self._channels.setdefault(kind, Nowhere())

    def inboxes(self) -> Sequence[Callable[[], Inbox | None]]:
        """Nobody is asked for answers."""
        return ()

    def sent_copy(self, message_id: str, since: datetime) -> bool:
        """No mailbox is looked into."""
        return False

    def probe_mailbox(self) -> None:
        """No mailbox is looked into."""

    @property
    def heartbeat(self) -> "Heartbeat | None":
        """Nobody is told that it ran."""
        return None

    def keep_draft(self, name: str, text: str) -> str:
        """The name that the draft would have."""
        return PureWindowsPath(name).name

    def keep_file(self, name: str, text: str) -> str:
        """The name that the file would have."""
        return PureWindowsPath(name).name


@contextmanager
def simulated(office: Office, now: datetime) -> Iterator[SimulatedOffice]:
    """The office as it is, at a moment (aware, office time), to be tried out. Raises LedgerTrouble."""
    from contractor_ops.ledger.copying import copy_of

    with TemporaryDirectory(prefix="contractor-ops-") as folder:
        file = Path(folder) / LEDGER
        there = SimulatedOffice(office.folder, _with_its_own_ledger(office.config, file), office.replaced, moment=now)
        there.__dict__["ledger"] = ledger = copy_of(office.ledger_file, file)
        try:
            yield there
        finally:
            there.close()
            ledger.close()


def _with_its_own_ledger(config: Config, file: Path) -> Config:
    tables = {name: part.model_copy(update={"write_back": {}}) for name, part in config.tables.items()}
    return config.model_copy(update={"tables": tables, "ledger": config.ledger.model_copy(update={"path": str(file)})})


class KeptTo:
    """A ledger that tells of no other records that they left."""

    def __init__(self, ledger: Ledger, records: Collection[str]) -> None:
        self._ledger, self._records = ledger, records

    def __getattr__(self, name: str) -> Any:
        """Everything else is the ledger's own."""
        return getattr(self._ledger, name)

    def away(self, recipe: str, table: str, present: Collection[str], since: date) -> list[Away]:
        """Who was told of these records, if they left."""
        return [one for one in self._ledger.away(recipe, table, present, since) if one.record in self._records]


class Nowhere:
    """A channel that takes every message and lets it go."""

    name = SIMULATED
    local = True
    in_flight = 1
    per_second: float | None = None

    def deliver(self, message: Message) -> Receipt:
        """Take it."""
        return Receipt("sent", SIMULATED)

    def left(self, message: Message, claimed_at: datetime, known: Callable[[str], bool] = nobody) -> Receipt | Literal[False] | None:
        """Nobody can tell here what a real provider did."""
        return None

    def probe(self) -> None:
        """All is well."""

    def close(self) -> None:
        """Nothing is open."""
