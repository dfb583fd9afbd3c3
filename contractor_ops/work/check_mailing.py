"""What stands behind the address that e-mails come from: whether SendGrid knows it, and what its domain says to those who get them."""

from collections.abc import Iterator
from typing import Any

from contractor_ops.clients.mail_dns import MailDns, look_up, resolver_is_named
from contractor_ops.clients.sendgrid import SendGridClient
from contractor_ops.clients.sendgrid_account import FromSeen, look_at_sender
from contractor_ops.office import Office
from contractor_ops.office_channels import NOBODY, check_channel, provider_of
from contractor_ops.ports import InboxDown
from contractor_ops.secrets import secret
from contractor_ops.work.check_clock import clock_findings
from contractor_ops.work.check_finding import Finding

LONGEST = 10.0
_SENDERS = "app.sendgrid.com, Settings, Sender authentication"
_WHOEVER = "Ask whoever keeps your domain; your e-mail provider says what to write."
_SPF_OF = {"gmail.com": "_spf.google.com", "google.com": "_spf.google.com", "office365.com": "spf.protection.outlook.com",
           "outlook.com": "spf.protection.outlook.com", "zoho.com": "zoho", "fastmail.com": "messagingengine.com",
           "secureserver.net": "secureserver.net", "ionos.com": "ionos.com"}  # fmt: skip
"""What the SPF record of somebody must hold whose mail leaves through a server of this domain."""


def look_at_mailing(office: Office, *, local: bool) -> Iterator[Finding]:
    """Only hints, but for an address that SendGrid refuses. The domain of one whose mail stays on this machine is not asked about."""
    part: Any = check_channel("email", office.config)
    address, provider = office.sender.from_address, provider_of("email", office.config)
    proven = False
    if provider == "sendgrid":
        client = SendGridClient(secret("SENDGRID_API_KEY", office.folder), part.api_base, min(part.settings().timeout, LONGEST))
        try:
            seen = look_at_sender(client, address)
        except InboxDown as down:
            yield Finding("warning", "email", f"the sender {address} could not be looked at: {down.reason}")
            return
        finally:
            client.close()
        if part.sandbox:
            yield Finding(
                "warning",
                "email",
                "sandbox = true: SendGrid looks at each e-mail and delivers none",
                "Take it out when you are done trying.",
            )
        yield from _at_sendgrid(seen, address)
        yield from clock_findings("SendGrid", seen.clock)
        proven = seen.domain == "proven"
    if address != NOBODY and (not local or resolver_is_named()):
        yield from domain_findings(
            address.rpartition("@")[2], look_up(address.rpartition("@")[2]), getattr(part, "host", ""), proven=proven
        )


def _at_sendgrid(seen: FromSeen, address: str) -> Iterator[Finding]:
    domain = address.rpartition("@")[2]
    if seen.domain == "proven":
        yield Finding("ok", "email", f"SendGrid signs for {domain}")
    elif seen.domain == "unproven":
        yield Finding("warning", "email", f"{domain} is set up at SendGrid, but its records were not found: mail programs may take our e-mails for spam",
                      f"Add the records that SendGrid shows, and press Verify: {_SENDERS}.")  # fmt: skip
    elif seen.address == "proven":
        yield Finding("warning", "email", f"SendGrid knows {address}, but does not sign for {domain}: Gmail and Yahoo may take our e-mails for spam",
                      f"Authenticate the domain: {_SENDERS}.")  # fmt: skip
    elif "unseen" in {seen.domain, seen.address}:
        yield Finding(
            "ok", "email", f"this key may not tell whether SendGrid knows {address}; contractor-ops check --try shows whether it arrives"
        )
    else:
        what = "waits for the link in SendGrid's e-mail to be opened" if seen.address == "unproven" else "is unknown to SendGrid"
        yield Finding(
            "error",
            "email",
            f"{address} {what}: it refuses every e-mail from it",
            f"Authenticate the domain, or verify the address: {_SENDERS}.",
        )


def domain_findings(domain: str, found: MailDns, host: str, *, proven: bool) -> Iterator[Finding]:
    """What the domain of our address says, and what it should.

    `host` is the office's mail server, "" where SendGrid sends; `proven`: SendGrid signs, and has SPF for a name of its own.
    """
    if found.trouble:
        yield Finding("warning", "email", f"what {domain} says about its e-mails could not be looked up: {found.trouble}")
        return
    if not found.exists:
        yield Finding(
            "warning", "email", f"there is no domain {domain}: answers to our e-mails would go nowhere", "Correct from under [email]."
        )
        return
    if host:
        yield from _spf(domain, found, host)
    if found.dmarc == "":
        yield Finding("warning", "email", f"{domain} has no DMARC record: Gmail and Yahoo ask for one",
                      f'{_WHOEVER} A harmless one, under _dmarc.{domain}: "v=DMARC1; p=none"')  # fmt: skip
    seen = [name for name, there in (("SPF", found.spf), ("DKIM", found.dkim or proven), ("DMARC", found.dmarc)) if there]
    if seen:
        yield Finding(
            "ok", "email", f"{domain} has {', '.join(seen)}{'' if 'DKIM' in seen else '; a DKIM key was not seen under the usual names'}"
        )


def _spf(domain: str, found: MailDns, host: str) -> Iterator[Finding]:
    wanted = next((record for end, record in _SPF_OF.items() if host.lower().rstrip(".").endswith(end)), "")
    if not found.spf:
        yield Finding(
            "warning",
            "email",
            f"{domain} has no SPF record, which says who may send for it: mail programs may take our e-mails for spam",
            _WHOEVER,
        )
    elif len(found.spf) > 1:
        yield Finding(
            "warning", "email", f"{domain} has {len(found.spf)} SPF records, which counts as none", f"Put them together in one. {_WHOEVER}"
        )
    elif wanted and wanted not in found.spf[0].lower():
        yield Finding(
            "warning", "email", f"the SPF record of {domain} does not name {host} ({wanted}), through which our e-mails leave", _WHOEVER
        )
