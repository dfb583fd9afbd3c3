"""Reads what people write under `runs`, [digest] and [inbox] every: "weekdays 09:05", "every 10 minutes 07:00-20:00"."""

import re
from functools import lru_cache

from contractor_ops.hours import WEEKDAYS
from contractor_ops.timetable.when import DAY, EVERY_DAY, When
from contractor_ops.tomlfile import nearest

FORMS = (
    "weekdays 09:05", "daily 07:00", "mon 07:00", "mon,thu 14:30", "mon-sat 08:00, 13:00", "weekends 10:00", "business days 09:05",
    "every 5 minutes", "every 10 minutes 07:00-20:00", "hourly", "every 2 hours",
)  # fmt: skip
_GROUPS = {
    "daily": EVERY_DAY,
    "every day": EVERY_DAY,
    "": EVERY_DAY,
    "weekdays": (0, 1, 2, 3, 4),
    "weekday": (0, 1, 2, 3, 4),
    "weekends": (5, 6),
    "business days": (0, 1, 2, 3, 4),
}
_STEPS = tuple(minutes for minutes in range(1, 61) if 60 % minutes == 0) + tuple(60 * hours for hours in (2, 3, 4, 6, 8, 12))
"""What comes round evenly: an hour in minutes, a day in hours."""

_TIME = r"\d{1,2}(?::\d{2})?(?: ?[ap]m)?"
_OFTEN = re.compile(rf"(?:(.*?) )?(?:(hourly)|every (?:(\d{{1,4}}) )?(min(?:ute)?|hour)s?)(?: ({_TIME})-({_TIME}))?")
_TIMES = re.compile(rf"(?:(.*?) )??(?:at )?({_TIME}(?:,{_TIME})*)")


class NoSchedule(ValueError):
    """What is wrong with a schedule, in the words that go behind it: `write it like …`."""


@lru_cache(maxsize=256)
def read_when(text: str) -> When:
    """Read a schedule. Raises ValueError with a sentence that shows the nearest right form."""
    try:
        return _read(_tidied(text))
    except NoSchedule as wrong:
        raise ValueError(f'"{text}" is no schedule: {wrong}') from None


def _tidied(text: str) -> str:
    words = " ".join(text.casefold().replace("\u2013", "-").replace("\u2014", "-").split())
    return re.sub(r",+", ",", re.sub(r" ?(?:([,-])|\band\b) ?", lambda found: found[1] or ",", words))


def _read(text: str) -> When:
    if found := _OFTEN.fullmatch(text):
        return _often(*found.groups())
    if found := _TIMES.fullmatch(text):
        days, business = _days(found[1] or "", text)
        times = sorted({_minute(time) for time in found[2].split(",")})
        if times[-1] == DAY:
            raise NoSchedule('midnight is written "00:00"')
        return When(days, tuple(times), business=business)
    if text in _GROUPS or _is_days(text):
        raise NoSchedule(f'it names no time; write "{text or "daily"} 09:00"')
    if turned := re.fullmatch(rf"({_TIME})(?: on)? (.+)", text):
        raise NoSchedule(f'the days come first; write "{turned[2]} {turned[1]}"')
    raise NoSchedule(_like(text))


def _often(days: str | None, hourly: str | None, number: str | None, unit: str | None, start: str | None, end: str | None) -> When:
    step = 60 if hourly else int(number or 1) * (60 if unit == "hour" else 1)
    if step not in _STEPS:
        raise NoSchedule(f'that does not come round evenly; write "{_evenly(step)}"')
    first, last = (_minute(start), _minute(end)) if start and end else (0, DAY)
    if last <= first:
        raise NoSchedule(f'{end} is not later than {start}; write it like "every 10 minutes 07:00-20:00"')
    named, business = _days(days or "", f"{days} every")
    return When(named, tuple(range(first, last, step)), step, business)


def _evenly(step: int) -> str:
    best = min(_STEPS, key=lambda one: (abs(one - step), one))
    return (
        "hourly" if best == 60 else f"every {best // 60} hours" if best > 60 else "every minute" if best == 1 else f"every {best} minutes"
    )


def _minute(text: str) -> int:
    found = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?(?: ?([ap])m)?", text)
    assert found is not None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if found[2] is None and half is None:
        raise NoSchedule(f'write the time with its minutes, like "{hour % 24:02}:00"')
    if (half and not 1 <= hour <= 12) or hour > 24 or minute > 59 or (hour == 24 and minute):
        raise NoSchedule(f'no clock shows {text}; write it like "16:30"')
    return (hour % 12 + (12 if half == "p" else 0) if half else hour) * 60 + minute


def _days(text: str, whole: str) -> tuple[tuple[int, ...], bool]:
    words = text.removesuffix(" at")
    words = words if words in _GROUPS else words.removeprefix("every ")
    if words in _GROUPS:
        return _GROUPS[words], words == "business days"
    if not _is_days(words):
        raise NoSchedule(_like(whole))
    found: set[int] = set()
    for part in words.split(","):
        first, dash, last = part.partition("-")
        start = _weekday(first)
        found |= {(start + ahead) % 7 for ahead in range((_weekday(last) - start) % 7 + 1 if dash else 1)}
    return tuple(sorted(found)), False


def _is_days(text: str) -> bool:
    return bool(text) and all(_weekday(word) >= 0 for part in text.split(",") for word in part.split("-", 1))


def _weekday(word: str) -> int:
    """0 for "mon", "monday" or "mondays"; -1 for no weekday."""
    name = word.strip().removesuffix(".")
    return next((number for number, day in enumerate(WEEKDAYS) if len(name) >= 3 and f"{day}s".casefold().startswith(name)), -1)


def _like(text: str) -> str:
    meant = nearest(text, FORMS) if text else None
    return f'did you mean "{meant}"?' if meant else f"write it like {', '.join(f'{chr(34)}{form}{chr(34)}' for form in FORMS[:-1])}"
