"""What a note itself tells: hours, parts, photos, a signature … The words are data in evidence.toml; figures with their units are patterns here."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from contractor_ops.notes.points import Point
from contractor_ops.tables.cells.phrases import Phrases
from contractor_ops.tables.cells.wording import Wording, clean, fold

_LONGEST = 60_000
"""Characters of a note that are looked through; a longer one is kept whole all the same."""
_ENOUGH_WORDS = 6
"""So many different words that say something are a note of the work, even if none of them is a word for work that is known."""
_STUCK = re.compile(r"(?<![\w.,/-])((?:\d+(?:[.,/]\d+)?|[.,]\d+))(hours?|hrs?|h|minutes?|mins?|lbs?|oz)(?=\b|\d)", re.IGNORECASE)
_HOUR_AND_MINUTES = re.compile(r"(?<![\w.,/-])(\d{1,2}) ?h ?(\d{1,2})(?: ?m(?:in)?)?\b", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(parts|materials|hours|hrs|labou?r|time|signature|sig|photos|pics|payment|readings|follow ?up|model|serial)\s+[-–—]+\s+",
    re.IGNORECASE,
)
_PICTURES = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff\ufe0e\ufe0f\u200d]+")
"""Small pictures: 🔧, ✅."""
_PER_HOUR = re.compile(r"/ ?(?=(?:hrs?|hour|h)\b)")
_CLAUSE = re.compile(r"[;!?\n]+|[.,]+(?!\d)|\s[-–—]+\s")
_CLOCK = r"(?:(?:[01]?\d|2[0-3])(?::[0-5]\d)?|noon)"
_RANGE = re.compile(rf"(?<![\w:.#/$-]){_CLOCK} ?(?:[ap]\.?m?\b)? ?(?:-|to|till|until|thru|a) ?{_CLOCK} ?(?:[ap]\.?m?\b)?(?![\w:/-])")
_SPACED_RANGE = re.compile(r"(:[0-5]\d ?(?:[ap]\.?m?\b)?|\d ?[ap]m) +[-–—] +(?=\d)")
_WORK_TIME = re.compile(
    r"\b(?:on ?site|worked|time|from|hours?|hrs?|in|arr\w*)\W{1,3}[0-2]\d[0-5]\d ?(?:-|to|/) ?[0-2]\d[0-5]\d\b|\btime\W{1,3}\d{1,2}(?:\.\d+)?\s*$"
)
"""On site 0800-1015; and "Time: 1.5"."""
_SURELY_A_CLOCK = re.compile(r":[0-5]\d|\d ?[ap]m?\b")
_AT_WORK = re.compile(r"\b(?:on ?site|worked|there|time|labou?r|from|hours?|hrs?|work|in)\s*(?:was|is|from|:)?\s*$")
_OTHER_TIMES = re.compile(
    r"\b(?:window|home|open|business|office|sched\w*|appointments?|appt|tomorrow|next|between|available|call\w*|visit|return\w*|come|back|eta"
    r"|quiet|timer|set|runs?|ran|program\w*|will|after|store|business)\b"
)
_SHORT_TIME = re.compile(
    r"(?:\W|\b(?:about|approx|total|labou?r|on ?site|only|just|~)\b)*\d+(?:\.\d+)?\W*(?:minutes?|mins?|minutos)"
    r"(?:\W|\b(?:total|labou?r|on ?site)\b)*"
)

_VALUE = r"[#:=.\s-]*(?=[\w/.-]*\d)[\w/.-]"
_MODEL = re.compile(rf"(?<![\w/])(?:m ?/ ?n|mn|mod|model)\b\.?(?: ?(?:no|nr|num|number)\b\.?)?{_VALUE}{{2,}}")
_SERIAL = re.compile(rf"(?<![\w/])(?:s ?/ ?n|sn|ser|serial)\b\.?(?: ?(?:no|nr|num|number)\b\.?)?{_VALUE}{{3,}}")

_FIGURE = r"(?<![\w.#/-])-?(?:\d+(?:[.,]\d+)?|\.\d+)(?:\s?/\s?\d+(?:\.\d+)?)?"
_MEASURED = re.compile(
    rf"{_FIGURE}(?:\s*(?:psi[ag]?|deg(?:rees?)?|°\s*[fc]?|f|ppm|microns?|(?:in(?:ches)?\.?|\")?\s?(?:of )?w\.?c\.?|iwc|volts?|vac|vdc|amps?"
    r"|microamps?|[muμ]a|ohms?|[uμ]f|mfd|cfm|rpm|gpm|superheat|subcool(?:ing)?|sh|sc|hz|watts?|kw|%\s?rh)|[avc]|\s[av](?=\s*$))(?![\w-])"
)
_LABELLED = re.compile(
    r"\b(?:(?:suction|head|discharge|liquid|low side|high side|split|rise|drop|temp(?:erature)?|supply|superheat|subcool(?:ing)?|volts|voltage|ohms"
    r"|manifold|microns|psi|salt|alk(?:alinity)?|cya)(?: (?:pressure|temp|is|was|at|of|level))*\s*[:=]?\s*\d{2,4}"
    r"|(?:delta[ -]?t|td|static|sh|sc|amps|amp draw|pressures?|chlorine|ph)(?: (?:is|was|at|of|level))*\s*[:=]?\s*\d{0,3}\.?\d{1,3}|co\s*[:=]?\s*0)"
    r"(?![\d-])(?! ?(?:gal|hours?|hrs?|weeks?|days?)\b)"
)
_RATED = re.compile(
    r"\W*(?:(?!(?:at|on|across|to|from|in|between)\b)\w+\W+){0,2}?(?:breakers?|fuses?|caps?|capacitors?|transformers?|outlets?|circuits?|disconnects?|contactors?|relays?|motors?|receptacles?|gfci"
    r"|plugs?|whips?|dual|switch(?:es)?|panels?|service|heaters?|wires?|bulbs?|batter(?:y|ies)|pumps?|thermostats?|lamps?|lights?|cable|units?|systems?|models?)\b"
)
_CHOSEN = re.compile(
    r"\b(?:replaced|repl|installed|inst|new|swapped|changed|used|rated|setpoint|set(?: \w+){0,3} (?:to|at|for))(?:\s+[\w-]+){0,4}\s*$"
)
_CHECK_NUMBER = re.compile(r"\b(?:ck|chk|check|cheque)\s*#\s*\d|\bck\s*\d{3,}")


class Evidence:
    """A note (and what its technician answered), made ready to be asked what it tells. `names` are people whose names say nothing of the work."""

    def __init__(self, *texts: str, names: Collection[str] = ()) -> None:
        self._whole = clean("\n".join(texts)[:_LONGEST])
        self._names = frozenset(word for name in names for word in re.findall(r"\w+", fold(name)))

    def tells(self, point: Point) -> bool:
        """Whether the note tells this point."""
        return bool(self._whole.strip()) and _TELLS[point](self)

    @cached_property
    def folded(self) -> str:
        """The note in small letters without accents, figures apart from their units."""
        text = _PER_HOUR.sub(" per ", _LABEL.sub(r"\1: ", fold(_PICTURES.sub(" ", self._whole))))
        text = _SPACED_RANGE.sub(r"\1-", text)
        text = _HOUR_AND_MINUTES.sub(r"\1 h \2 min", text)
        return _STUCK.sub(r"\1 \2 ", text)

    @cached_property
    def clauses(self) -> list[Wording]:
        """Its clauses, so that a "no" or a "need" holds for its own clause only."""
        return [Wording(part) for part in _CLAUSE.split(self.folded) if part.strip()]

    def says(self, about: str) -> bool:
        """Whether a clause has one of the phrases about this."""
        says, never = _phrases(about, "says"), _phrases(about, "never")
        return any(says.find(clause, never) for clause in self.clauses)

    def has_hours(self) -> bool:
        """Hours worked, or an arrival and a finish."""
        if self.says("hours") or _phrases("hours", "across").find(Wording(self.folded)):
            return True
        return any(
            _SHORT_TIME.fullmatch(clause.shown) or _WORK_TIME.search(clause.shown) or _has_range(clause.shown) for clause in self.clauses
        )

    def has_model(self) -> bool:
        """The number of the model."""
        return bool(_MODEL.search(self.folded))

    def has_serial(self) -> bool:
        """The serial number."""
        return bool(_SERIAL.search(self.folded))

    def has_readings(self) -> bool:
        """Something measured: a figure with its unit, or after what it is. What is printed on a part is no reading."""
        return any(_is_measured(clause.shown) for clause in self.clauses)

    def has_work(self) -> bool:
        """What was done: a word for it; else two unknown words of another language, or so many in all that they will not be about nothing."""
        told = [words for clause in self.clauses if (words := self._told(clause)) and not _phrases("work", "nothing").find(clause)]
        if any(_is_work(words) for words in told) or self._says_used():
            return True
        unknown = [{word for word in words - _work()["measured"] if len(word) > 2 or not word.isascii()} for words in told]
        if self._is_foreign():
            return any(len(words) > 1 or not all(map(str.isascii, words)) for words in unknown)
        return len(set().union(*unknown)) >= _ENOUGH_WORDS

    def _told(self, clause: Wording) -> set[str]:
        """The words of a clause that are neither numbers nor names nor without content."""
        return {word.text for word in clause.words if not word.text[:1].isdigit() and word.text != "#"} - _work()["empty"] - self._names

    def _says_used(self) -> bool:
        """Whether a part was put in: that is work done."""
        says, never, nothing = _phrases("work", "says"), _phrases("parts", "never"), _phrases("work", "nothing")
        return any(says.find(clause, never) and not nothing.find(clause) for clause in self.clauses)

    def _is_foreign(self) -> bool:
        letters = any(character.isalpha() and not character.isascii() for character in self._whole)
        return letters or any(word.text in _work()["foreign"] for clause in self.clauses for word in clause.words)


def _is_work(told: set[str]) -> bool:
    words = _work()
    if told & words["did"] or (told & words["looked"] and len(told) > 1):
        return True
    return any(word.endswith("ed") and len(word) > 4 and word not in words["states"] for word in told)


def _has_range(clause: str) -> bool:
    """ "9:00-11:30", "9-11am"; without minutes only where the words before say that it was work."""
    for found in _RANGE.finditer(clause):
        before = clause[: found.start()]
        if not _OTHER_TIMES.search(clause) and (_SURELY_A_CLOCK.search(found[0]) or _AT_WORK.search(before)):
            return True
    return False


def _is_measured(clause: str) -> bool:
    found = _MEASURED.search(clause)
    while found:
        if not _RATED.match(clause, found.end()) and not _CHOSEN.search(clause[: found.start()]):
            return True
        found = _MEASURED.search(clause, found.end())
    return bool(_LABELLED.search(clause)) and not _CHOSEN.search(clause)


_TELLS: Mapping[Point, Callable[[Evidence], bool]] = {
    "work": Evidence.has_work,
    "hours": Evidence.has_hours,
    "parts": lambda note: note.says("parts"),
    "readings": Evidence.has_readings,
    "model": lambda note: note.has_model() and note.has_serial(),
    "photos": lambda note: note.says("photos"),
    "signature": lambda note: note.says("signature"),
    "payment": lambda note: bool(_CHECK_NUMBER.search(note.folded)) or note.says("payment"),
    "follow-up": lambda note: note.says("follow_up"),
}


@lru_cache(maxsize=1)
def _written() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("evidence.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _phrases(about: str, key: str) -> Phrases:
    return Phrases(_written()[about].get(key, ()), _written()["words"])


@lru_cache(maxsize=1)
def _work() -> Mapping[str, frozenset[str]]:
    return {
        key: frozenset(fold(word).replace("'", "") for word in _written()["work"][key])
        for key in ("did", "states", "looked", "measured", "foreign", "empty")
    }
