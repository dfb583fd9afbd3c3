"""An office: its files read, its ports built. The only place that meets concrete adapters; it decides nothing."""

import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from contractor_ops.config import Config, read_config
from contractor_ops.errors import ContractorOpsError, FilesNeedMending, NoOffice, RunUnderWay, UnknownName
from contractor_ops.ledger.location import boot, ledger_path
from contractor_ops.office_files import keep_draft, keep_file
from contractor_ops.ports import Cell, Channel, Inbox, Judged, KeptReply, Ledger, Reply, SheetWriter
from contractor_ops.tables.catalogue import HANDED_IN, TABLES
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.record import Place, Record, Table
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.views.catalogue import READABLE, VIEWS

if TYPE_CHECKING:
    from contractor_ops.actions.bundle import Bundle
    from contractor_ops.channels.mail import Sender
    from contractor_ops.office_sources import Sources
    from contractor_ops.planning.facts import Facts
    from contractor_ops.ports import Heartbeat
    from contractor_ops.recipe import Recipe
    from contractor_ops.views.view import Given

CONFIG = "config.toml"
LEDGER = "ledger.db"


@dataclass
class Office:
    """One business: `folder` holds its config, recipes, spreadsheets and ledger.

    `replaced` maps a table to another file, "-" is standard input. `clock` tells the time to whatever leaves.
    """

    folder: Path
    config: Config
    replaced: Mapping[str, str] = field(default_factory=dict)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _tables: dict[tuple[str, bool], Table] = field(default_factory=dict)
    _channels: dict[str, Channel] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return self.config.office.zone

    @cached_property
    def facts(self) -> "Facts":
        """What planning must know about the office."""
        from contractor_ops.planning.facts import facts_of

        return facts_of(self.config)

    @cached_property
    def machine(self) -> str:
        """This machine, and its present start: a kill and a power cut leave different traces."""
        return f"{platform.node() or 'this machine'}/{boot()}"

    # ── tables ──

    def has(self, name: str) -> bool:
        """Whether the office keeps this table, or the one that this view cannot do without."""
        if name in VIEWS:
            return self.has(self.main_of(name))
        return self._keeps(name) or name in HANDED_IN or (name == "leads" and bool(self._answered))

    def _keeps(self, name: str) -> bool:
        return name in self.config.tables or name in self.replaced

    @cached_property
    def _answered(self) -> list[Record]:
        """Leads that no sheet holds: callers whom nobody answered, and who answered our text."""
        from contractor_ops.office_tables import leads_that_answered

        return leads_that_answered(self)

    def main_of(self, name: str) -> str:
        """The table whose sheet is looked at before a run: a view's main one, else the table itself."""
        return VIEWS[name].main if name in VIEWS else name

    def spec(self, name: str) -> TableSpec:
        """What a table or view looks like. Raises UnknownName."""
        if name not in READABLE:
            raise UnknownName(f'"{name}" is no table; {did_you_mean(name, READABLE)}', "contractor-ops tables lists them.")
        return READABLE[name]

    def table(self, name: str, *, complete: bool = True, now: datetime | None = None) -> Table:
        """Read a table or view. With `complete=False` phones and e-mails stay as written, to be cleaned where they are needed.

        A view is what it is at `now` (aware), without one at the time on the clock.

        Raises UnknownName when there is no such table or the office does not keep it, UnusableFile when its file cannot be used.
        """
        self.spec(name)
        if not self.has(name):
            missing = self.main_of(name)
            raise UnknownName(
                f"config.toml does not say where the table {missing} is.", f'Add [tables.{missing}] with file = "…" to config.toml.'
            )
        if name in VIEWS or name in HANDED_IN:
            complete = True
        if (name, complete) not in self._tables:
            self._tables[name, complete] = self._read(name, complete, now or self.clock())
        return self._tables[name, complete]

    def missed_calls(self, now: datetime, since: datetime) -> Table:
        """The calls that nobody took since a moment (both aware), which is further back than the view of that name looks."""
        from contractor_ops.office_tables import given, view_tables
        from contractor_ops.views.missed_calls import missed_since

        return missed_since(given(self, view_tables(self, VIEWS["missed_calls"], since), now), since.astimezone(UTC))

    def given(self, tables: "Mapping[str, Table]", now: datetime) -> "Given":
        """What a view is made from, by these tables."""
        from contractor_ops.office_tables import given

        return given(self, tables, now)

    def looked_at(self, name: str) -> frozenset[str] | None:
        """The records of a view that anybody will look at, None for all of them."""
        return None

    def former_names(self, now: datetime) -> dict[str, str]:
        """The id by which the ledger knows each booking that had no number at first, by its number."""
        from contractor_ops.office_tables import former_names

        return former_names(self, now)

    @cached_property
    def own_numbers(self) -> frozenset[str]:
        """The office's own telephone lines, in E.164."""
        from contractor_ops.office_tables import own_numbers

        return own_numbers(self)

    def _read(self, name: str, complete: bool, now: datetime) -> Table:
        from contractor_ops.office_tables import handed_in, view_table, with_answers, with_note_answers

        if name in VIEWS:
            return view_table(self, VIEWS[name], now.astimezone(self.zone))
        if name in HANDED_IN:
            return handed_in(self, name)
        if name == "leads" and (self._answered or not self._keeps(name)):
            sheet = self._sources.table(name, complete) if self._keeps(name) else None
            return with_answers(sheet, self._answered, self.config.office.country)
        table = self._sources.table(name, complete)
        return with_note_answers(table, self._note_answers, self.zone) if name == "jobs" and self._note_answers else table

    @cached_property
    def _note_answers(self) -> list[KeptReply]:
        """What technicians answered when they were asked about a job's note."""
        from contractor_ops.office_tables import note_answers

        return note_answers(self)

    @cached_property
    def _sources(self) -> "Sources":
        from contractor_ops.office_sources import Sources

        return Sources(self.folder, self.config, self.replaced, self.clock)

    def sheet_writer(self, name: str, file: str, now: datetime) -> SheetWriter:
        """What writes into a file that a table was read from. Raises NotWritten where there is none."""
        return self._sources.writer(name, file, now)

    def one_thing(self, name: str, file: str) -> str:
        """The same for tables that stand in one file or spreadsheet, and for no others, whatever it is called."""
        return self._sources.one_thing(name, file)

    def as_read(self, table: Table, whose: Sequence[str]) -> Callable[[Place, frozenset[str]], Mapping[str, Cell] | None] | None:
        """What gives a row's cells as they were read, where what writes into the sheet cannot tell by itself whether they are still so."""
        return self._sources.as_read(table, whose)

    def hand_in(self, table: Table) -> None:
        """Use this table in place of its sheet from now on, in this process only; views are made anew."""
        for key in [key for key in self._tables if key[0] in VIEWS or key[0] == table.name]:
            del self._tables[key]
        self._tables |= {(table.name, True): table, (table.name, False): table}

    def forget_tables(self) -> None:
        """Read every table again when it is asked for: a sheet has changed."""
        self._tables.clear()
        self._sources.forget()

    # ── recipes ──

    def recipe_files(self) -> dict[str, Path]:
        """Every recipe's file by name: those that ship, and the office's own, which win."""
        own = self.folder / "recipes"
        files = sorted(shipped_recipes().glob("*.toml")) + sorted(own.glob("*.toml") if own.is_dir() else [])
        return {file.stem: file for file in files}

    def recipe(self, name: str) -> "Recipe":
        """One recipe. Raises UnknownName, or FilesNeedMending with its mistakes."""
        from contractor_ops.recipe import read_recipe

        name = name.removesuffix(".toml")
        files = self.recipe_files()
        if name not in files:
            raise UnknownName(f'"{name}" is no recipe; {did_you_mean(name, files)}', "Recipes stand in the folder recipes/ of the office.")
        return read_recipe(files[name].read_bytes(), name, READABLE, self.config.people)

    def recipes(self) -> "list[Recipe]":
        """Every recipe that can be read and whose table the office keeps; `check` tells about the others."""
        found = []
        for name in self.recipe_files():
            try:
                recipe = self.recipe(name)
            except ContractorOpsError:
                continue
            if self.has(recipe.reads):
                found.append(recipe)
        return found

    def keep_draft(self, name: str, text: str) -> str:
        """Write a draft into drafts/, beside one of that name that says something else; its name. Raises OSError."""
        return keep_draft(self.folder, name, text)

    def keep_file(self, name: str, text: str) -> str:
        """Write a file such as calendar/J-1.ics, in place of the one that was there; its name. Raises OSError."""
        return keep_file(self.folder, name, text)

    # ── ledger, channels, lock ──

    @property
    def ledger_file(self) -> Path:
        """Where the ledger is kept."""
        return ledger_path(self.folder, LEDGER, self.config.ledger.path)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, opened. Raises LedgerTrouble."""
        from contractor_ops.ledger.ledger import SqliteLedger

        return SqliteLedger(self.ledger_file)

    @cached_property
    def sender(self) -> "Sender":
        """Who writes."""
        from contractor_ops.office_channels import sender_of

        return sender_of(self.config)

    def channel(self, kind: str) -> Channel:
        """The way out for "sms" or "email". Raises FilesNeedMending or MissingSecret when it is not set up."""
        if kind not in self._channels:
            from contractor_ops.office_channels import open_channel

            self._channels[kind] = open_channel(kind, self.config, self.folder, self.sender, self.clock)
        return self._channels[kind]

    def inboxes(self) -> Sequence[Callable[[], Inbox | None]]:
        """What opens each place that answers can come from; None where it is not set up. Each raises FilesNeedMending or MissingSecret."""
        from contractor_ops.office_inboxes import open_inboxes

        return open_inboxes(self.config, self.folder)

    @property
    def confirms_opt_outs(self) -> bool:
        """Whether an opt-out by text is confirmed by us; Twilio confirms its own words itself, so this is off unless said."""
        from contractor_ops.office_inboxes import check_inbox

        return check_inbox(self.config).confirm_opt_outs

    def judge_reply(self, reply: Reply) -> Judged:
        """What triage makes of a reply."""
        from contractor_ops.inbox.newly_written import newly_written
        from contractor_ops.inbox.triage import classify

        verdict = classify(reply.text, reply.subject, reply.headers)
        return Judged(
            verdict.label,
            verdict.reason,
            verdict.weight,
            verdict.opts_out,
            newly_written(reply.text) if reply.channel == "email" else reply.text,
        )

    def sent_copy(self, message_id: str, since: datetime) -> bool:
        """Whether the office's mailbox holds a copy of a mail of ours among those sent, which proves that it left."""
        from contractor_ops.office_inboxes import open_mailbox

        mailbox = open_mailbox(self.config, self.folder)
        if mailbox is None:
            return False
        try:
            return mailbox.in_sent_folder(message_id, since) is True
        finally:
            mailbox.close()

    def probe_mailbox(self) -> None:
        """Log in to the mailbox, if one is set up, and look into its folder. Raises InboxDown, MissingSecret or FilesNeedMending."""
        from contractor_ops.office_inboxes import open_mailbox

        if mailbox := open_mailbox(self.config, self.folder):
            mailbox.probe()

    @property
    def outbox_channels(self) -> frozenset[str]:
        """The channels whose messages become files in outbox/ and reach nobody by themselves."""
        from contractor_ops.office_channels import provider_of

        return frozenset(kind for kind in ("sms", "email") if provider_of(kind, self.config) == "outbox")

    def check_channels(self) -> None:
        """Raise FilesNeedMending with what is wrong in [sms] and [email]; secrets are not asked for."""
        from contractor_ops.office_channels import check_channel

        for kind in ("sms", "email"):
            check_channel(kind, self.config)

    @cached_property
    def heartbeat(self) -> "Heartbeat | None":
        """The dead-man's switch, where one is set up."""
        if not self.config.heartbeat.url:
            return None
        from contractor_ops.clients.heartbeat import UrlHeartbeat

        return UrlHeartbeat(self.config.heartbeat.url)

    @property
    def only_local(self) -> bool:
        """Whether nothing that is sent can leave this machine."""
        return all(self.channel(kind).local for kind in ("sms", "email"))

    def new_message_id(self, bundle: "Bundle") -> str:
        """A Message-ID of our own for one bundle, made before it is sent."""
        from uuid import uuid4

        from contractor_ops.channels.mail import new_message_id

        return new_message_id(self.sender.domain, uuid4().hex)

    @contextmanager
    def lock(self, recipe: str) -> Iterator[None]:
        """Hold a recipe for one run. The system lets go of it when the run ends in any way. Raises RunUnderWay."""
        from filelock import FileLock, Timeout

        path = self.ledger_file.with_name(f"{self.ledger_file.name}.{recipe}.lock")
        lock = FileLock(path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise RunUnderWay(f"Another run of {recipe} is under way.", "Wait until it has ended.") from None
        except OSError as error:
            raise FilesNeedMending([f"{path.parent} cannot be written to ({error.strerror}), so nothing was sent."]) from None
        try:
            yield
        finally:
            lock.release()

    def close(self) -> None:
        """Let go of connections."""
        self._sources.close()
        for channel in self._channels.values():
            channel.close()


def open_office(folder: Path, replaced: Mapping[str, str] | None = None) -> Office:
    """Open the office in a folder. Raises NoOffice, or FilesNeedMending with all mistakes of config.toml."""
    file = folder / CONFIG
    if not file.is_file():
        where = f"The folder {folder}" if str(folder) != "." else "This folder"
        raise NoOffice(f"{where} is no office: it has no {CONFIG}.",
                       "If you have an office already, go there with cd, or name it with --office. "
                       "Make one from your spreadsheets with: contractor-ops init FOLDER   (or look at a sample: contractor-ops demo)")  # fmt: skip
    unknown = [name for name in replaced or () if name not in TABLES]
    if unknown:
        raise UnknownName(f'--table: "{unknown[0]}" is no table; {did_you_mean(unknown[0], TABLES)}')
    return Office(folder, read_config(file.read_bytes(), CONFIG), replaced or {})


def shipped_recipes() -> Path:
    """The folder of the recipes that ship: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent
    return package / "recipes" if (package / "recipes").is_dir() else package.parent / "recipes"
