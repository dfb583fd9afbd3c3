"""What cannot wait its turn in a list: a visit of today or tomorrow that somebody may not come to."""

import re
from datetime import datetime, timedelta

from contractor_ops.planning.phrases import day

_NOBODY_MAY_COME = re.compile(
    r"cannot be kept|technicians table|technicians sheet|technician is named|technicians are named|not clear who goes|its start has passed"
)
"""How planning and the views word it: two jobs at one time, a day off, a technician who cannot be told, a visit that nobody confirmed."""


def is_grave(reason: str, words: str | None, step: str | None, now: datetime) -> bool:
    """Whether it is about who comes today or tomorrow: the day stands in its own words, and a step that tells a technician in its name."""
    told = f"{reason} {words or ''}"
    days = [day((now + timedelta(days=ahead)).date(), now.date()) for ahead in (0, 1)]
    soon = "its start has passed" in told or any(re.search(rf"{re.escape(one)}(?!\d)", told) for one in (*days, "today at", "Tomorrow"))
    return soon and ("technician" in (step or "") or _NOBODY_MAY_COME.search(told) is not None)
