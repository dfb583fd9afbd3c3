"""The words of this room: what a job's note must tell, what it may let slip, and the trades that it may be written in."""

from typing import Literal

Point = Literal["work", "hours", "parts", "readings", "model", "photos", "signature", "payment", "follow-up"]
"""One thing that a job's note must tell before the job is billed. `hours` is also an arrival and a finish; `model` is model and serial number."""
DEFAULT_NEEDS: tuple[Point, ...] = ("work", "hours", "parts", "photos", "signature")
"""What every job needs unless config.toml says otherwise."""
FlagName = Literal["warranty", "safety", "damage", "angry-customer", "upsell", "return-visit"]
"""What a note may let slip that somebody must see to."""
FLAGS: tuple[FlagName, ...] = ("safety", "damage", "angry-customer", "warranty", "return-visit", "upsell")
"""Every flag, the gravest first."""
Trade = Literal["hvac", "plumbing", "electrical", "roofing", "pools"]
NOTE_GAPS = "note_gaps"
"""The view whose rows technicians are asked about."""
TRADES: tuple[Trade, ...] = ("hvac", "plumbing", "electrical", "roofing", "pools")
