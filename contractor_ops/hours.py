"""Opening hours and holidays as people write them in config.toml: { mon-fri = "08:00-17:00" }, "09:00-20:00", "US-IL"."""

import re
from collections.abc import Mapping
from datetime import time

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
END_OF_DAY = time.max  # "24:00" as a closing time
_DAY_GROUPS = {"weekdays": range(5), "weekends": range(5, 7), "daily": range(7)}
_HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*[-\u2013]\s*(\d{1,2}):(\d\d)")  # word processors make a long dash of it


def holiday_code_is_known(code: str) -> bool:
    """Whether days off are known for a code like "US-IL", "US" or "CA-ON"; "" is an office without holidays."""
    if not code:
        return True
    import holidays

    country, dash, part = code.partition("-")
    parts = holidays.list_supported_countries().get(country)
    return parts is not None and (part in parts if dash else True)


def parse_hours(text: str) -> tuple[time, time]:
    """Read "09:00-20:00". Raises ValueError with a sentence that shows the right form."""
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{text}" is no span of hours; write it like "09:00-20:00"')
    start, end = _clock_time(found[1], found[2]), _clock_time(found[3], found[4])
    if start is None or end is None or start == END_OF_DAY:
        raise ValueError(f'"{text}" names a time that no clock shows; write it like "09:00-20:00"')
    if end <= start:
        raise ValueError(f'"{text}" ends before it begins; hours past midnight cannot be written, "24:00" is the latest')
    return start, end


def _clock_time(hour: str, minute: str) -> time | None:
    if (hour, minute) == ("24", "00"):
        return END_OF_DAY
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


def parse_business_hours(written: Mapping[str, str]) -> dict[int, tuple[time, time]]:
    """Read {"mon-fri": "08:00-17:00", "sat": "09:00-12:00"} into weekday -> (opening, closing); a day not named is closed.

    A key that names fewer days wins over one that names more ("daily" and "sun"). Raises ValueError with a sentence.
    """
    hours: dict[int, tuple[time, time]] = {}
    named_by: dict[int, tuple[int, str]] = {}
    for key in sorted(written, key=lambda key: -len(_days(key))):
        days, text = _days(key), written[key]
        for day in days:
            size, other = named_by.get(day, (0, ""))
            if size == len(days):
                raise ValueError(f'{WEEKDAYS[day]} is named by both "{other}" and "{key}"; name it once')
            named_by[day] = (len(days), key)
            hours.pop(day, None)
        if text.strip().lower() != "closed":
            hours.update(dict.fromkeys(days, parse_hours(text)))
    if not hours:
        raise ValueError('business hours name no day on which the office is open; write them like { mon-fri = "08:00-17:00" }')
    return dict(sorted(hours.items()))


def _days(key: str) -> list[int]:
    group = _DAY_GROUPS.get(key.strip().lower())
    if group is not None:
        return list(group)
    days: list[int] = []
    for part in key.split(","):
        first, dash, last = part.partition("-")
        start = _weekday(first, key)
        days += [(start + ahead) % 7 for ahead in range((_weekday(last, key) - start) % 7 + 1 if dash else 1)]
    return sorted(set(days))


def _weekday(word: str, key: str) -> int:
    name = word.strip().lower()
    for number, weekday in enumerate(WEEKDAYS):
        if len(name) >= 3 and weekday.lower().startswith(name):
            return number
    raise ValueError(f'"{key}" names no days; write "mon", "mon-fri", "mon,wed", "weekdays", "weekends" or "daily"')
