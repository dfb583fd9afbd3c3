"""When a server wants to be asked again (RFC 9110, section 10.2.3)."""

import re
import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any


def retry_after(headers: Any) -> float | None:
    """Seconds to wait, from Retry-After, which is a number of them or a date; None where it is missing or means nothing."""
    said = headers.get("Retry-After") or ""
    if re.fullmatch(r"\s*[0-9]{1,9}(\.[0-9]+)?\s*", said):
        return float(said)
    until = _moment(said)
    return None if until is None else max(0.0, until - its_clock(headers))


def its_clock(headers: Any) -> float:
    """Unix time by the server's own clock where it tells it (Date), else by ours."""
    told = _moment(headers.get("Date") or "")
    return time.time() if told is None else told


def _moment(text: str) -> float | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).timestamp()
