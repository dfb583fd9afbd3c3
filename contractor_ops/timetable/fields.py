"""Numbers as cron writes them: `*/5`, `3-59/10`, `7-19`, `1-5`, `8,13`."""


def minutes_field(minutes: tuple[int, ...]) -> str:
    """Minutes of an hour."""
    step = 60 // len(minutes)
    if len(minutes) > 2 and minutes == tuple(range(minutes[0], 60, step)) and minutes[0] < step:
        return "*" if step == 1 else f"*/{step}" if minutes[0] == 0 else f"{minutes[0]}-59/{step}"
    return _numbers(minutes)


def hours_field(hours: tuple[int, ...]) -> str:
    """Hours of a day."""
    step = 24 // len(hours)
    if len(hours) > 2 and hours == tuple(range(0, 24, step)):
        return "*" if step == 1 else f"*/{step}"
    return _numbers(hours)


def days_field(days: tuple[int, ...]) -> str:
    """Weekdays (0 = Monday); cron begins on Sunday."""
    return "*" if len(days) == 7 else _numbers(tuple(sorted((day + 1) % 7 for day in days)))


def _numbers(numbers: tuple[int, ...]) -> str:
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}-{numbers[-1]}"
    return ",".join(map(str, numbers))
