"""The office's ways out, built from config.toml: a provider is one line in PROVIDERS (channels/settings.py) and one opener here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractor_ops.channels.mail import Sender
from contractor_ops.channels.settings import PROVIDERS, OutboxPart, SendGridPart, SmtpPart, TwilioPart
from contractor_ops.config import Config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.parts import Part
from contractor_ops.ports import Channel
from contractor_ops.secrets import secret
from contractor_ops.tomlfile import checked, did_you_mean

if TYPE_CHECKING:
    from contractor_ops.clients.twilio import TwilioSettings

Clock = Callable[[], datetime]
NOBODY = "office@our-office.example"
"""Stands in as sender while an office without e-mail writes to its outbox."""


def provider_of(kind: str, config: Config) -> str:
    """The provider that carries "sms" or "email"."""
    return str(_raw(kind, config).get("provider", "outbox"))


def check_channel(kind: str, config: Config) -> Part:
    """What config.toml says about a channel. Raises FilesNeedMending with every mistake."""
    provider, known = provider_of(kind, config), PROVIDERS[kind]
    if provider not in known:
        raise FilesNeedMending([f'config.toml: {kind}.provider: "{provider}" is no provider of {kind}; {did_you_mean(provider, known)}'])
    return checked(known[provider], _raw(kind, config), f"config.toml, [{kind}]")


def open_channel(kind: str, config: Config, folder: Path, sender: Sender, clock: Clock) -> Channel:
    """The channel that config.toml asks for. Raises FilesNeedMending or MissingSecret."""
    part = check_channel(kind, config)
    return _OPENERS[part.__class__](part, folder, sender, clock)


def _open_outbox(part: Any, folder: Path, sender: Sender, clock: Clock) -> Channel:
    from contractor_ops.channels.outbox import Outbox

    return Outbox(folder / "outbox", sender, clock)


def _open_smtp(part: Any, folder: Path, sender: Sender, clock: Clock) -> Channel:
    from contractor_ops.channels.smtp import Smtp

    return Smtp(part.settings(), secret("SMTP_PASSWORD", folder) if part.user else None, sender, clock)


def _open_twilio(part: Any, folder: Path, sender: Sender, clock: Clock) -> Channel:
    from contractor_ops.channels.twilio import Twilio

    return Twilio(twilio_settings(part, folder), part.in_flight, part.per_second, clock)


def _open_sendgrid(part: Any, folder: Path, sender: Sender, clock: Clock) -> Channel:
    from contractor_ops.channels.sendgrid import SendGrid

    return SendGrid(part.settings(), secret("SENDGRID_API_KEY", folder), sender)


_OPENERS: Mapping[type[Part], Callable[[Any, Path, Sender, Clock], Channel]] = {
    OutboxPart: _open_outbox, SmtpPart: _open_smtp, TwilioPart: _open_twilio, SendGridPart: _open_sendgrid,
}  # fmt: skip


def twilio_settings(part: TwilioPart, folder: Path) -> "TwilioSettings":
    """The account that `[sms]` names. Raises MissingSecret."""
    return part.settings(secret("TWILIO_ACCOUNT_SID", folder), secret("TWILIO_AUTH_TOKEN", folder))


def sender_of(config: Config) -> Sender:
    """Who messages come from."""
    name, address = parseaddr(str(config.email.get("from", "")))
    return Sender(name or config.office.name, address if "@" in address else NOBODY, postal_address=config.office.postal_address,
                  phone=str(config.sms.get("from", "") or config.office.phone))  # fmt: skip


def _raw(kind: str, config: Config) -> Mapping[str, Any]:
    return config.sms if kind == "sms" else config.email
