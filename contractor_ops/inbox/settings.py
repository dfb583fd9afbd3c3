"""What the inbox reads from its part of config.toml."""

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from contractor_ops.parts import Part, SpanText
from contractor_ops.spans import Span
from contractor_ops.timetable.reading import read_when


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """How a mailbox is reached; `timeout` is in seconds and holds for every answer that is waited for."""

    host: str
    user: str
    port: int = 993
    security: Literal["tls", "starttls", "none"] = "tls"
    timeout: float = 30.0
    folder: str = "INBOX"
    sent_folder: str = ""


class ImapPart(Part):
    """`[inbox] imap = { … }`: the mailbox that customers' answers arrive in. Its password is the secret IMAP_PASSWORD.

    `port` is 993 with security "tls" and 143 otherwise unless said. `sent_folder` is found by itself where the server marks it.
    """

    host: str = Field(min_length=1)
    user: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "tls"
    timeout: SpanText = Span(30, "seconds")
    folder: str = Field(default="INBOX", min_length=1)
    sent_folder: str = ""

    @model_validator(mode="after")
    def _the_port_speaks_so(self) -> Self:
        if self.port == 993 and self.security == "starttls":
            raise ValueError('port 993 is encrypted from the start: write security = "tls", or leave it out')
        return self

    def settings(self) -> ImapSettings:
        """How the mailbox is reached."""
        port = self.port or (993 if self.security == "tls" else 143)
        seconds = self.timeout.as_timedelta().total_seconds()
        return ImapSettings(self.host, self.user, port, self.security, seconds, self.folder, self.sent_folder)


class InboxPart(Part):
    """`[inbox]`: how often answers are fetched, where they come from beside the providers, whether one last message confirms an opt-out."""

    every: str = "every 5 minutes"
    imap: ImapPart | None = None
    confirm_opt_outs: bool = False

    @field_validator("every")
    @classmethod
    def _comes_round(cls, text: str) -> str:
        often = read_when(text)
        if 0 < often.step < 5:
            raise ValueError(f'"{text}" is more often than a look may take; write "every 5 minutes"')
        return text
