"""The words of danger in a job's note, as they may be sent: never with a code that opens something."""

import re

from contractor_ops.notes.flags import flags_in

_CODE = re.compile(r"[#*]*\d[\d#*-]{2,}[#*]*(?!\s*(?:ppm|psi|volts?|degrees)\b)", re.IGNORECASE)


def hazard_in(note: str) -> str:
    """Everything in a note that tells of danger, each once, in its own words; "" where nothing does."""
    words = [words for flag in flags_in(note) if flag.name == "safety" for words in flag.all_words]
    return "; ".join(_CODE.sub("…", one) for one in words)
