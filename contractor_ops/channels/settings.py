"""The providers by name, what each reads from its part of config.toml, and how it is opened."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from contractor_ops.channels.mail import Sender
from contractor_ops.config import Config, Part, SpanText
from contractor_ops.errors import FilesNeedMending
from contractor_ops.ports import Channel
from contractor_ops.spans import Span
from contractor_ops.tomlfile import checked, did_you_mean

NOBODY = "office@our-office.example"
"""Stands in as sender while an office without e-mail writes to its outbox."""


class OutboxPart(Part):
    """`[sms]` or `[email]` with provider "outbox", the default: messages become files."""

    provider: Literal["outbox"] = "outbox"
    from_: str = Field(default="", alias="from")


class SmtpPart(Part):
    """`[email]` with provider "smtp": the office's own mail server. Its password is the secret SMTP_PASSWORD."""

    provider: Literal["smtp"]
    from_: str = Field(alias="from")
    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    timeout: SpanText = Span(30, "seconds")


Clock = Callable[[], datetime]
PROVIDERS: Mapping[str, Mapping[str, type[Part]]] = {"sms": {"outbox": OutboxPart}, "email": {"outbox": OutboxPart, "smtp": SmtpPart}}


def provider_of(kind: str, config: Config) -> str:
    """The provider that carries "sms" or "email"."""
    return str(_raw(kind, config).get("provider", "outbox"))


def check_channel(kind: str, config: Config) -> Part:
    """What config.toml says about a channel. Raises FilesNeedMending with every mistake."""
    provider = provider_of(kind, config)
    known = PROVIDERS[kind]
    if provider not in known:
        raise FilesNeedMending([f'config.toml: {kind}.provider: "{provider}" is no provider of {kind}; {did_you_mean(provider, known)}'])
    part = checked(known[provider], _raw(kind, config), f"config.toml, [{kind}]")
    if provider == "smtp" and "@" not in parseaddr(str(_raw(kind, config).get("from", "")))[1]:
        raise FilesNeedMending([f'config.toml, [{kind}]: from must hold an e-mail address, like "Our Office <office@example.com>"'])
    return part


def open_channel(kind: str, config: Config, folder: Path, sender: Sender, clock: Clock) -> Channel:
    """The channel that config.toml asks for. Raises FilesNeedMending or MissingSecret."""
    part = check_channel(kind, config)
    return _OPENERS[part.__class__](part, folder, sender, clock)


def _open_outbox(part: Any, folder: Path, sender: Sender, clock: Clock) -> Channel:
    from contractor_ops.channels.outbox import Outbox

    return Outbox(folder / "outbox", sender, clock)


def _open_smtp(part: Any, folder: Path, sender: Sender, clock: Clock) -> Channel:
    from contractor_ops.channels.smtp import Smtp, SmtpSettings
    from contractor_ops.secrets import secret

    settings = SmtpSettings(part.host, part.port, part.security, part.user, part.timeout.as_timedelta().total_seconds())
    return Smtp(settings, secret("SMTP_PASSWORD", folder) if part.user else None, sender, clock)


_OPENERS: Mapping[type[Part], Callable[[Any, Path, Sender, Clock], Channel]] = {OutboxPart: _open_outbox, SmtpPart: _open_smtp}


def sender_of(config: Config) -> Sender:
    """Who messages come from."""
    name, address = parseaddr(str(config.email.get("from", "")))
    return Sender(name or config.office.name, address if "@" in address else NOBODY, postal_address=config.office.postal_address,
                  phone=str(config.sms.get("from", "") or config.office.phone))  # fmt: skip


def _raw(kind: str, config: Config) -> Mapping[str, Any]:
    return config.sms if kind == "sms" else config.email
