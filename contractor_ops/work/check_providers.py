"""What `check` hears from those who carry messages: each is asked something harmless, and what it refuses is told in plain words."""

from collections.abc import Iterator, Sequence

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.office_channels import check_channel, provider_of
from contractor_ops.office_inboxes import check_inbox
from contractor_ops.ports import Channel, DeliveryError, InboxDown
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.check_mailing import look_at_mailing
from contractor_ops.work.check_reached import remedy_of
from contractor_ops.work.check_texting import look_at_texting

_NOT_ASKED = "not asked with --offline"


def check_providers(office: Office, *, offline: bool = False) -> Iterator[Finding]:
    """Whether answers come back, and whether messages can leave. With `offline` only what config.toml and the secrets say is looked at."""
    waiting = [recipe.name for recipe in office.recipes() if recipe.ends.reply]
    yield from _replies(office, waiting, offline=offline)
    for kind in ("sms", "email"):
        yield from _channel(office, kind, offline=offline)


def _channel(office: Office, kind: str, *, offline: bool) -> Iterator[Finding]:
    try:
        check_channel(kind, office.config)
        channel = office.channel(kind)
    except ContractorOpsError as error:
        yield Finding("error", kind, error.message, error.remedy)
        return
    if channel.name == "outbox":
        yield Finding("ok", kind, "messages become files in outbox/, nothing leaves")
    elif offline:
        yield Finding("ok", kind, f"leaves through {channel.name}; {_NOT_ASKED}")
    else:
        yield from _asked(office, kind, channel)


def _asked(office: Office, kind: str, channel: Channel) -> Iterator[Finding]:
    try:
        channel.probe()
    except DeliveryError as error:
        yield Finding("error", kind, f"{channel.name} cannot be used: {error.reason}", remedy_of(error.reason, kind, channel.name))
        return
    yield Finding("ok", kind, f"leaves through {channel.name}")
    if kind == "sms":
        yield from look_at_texting(office)
    else:
        yield from look_at_mailing(office, local=channel.local)


def _replies(office: Office, waiting: Sequence[str], *, offline: bool) -> Iterator[Finding]:
    """Whether answers come back by the ways that messages leave by."""
    try:
        mailbox = check_inbox(office.config).imap is not None
        if not offline:
            office.probe_mailbox()
    except ContractorOpsError as error:
        yield Finding("error", "inbox", error.message, error.remedy)
        return
    except InboxDown as down:
        yield Finding("error", "inbox", f"the mailbox cannot be used: {down.reason}", remedy_of(down.reason, "inbox", "imap"))
    texts, mails = (provider_of(kind, office.config) for kind in ("sms", "email"))
    if texts == "twilio" or mailbox:
        ways = [name for name, there in (("texts", texts == "twilio"), ("e-mails", mailbox)) if there]
        yield Finding("ok", "replies", f"contractor-ops inbox reads answers by {' and '.join(ways)}")
    if waiting and mails != "outbox" and not mailbox:
        yield Finding("warning", "replies", "e-mails leave, but their answers are not read: nobody is left alone who has answered by e-mail",
                      'Add imap = { host = "…", user = "…" } under [inbox] of config.toml, and set the secret IMAP_PASSWORD.')  # fmt: skip
    elif waiting and texts != "twilio" and not mailbox:
        yield Finding("warning", "replies", "none are read: when a customer answers, mark the row in the sheet, or skip it",
                      f"contractor-ops skip {waiting[0]} RECORD, or set up [sms] with Twilio or [inbox] imap in config.toml")  # fmt: skip
