"""Whom to call about an item of the queue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom to call: `key` says who it is across rows, "" when only the name is known; the first of `phones` is the one to dial.

    `role` is set for one of our own people, and `about` then says which customer's what it is about.
    """

    name: str
    key: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    number: str | None = None
    role: str = ""
    about: str = ""

    @property
    def title(self) -> str:
        """Whom a person asks for on the telephone."""
        return f"{self.name}, {self.role}, about {self.about}" if self.role else self.name or "them"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every phone and e-mail."""
        return (*(phone.partition(";")[0] for phone in self.phones), *self.emails)
