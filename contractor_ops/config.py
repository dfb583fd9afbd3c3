"""config.toml as typed models. All mistakes are told at once, each with its key and a remedy; values are never repeated.

The parts that belong to an adapter (`[sms]`, `[email]`, `[inbox]`) stay raw here: the adapter checks them.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, Field, field_validator, model_validator

from contractor_ops.bookings.deposits import Deposit, read_deposit
from contractor_ops.bookings.words import plain
from contractor_ops.hours import holiday_code_is_known, parse_business_hours, parse_hours
from contractor_ops.notes.points import DEFAULT_NEEDS, FlagName, Point, Trade
from contractor_ops.parts import Part, SpanText
from contractor_ops.spans import Span
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.timetable.reading import read_when
from contractor_ops.tomlfile import checked, did_you_mean, read_toml

Hours = tuple[time, time]
WriteBack = Literal["last_contact", "next_step", "status", "clean_note", "review"]
"""What may be written into the office's own sheet."""


BEAT_PLACES = ("{job}", "{state}", "{status}", "{code}")
"""What is filled into a dead-man's switch's address: "run-lead-reply"; start, success or failure; up or down; the exit code."""


def zone_names() -> set[str]:
    """The time zones that are called after a place, as offices name them."""
    return {name for name in available_timezones() if "/" in name}


class OfficePart(Part):
    """`[office]`: who we are, where, and when somebody is there."""

    name: str = Field(min_length=1)
    timezone: str
    country: str = Field(default="US", pattern="^[A-Z]{2}$")
    phone: str = ""
    postal_address: str = ""
    website: str = ""
    business_hours: dict[str, str] = {"mon-fri": "08:00-17:00"}
    holidays: str = ""

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError):  # the list of all zones takes longer than the rest of the config
            raise ValueError(f'"{name}" is no time zone; {did_you_mean(name, zone_names())}') from None
        return name

    @field_validator("business_hours")
    @classmethod
    def _hours_can_be_read(cls, hours: dict[str, str]) -> dict[str, str]:
        parse_business_hours(hours)
        return hours

    @field_validator("holidays")
    @classmethod
    def _holidays_are_known(cls, code: str) -> str:
        if code and not holiday_code_is_known(code):
            raise ValueError(f'"{code}" is no calendar of holidays; write the country, or country and state, like "US" or "US-IL"')
        return code

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.timezone)


class Person(Part):
    """`[people]`: somebody whom a recipe may name."""

    name: str = Field(min_length=1)
    email: str = ""
    phone: str = ""
    deputy: str = ""
    away_until: date | None = None


class TablePart(Part):
    """`[tables.NAME]`: where a table's rows come from."""

    file: str = ""
    files: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    google_sheet: str = ""
    source: Literal["", "twilio-calls"] = ""
    columns: dict[str, str | list[str]] = {}
    max_age: SpanText | None = None
    write_back: dict[WriteBack, str] = {}

    @field_validator("write_back")
    @classmethod
    def _columns_of_their_own(cls, headings: dict[str, str]) -> dict[str, str]:
        texts = [" ".join(heading.split()).casefold() for heading in headings.values()]
        if "" in texts or len(set(texts)) < len(texts):
            raise ValueError('name a column of the sheet for each, and each another: last_contact = "Last contact", review = "Review"')
        return headings

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if [bool(self.file), bool(self.files), bool(self.google_sheet), bool(self.source)].count(True) != 1:
            raise ValueError(
                'say where its rows are, in one key: file = "estimates.xlsx", files = ["north.xlsx", "south.xlsx"], '
                'google_sheet = "https://docs.google.com/spreadsheets/d/…" or source = "twilio-calls"'
            )
        if self.sheet and self.sheets:
            raise ValueError("use sheet or sheets, not both")
        return self

    @property
    def patterns(self) -> tuple[str, ...]:
        """The file names or patterns, one or several."""
        return self.files or (self.file,)

    @property
    def asked_live(self) -> bool:
        """Whether it is asked for at each run, and so is never an old copy."""
        return bool(self.google_sheet or self.source)

    @property
    def called(self) -> str:
        """What people call the place of its rows."""
        if self.asked_live:
            return "its Google Sheet" if self.google_sheet else "its call log"
        return ", ".join(self.patterns)

    @property
    def wanted_sheets(self) -> tuple[str, ...] | None:
        """The sheets to read, or None to find the one that fits."""
        return self.sheets or ((self.sheet,) if self.sheet else None)


class Limits(Part):
    """`[limits]`: what keeps a customer from hearing too much from us, and an item of the queue from waiting for one person."""

    per_address_per_day: int = Field(default=1, ge=1)
    per_run: int = Field(default=50, ge=1)
    send_between: str = "09:00-20:00"
    waits_at_most: SpanText = Span(3, "business days")

    @field_validator("waits_at_most")
    @classmethod
    def _counts_days(cls, span: Span) -> Span:
        if not span.in_days or not span.amount:
            raise ValueError(f'"{span}" counts no days; write it like "3 business days" or "1 week"')
        return span

    @field_validator("send_between")
    @classmethod
    def _can_be_read(cls, text: str) -> str:
        parse_hours(text)
        return text

    @property
    def window(self) -> Hours:
        """Opening and closing of the sending window, in the recipient's time zone."""
        return parse_hours(self.send_between)


class CallsPart(Part):
    """`[calls]`: numbers that mean something to the office's telephone. `never_text` are suppliers and services, by name or as a bare list."""

    own_numbers: tuple[str, ...] = ()
    never_text: dict[str, str] | tuple[str, ...] = ()


class JobType(Part):
    """`[notes.job_types]`: what the note of one kind of job must tell. `needs` stands in place of the office's list, `also` is added to it."""

    needs: tuple[Point, ...] | None = None
    also: tuple[Point, ...] = ()


class NotesPart(Part):
    """`[notes]`: what a job's note must tell before the job is billed, how technicians write, and who gets what it lets slip.

    `trades` chooses the abbreviations, all of them where none is named. `flags` maps a flag to a key of [people].
    """

    needs: tuple[Point, ...] = DEFAULT_NEEDS
    job_types: dict[str, JobType] = {}
    trades: tuple[Trade, ...] = ()
    flags: dict[FlagName, str] = {}


def _switch(value: object) -> bool | str:
    if isinstance(value, bool) or (
        isinstance(value, str) and value.strip() and value.strip().casefold() not in {"yes", "no", "true", "false"}
    ):
        return value
    raise ValueError("write true or false without quotes, or a name in quotes")


Switch = Annotated[bool | str, BeforeValidator(_switch)]
"""Off, on, or on with a name: the town that gives the permit, the firm that does the work."""
Line = Annotated[str, Field(min_length=1)]


class JobKindPart(Part):
    """`[job_types."Furnace install"]`: what the office knows of a kind of job. A key that is not said is as shipped, or as `same_as` has it.

    `words` are further names that it is recognised by. `rebook_after` "0 days" and a deposit of 0 are none.
    """

    words: tuple[Line, ...] = ()
    same_as: str = ""
    minutes: int | None = Field(default=None, ge=1)
    skills: tuple[Line, ...] | None = None
    preparation: str | None = None
    checklist: tuple[Line, ...] | None = None
    rebook_after: SpanText | None = None
    related: str | None = None
    permit: Switch | None = None
    subcontractor: Switch | None = None
    financing: bool | None = None
    deposit: Annotated[Deposit | None, BeforeValidator(read_deposit)] = None

    @field_validator("rebook_after")
    @classmethod
    def _counts_days(cls, span: Span | None) -> Span | None:
        if span is not None and span.unit not in {"days", "weeks"}:
            raise ValueError(f'"{span}" counts no days of the calendar; write it like "350 days" or "26 weeks"')
        return span

    @field_validator("same_as")
    @classmethod
    def _ships(cls, name: str) -> str:
        from contractor_ops.bookings.kinds import shipped_kinds

        if name and name not in shipped_kinds():
            raise ValueError(f'"{name}" is no kind of job that ships with contractor-ops; {did_you_mean(name, shipped_kinds())}')
        return name


class Tolerance(Part):
    """How far an invoice may be off what was agreed before it is told: both must be exceeded."""

    amount: Decimal = Field(default=Decimal("1.00"), ge=0)
    percent: Decimal = Field(default=Decimal(0), ge=0, le=100)


class BillingPart(Part):
    """`[billing]`: when work should be billed, and how an invoice is held against what was agreed.

    `estimate_from`: a job of this total or more should have an accepted estimate, as should every job whose type is in `estimate_for`.
    `retainage` is per cent of each invoice, `labor_rate` what an hour of work costs the office; both only for budgets.
    """

    not_invoiced_after: SpanText = Span(3, "days")
    tolerance: Tolerance = Tolerance()
    estimate_from: Decimal = Field(default=Decimal(1000), ge=0)
    estimate_for: tuple[str, ...] = ()
    retainage: Decimal = Field(default=Decimal(0), ge=0, le=100)
    labor_rate: Decimal | None = Field(default=None, ge=0)


class GooglePart(Part):
    """`[google]`: how Google Sheets are reached. The key is the secret GOOGLE_SERVICE_ACCOUNT_FILE (where it is) or GOOGLE_SERVICE_ACCOUNT (it).

    `key_file` may name the file in place of the first; `api_base` is Google's own addresses unless said.
    """

    key_file: str = ""
    timeout: SpanText = Span(30, "seconds")
    api_base: str = Field(default="", pattern="^(https?://[^/]+/?)?$")

    @field_validator("timeout")
    @classmethod
    def _is_a_time(cls, span: Span) -> Span:
        if span.unit == "business days" or not span.amount:
            raise ValueError(f'"{span}" is no time to wait; write it like "30 s"')
        return span


class Digest(Part):
    """`[digest]`: when the owner's summary leaves, and to whom."""

    daily: str = ""
    weekly: str = ""
    to: tuple[str, ...] = ("owner",)

    @field_validator("daily", "weekly")
    @classmethod
    def _can_be_read(cls, text: str) -> str:
        if text:
            read_when(text)
        return text


class Heartbeat(Part):
    """`[heartbeat]`: the address of a dead-man's switch, which may hold the places of BEAT_PLACES."""

    url: str = Field(default="", pattern="^(https?://.*)?$")

    @field_validator("url")
    @classmethod
    def _places_are_known(cls, url: str) -> str:
        url = url.strip()
        if not url.isascii() or not url.isprintable() or " " in url or "@" in url.partition("//")[2].partition("/")[0]:
            raise ValueError("an address holds neither blanks nor letters beyond ASCII, nor a user's name before an @")
        wrong = [place for place in re.findall(r"\{.*?\}", url) if place not in BEAT_PLACES]
        if wrong:
            raise ValueError(f"a place in the address is not known; those that are: {', '.join(BEAT_PLACES)}")
        return url


class LedgerPart(Part):
    """`[ledger]`: where the ledger is kept when it should not be in the office folder."""

    path: str = ""


class Config(Part):
    """The whole of config.toml."""

    office: OfficePart
    people: dict[str, Person] = {}
    tables: dict[str, TablePart] = {}
    sms: dict[str, Any] = {}
    email: dict[str, Any] = {}
    inbox: dict[str, Any] = {}
    limits: Limits = Limits()
    calls: CallsPart = CallsPart()
    notes: NotesPart = NotesPart()
    job_types: dict[str, JobKindPart] = {}
    billing: BillingPart = BillingPart()
    google: GooglePart = GooglePart()
    digest: Digest = Digest()
    heartbeat: Heartbeat = Heartbeat()
    ledger: LedgerPart = LedgerPart()

    @model_validator(mode="after")
    def _tables_are_known(self) -> Self:
        wrong = [f'tables.{name}: "{name}" is no table; {did_you_mean(name, TABLES)}' for name in self.tables if name not in TABLES]
        for name, part in self.tables.items():
            known = TABLES[name].column_names if name in TABLES else part.columns
            wrong += [f'tables.{name}.columns: "{column}" is no column of {name}; {did_you_mean(column, known, f"contractor-ops tables {name}")}'
                      for column in part.columns if column not in known]  # fmt: skip
        if wrong:
            raise ValueError("\n".join(wrong))
        return self

    @model_validator(mode="after")
    def _a_name_means_one_job_type(self) -> Self:
        meant: dict[str, str] = {}
        for name, part in self.job_types.items():
            for text in (name, *part.words):
                if not plain(text):
                    raise ValueError(f'job_types: "{text}" is no name that a job can be recognised by')
                if meant.setdefault(plain(text), name) != name:
                    raise ValueError(f'job_types: "{text}" stands for "{meant[plain(text)]}" and for "{name}"; let it stand for one')
        return self

    @model_validator(mode="after")
    def _people_exist(self) -> Self:
        named = {f"people.{key}.deputy": person.deputy for key, person in self.people.items() if person.deputy}
        named |= (
            {f"digest.to {number}": key for number, key in enumerate(self.digest.to, 1)} if "to" in self.digest.model_fields_set else {}
        )
        named |= {f"notes.flags.{flag}": key for flag, key in self.notes.flags.items()}
        wrong = [f'{place} names "{key}", who is not in [people]; {did_you_mean(key, self.people)}' for place, key in named.items()
                 if key not in self.people]  # fmt: skip
        if wrong:
            raise ValueError("\n".join(wrong))
        return self


def read_config(content: bytes, name: str = "config.toml") -> Config:
    """Read config.toml. Raises FilesNeedMending with every mistake."""
    return checked(Config, read_toml(content, name), name)


def people_names(people: Mapping[str, Person]) -> dict[str, str]:
    """Each person's key and name."""
    return {key: person.name for key, person in people.items()}
