"""What the domain of our address says to those who get our e-mails: SPF (who may send), DMARC (what becomes of the rest), DKIM of well-known senders."""

import os
from dataclasses import dataclass
from typing import Any

TIMEOUT = 3.0
"""Seconds for each question."""
RESOLVER = "CONTRACTOR_OPS_DNS"
"""An environment variable: the name server to ask instead of the machine's own, like "9.9.9.9" or "127.0.0.1:5353"."""
_SELECTORS = ("google", "selector1", "selector2", "s1", "s2", "default", "dkim", "k1", "mail", "fm1", "zoho", "protonmail")
"""What the large providers call their keys: Google, Microsoft, SendGrid, common mail servers, Mailchimp, Fastmail, Zoho, Proton."""


@dataclass(frozen=True, slots=True)
class MailDns:
    """`spf` are the domain's SPF records (there must be one), `dmarc` its DMARC record or "", `dkim` whether a well-known key was found.

    `trouble` says why nothing could be found out.
    """

    exists: bool = True
    spf: tuple[str, ...] = ()
    dmarc: str = ""
    dkim: bool = False
    trouble: str = ""


def resolver_is_named() -> bool:
    """Whether somebody has said which name server to ask."""
    return bool(os.environ.get(RESOLVER))


def look_up(domain: str) -> MailDns:
    """Ask for the records of one domain; never raises."""
    import dns.exception
    import dns.resolver

    try:
        resolver = _resolver()
        texts = _texts(resolver, domain)
        dmarc = _texts(resolver, f"_dmarc.{domain}") or _texts(resolver, f"_dmarc.{_parent(domain)}")
        dkim = any(_has_key(resolver, f"{selector}._domainkey.{domain}") for selector in _SELECTORS)
    except dns.resolver.NXDOMAIN:
        return MailDns(exists=False)
    except (dns.exception.DNSException, OSError, ValueError):
        return MailDns(trouble="no name server answered")
    return MailDns(True, tuple(one for one in texts if one.lower().startswith("v=spf1")),
                   next((one for one in dmarc if one.lower().startswith("v=dmarc1")), ""), dkim)  # fmt: skip


def _resolver() -> Any:
    import dns.resolver

    named = os.environ.get(RESOLVER, "")
    resolver = dns.resolver.Resolver(configure=not named)
    if named:
        host, _, port = named.partition(":")
        resolver.nameservers, resolver.port = [host], int(port or 53)
    resolver.timeout = resolver.lifetime = TIMEOUT
    return resolver


def _texts(resolver: Any, name: str) -> list[str]:
    """The TXT records under a name that begins with an underscore or is a domain; only the domain itself must exist."""
    import dns.resolver

    try:
        return ["".join(part.decode("utf-8", "replace") for part in record.strings) for record in resolver.resolve(name, "TXT")]
    except dns.resolver.NoAnswer:
        return []
    except dns.resolver.NXDOMAIN:
        if name.startswith("_"):
            return []
        raise


def _has_key(resolver: Any, name: str) -> bool:
    import dns.resolver

    try:
        return bool(resolver.resolve(name, "TXT"))
    except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
        return False


def _parent(domain: str) -> str:
    """The domain above "mail.northside.example"; one that has none above it stays as it is."""
    parent = domain.partition(".")[2]
    return parent if "." in parent else domain
