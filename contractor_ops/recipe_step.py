"""One step of a recipe: what it does, for whom, and when it is due."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from contractor_ops.parts import Part, SpanText
from contractor_ops.recipe_conditions import Conditions
from contractor_ops.spans import Span, read_span
from contractor_ops.tomlfile import did_you_mean

ACTIONS = ("message", "task", "draft-invoice", "assign", "check-materials", "checklist", "update-row", "calendar")
NEED_WORDS = frozenset({"message", "task", "draft-invoice"})
"""Actions that can do nothing without words of the recipe's own."""
WORDS = {
    "assign": "{{ suggestion }}",
    "check-materials": "{{ materials }}",
    "checklist": "{{ checklist }}",
    "calendar": "{{ title }}, {{ starts_at }}",
}
"""What an action is about, where its step has no text."""
OTHER_ROWS = {"leads": "lead", "customers": "customer_id"}
"""Tables whose own records update-row may write to as well, and the column that names their row."""
_AT = re.compile(r"(.*?),?\s+at\s+(\d{1,2}:\d{2})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offset:
    """When a step is due: so long after (or before) the anchor, at a time of day where one is given."""

    amount: Span
    before: bool
    at: time | None


def _span_and_time(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    found = _AT.fullmatch(text)
    return (read_span(found[1]), _time(found[2])) if found else (read_span(text), None)


def _time(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f'"{text}" is no time of day; write it like "09:00"') from None


SpanAndTime = Annotated[tuple[Span, time | None], BeforeValidator(_span_and_time)]


def _names(said: Any) -> Any:
    return (said,) if isinstance(said, str) and said else () if said == "" else said


class Step(Part):
    """`[[steps]]`: one thing the recipe does for one record at one time.

    `since` names an earlier step: this one counts from when that was done, not from the anchor, and is not due before.
    `in_hours` counts only the time that the office is open ("2 hours" after 4 PM on Friday is on Monday). A message that cannot leave
    `within` so long gives way to the next step at once. `text_after_hours` are the words while the office is closed. `sets_status` is written
    into the sheet once the step is done, where the table's write_back names a column for it.

    In a trail a step may count from a column of its own (`anchor`), be for some records only (`when`), start when columns change between two
    runs (`on_change`; with `since` only changes since that step, or any of those, was done count), and be done again when its anchor moves (`rearm`; the
    recipe's own answer unless it has one). `kind` is the recipe's unless the step has its own: a request for a review inside a service
    is commercial. `attach` puts the visit's calendar entry beside an e-mail. `asks = "rating"`: an answer to the message is a rating from 1 to 5,
    and has no bearing on the step that has `asks = "review"`. `sets` is what update-row writes into the ledger's own record, by column or "table.column".
    """

    name: str = Field(min_length=1)
    id: str = ""
    after: SpanAndTime | None = None
    before: SpanAndTime | None = None
    at: Annotated[time | None, BeforeValidator(_time)] = None
    since: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    anchor: str = ""
    when: Conditions = Conditions()
    on_change: tuple[str, ...] = ()
    rearm: bool | None = None
    kind: Literal["follow-up", "service"] | None = None
    attach: Literal["", "calendar"] = ""
    asks: Literal["", "rating", "review"] = ""
    in_hours: bool = False
    within: SpanText | None = None
    do: str
    to: str = "customer"
    by: tuple[Literal["sms", "email"], ...] = ("sms", "email")
    subject: str = ""
    text: str = ""
    text_after_hours: str = ""
    owner: str = ""
    sets_status: str = ""
    sets: dict[str, str] = {}

    @field_validator("name", "id")
    @classmethod
    def _is_no_step_of_our_own(cls, name: str) -> str:
        if name.startswith("("):  # so are the steps called that no recipe plans: alerts, the confirmation of an opt-out
            raise ValueError(f'"{name}" begins with a bracket; begin with a letter or a number')
        return name

    @field_validator("do")
    @classmethod
    def _action_is_known(cls, name: str) -> str:
        if name not in ACTIONS:
            raise ValueError(f'"{name}" is nothing that a step can do; {did_you_mean(name, ACTIONS)}')
        return name

    @model_validator(mode="after")
    def _one_offset(self) -> Self:
        if self.on_change and (self.before or self.in_hours or self.anchor):
            raise ValueError('with on_change, say at most how long after the change: after = "10 minutes"')
        if (self.after is None) == (self.before is None) and not (self.on_change and self.after is None):
            raise ValueError('say when it is due, in one key: after = "2 days" or before = "2 days"')
        if len(self.since) > 1 and not self.on_change:
            raise ValueError("since names one step; only with on_change it may name several, of which any will do")
        if self.since and not self.on_change and (self.after is None or self.in_hours):
            raise ValueError('with since, say how long after that step: after = "1 business days"')
        if self.within is not None and self.within.unit == "business days":
            raise ValueError('within is a length of time, like "30 minutes" or "4 hours"')
        if self.do != "message" and (self.within or self.text_after_hours or self.asks):
            raise ValueError("within, text_after_hours and asks are for messages")
        if not self.text and self.do in NEED_WORDS:
            raise ValueError("text says what it is about, and is missing")
        if wrong := [key for key in self.sets if "." in key and key.rpartition(".")[0] not in OTHER_ROWS]:
            raise ValueError(f'sets: "{wrong[0]}" names no other row; {did_you_mean(wrong[0].rpartition(".")[0], OTHER_ROWS)}')
        if bool(self.sets) != (self.do == "update-row"):
            raise ValueError('update-row and sets belong together: sets = { stage = "Booked" }')
        return self

    @property
    def offset(self) -> Offset:
        """When it is due."""
        span, at = self.after or self.before or (Span(0, "days"), None)
        return Offset(span, self.before is not None, self.at or at)

    @property
    def words(self) -> str:
        """The template of what is said or shown: its own text, else what its action is about."""
        return self.text or WORDS.get(self.do) or "; ".join(f"{column.replace('_', ' ')}: {text}" for column, text in self.sets.items())

    @property
    def key(self) -> str:
        """What the ledger calls it: renaming a step keeps its past through `id`."""
        return self.id or self.name
