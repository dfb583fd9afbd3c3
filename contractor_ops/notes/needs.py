"""What the note of a job lacks before the job can be billed: what its kind needs, less what its columns and its text give."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from contractor_ops.config import NotesPart
from contractor_ops.notes.evidence import Evidence
from contractor_ops.notes.points import Point
from contractor_ops.tables.record import Record, Value

SAID: Mapping[Point, str] = {
    "work": "a note of the work",
    "hours": "hours",
    "parts": "parts used",
    "readings": "readings",
    "model": "model and serial number",
    "photos": "photos",
    "signature": "a signature",
    "payment": "the payment",
    "follow-up": "whether a follow-up is needed",
}
"""Each point as it stands in a sentence. None has a word of another one in it."""
_NO = re.compile(
    r"(?:no|none|not|nope|n|false|0+(?:\.0+)?|tbd|tba|pending|missing|unsigned|unpaid|later|to follow|to come|waiting|awaiting|needed|required|refused"
    r"|declined|unavailable|unable|absent|nobody|sin|falta|pendiente)\b|[✗✘❌☐?]"
    r"|(?:customer|cust|client|owner|tenant|homeowner) (?:not|wasn't|was not|isn't|refused|declined|unavailable|away|didn't)\b",
    re.IGNORECASE,
)
"""How a cell begins that says that there is nothing."""
_OPEN = re.compile(r"\?+|tbd|tba|unknown|pending|later|to follow|to come|not known", re.IGNORECASE)
_NUMBER = re.compile(r"-?[\d.,]+")
_HEAD = re.compile(r"^\[[^\]\n]{0,80}\] ?", re.MULTILINE)
"""What stands before each answer: when it came, and from whom."""
_BARE: Mapping[Point, re.Pattern[str]] = {
    "hours": re.compile(
        r"(?!0+(?:[.,:]0+)?$)(?:about |approx\.? |~ ?)?(?:\d{1,2}(?:[.,:]\d{1,2})?|\.\d{1,2}|\d{0,2} ?(?:1/2|½|¼|¾|1/4|3/4)|half"
        r"|one|two|three|four|five|six|seven|eight)",
        re.IGNORECASE,
    ),
    "parts": re.compile(r"none|no|nope|nothing|zero|0|nada|ningun[ao]?", re.IGNORECASE),
    "follow-up": re.compile(r"no|nope|yes|yep|none|not needed|not necessary|s[ií]", re.IGNORECASE),
}
"""An answer that is enough where nothing else was asked: "2.5" for the hours, "none" for the parts."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a job's note lacks. `said` stands in a sentence: "missing: hours, photos and a signature"."""

    point: Point
    said: str


def missing(job: Record, part: NotesPart) -> tuple[Missing, ...]:
    """What the note of a job (a record of the jobs table) lacks, in the order of the points that its kind needs."""
    facts = _Job(job)
    found = tuple(Missing(point, said) for point in needs_of(str(job["job_type"] or ""), part) if (said := _lacks(facts, point)))
    return () if len(found) == 1 and _is_answered(facts, found[0].point) else found


def needs_of(job_type: str, part: NotesPart) -> tuple[Point, ...]:
    """The points that a kind of job needs; its name is compared without case, spaces and punctuation."""
    wanted = _bare(job_type)
    own = next((one for name, one in part.job_types.items() if _bare(name) == wanted), None) if wanted else None
    if own is None:
        return tuple(dict.fromkeys(part.needs))
    return tuple(dict.fromkeys((*(part.needs if own.needs is None else own.needs), *own.also)))


def sentence(lacking: tuple[Missing, ...]) -> str:
    """ "hours, photos and a signature"."""
    *first, last = (one.said for one in lacking)
    return f"{', '.join(first)} and {last}" if first else last


def _bare(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


@dataclass(frozen=True)
class _Job:
    """A job and, made only when a column does not give the answer, what its note tells."""

    record: Record

    @cached_property
    def note(self) -> Evidence:
        """The note and the answers; the names of the technician and the customer say nothing of the work."""
        texts = (self.record["notes"], *self.answers)
        names = (self.record["technician"], self.record["customer"])
        return Evidence(*(str(text) for text in texts if text), names=tuple(str(name) for name in names if name))

    @property
    def answers(self) -> list[str]:
        """What the technician answered, each without its head and the job's number in front."""
        if not self.record["answers"]:
            return []
        number = re.escape(str(self.record["number"] or ""))
        own = re.compile(rf"(?:(?:job )?#? ?{number}[\s:.,#-]+)?", re.IGNORECASE)
        return [own.sub("", line, count=1) for line in _HEAD.sub("", str(self.record["answers"])).split("\n")]

    def cell(self, column: str) -> Value:
        """A cell; where it could not be read, what stands there."""
        problem = self.record.problems.get(column)
        return problem.value if problem is not None else self.record[column]


def _lacks(job: _Job, point: Point) -> str:
    """What is said of this point if it is missing, else ""."""
    given = _COLUMNS.get(point)
    if (given is not None and given(job)) or job.note.tells(point):
        return ""
    return _half_a_model(job) if point == "model" else SAID[point]


def _is_answered(job: _Job, point: Point) -> bool:
    """Whether an answer of one word or number tells the only thing that was asked."""
    bare = _BARE.get(point)
    return bare is not None and any(bare.fullmatch(answer.strip(" .!")) for answer in job.answers)


def _hours(job: _Job) -> bool:
    hours = job.cell("hours")
    if isinstance(hours, Decimal) and hours > 0:
        return True
    if (
        isinstance(hours, str) and re.search(r"[1-9]", hours) and not _NO.match(hours)
    ):  # "about 2, or 2:15" is no number, but hours all the same
        return True
    return _is_told(job.cell("arrived_at")) and _is_told(job.cell("left_at"))


def _parts(job: _Job) -> bool:
    """Any part, or "none"; whether each has a quantity is not asked."""
    return _is_told(job.cell("parts"))


def _photos(job: _Job) -> bool:
    return _is_yes(job.cell("photos"))


def _signature(job: _Job) -> bool:
    return _is_yes(job.cell("signature"))


def _readings(job: _Job) -> bool:
    readings = job.cell("readings")
    return _is_yes(readings) or (isinstance(readings, str) and re.search(r"\d", readings) is not None)


def _payment(job: _Job) -> bool:
    return _is_yes(job.cell("payment"))


def _follow_up(job: _Job) -> bool:
    """A "no" is an answer too."""
    return _is_told(job.cell("follow_up"))


def _model(job: _Job) -> bool:
    return _has_model(job) and _has_serial(job)


def _has_model(job: _Job) -> bool:
    return _is_yes(job.cell("model")) or _names_a_machine(job) or job.note.has_model()


def _has_serial(job: _Job) -> bool:
    return _is_yes(job.cell("serial")) or _names_a_machine(job) or job.note.has_serial()


def _names_a_machine(job: _Job) -> bool:
    """Whether the equipment stands there with a number: "Furnace" alone is any furnace, and a column of models or serial numbers only that."""
    if job.cell("equipment") in (job.cell("model"), job.cell("serial")):
        return False
    return re.search(r"\d", str(job.cell("equipment") or "")) is not None


def _half_a_model(job: _Job) -> str:
    if _has_model(job):
        return "the serial number"
    return "the model number" if _has_serial(job) else SAID["model"]


def _is_told(cell: Value) -> bool:
    return cell is not None and str(cell).strip() != "" and not _OPEN.fullmatch(str(cell).strip())


def _is_yes(cell: Value) -> bool:
    """Whether a cell says that there is something: yes, a name, a day, a number, a link."""
    text = str(cell).strip() if cell is not None else ""
    if _NUMBER.fullmatch(text):
        return any(figure in "123456789" for figure in text) and not text.startswith("-")
    return bool(text) and not _NO.match(text)


_COLUMNS: Mapping[Point, Callable[[_Job], bool]] = {
    "hours": _hours,
    "parts": _parts,
    "photos": _photos,
    "signature": _signature,
    "readings": _readings,
    "model": _model,
    "payment": _payment,
    "follow-up": _follow_up,
}
