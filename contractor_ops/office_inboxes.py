"""The places that answers come from, built from config.toml: each provider that sends also brings back, and `[inbox] imap` reads the mailbox."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contractor_ops.channels.settings import SendGridPart, TwilioPart
from contractor_ops.config import Config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.inbox.settings import InboxPart
from contractor_ops.office_channels import check_channel, provider_of, sender_of, twilio_settings
from contractor_ops.ports import Inbox, Source
from contractor_ops.secrets import secret
from contractor_ops.tomlfile import checked

if TYPE_CHECKING:
    from contractor_ops.inbox.imap import Imap


def check_inbox(config: Config) -> InboxPart:
    """What config.toml says about the inbox. Raises FilesNeedMending with every mistake."""
    return checked(InboxPart, config.inbox, "config.toml, [inbox]")


def open_inboxes(config: Config, folder: Path) -> list[Callable[[], Inbox | None]]:
    """What opens each place that answers can come from; None where it is not set up. Each raises FilesNeedMending or MissingSecret for itself."""
    return [partial(opened, config, folder) for opened in (_open_twilio, _open_sendgrid, open_mailbox)]


def _open_twilio(config: Config, folder: Path) -> Inbox | None:
    if provider_of("sms", config) != "twilio":
        return None
    from contractor_ops.clients.twilio import TwilioClient
    from contractor_ops.inbox.twilio import TwilioInbox

    part = check_channel("sms", config)
    assert isinstance(part, TwilioPart)
    return TwilioInbox(TwilioClient(twilio_settings(part, folder)))


def _open_sendgrid(config: Config, folder: Path) -> Inbox | None:
    if provider_of("email", config) != "sendgrid":
        return None
    from contractor_ops.inbox.sendgrid import SendGridInbox

    part = check_channel("email", config)
    assert isinstance(part, SendGridPart)
    return SendGridInbox(secret("SENDGRID_API_KEY", folder), part.api_base, part.timeout.as_timedelta().total_seconds())


def open_mailbox(config: Config, folder: Path) -> "Imap | None":
    """The office's mailbox, where one is set up. Raises FilesNeedMending or MissingSecret."""
    part = check_inbox(config).imap
    if part is None:
        return None
    from contractor_ops.inbox.imap import Imap

    return Imap(part.settings(), secret("IMAP_PASSWORD", folder), (sender_of(config).from_address,))


def call_log(config: Config, folder: Path, clock: Callable[[], datetime]) -> Source:
    """The telephone provider's own call log as a table's source. Raises FilesNeedMending or MissingSecret."""
    from contractor_ops.clients.twilio import TwilioClient
    from contractor_ops.sources.twilio_calls import TwilioCalls

    if provider_of("sms", config) != "twilio":
        raise FilesNeedMending(
            ['config.toml: tables.calls.source: "twilio-calls" needs [sms] with provider = "twilio", whose account is asked']
        )
    part = check_channel("sms", config)
    assert isinstance(part, TwilioPart)
    return TwilioCalls(TwilioClient(twilio_settings(part, folder)), clock)
