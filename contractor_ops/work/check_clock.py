"""Whether this machine's clock is right, by what a provider's answer says that it is."""

import time
from collections.abc import Iterator

from contractor_ops.work.check_finding import Finding

MOST = 120.0
"""Seconds that two clocks may differ."""


def clock_findings(whose: str, its: float) -> Iterator[Finding]:
    """A warning where ours (never a pretended one) is more than two minutes off. `its` is Unix time."""
    off = time.time() - its
    if abs(off) <= MOST:
        return
    minutes = round(abs(off) / 60)
    where = "ahead of" if off > 0 else "behind"
    told = f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
    yield Finding("warning", "machine", f"its clock is {told} {where} {whose}'s: messages would leave at the wrong time of day",
                  "Let the system set its clock by the network: timedatectl set-ntp true, or Date and time in its settings.")  # fmt: skip
