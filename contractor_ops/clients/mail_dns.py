"""What the domain of our address says to those who get our e-mails: SPF (who may send), DMARC (what becomes of the rest), DKIM of well-known senders."""

import os
import re
import time
from dataclasses import dataclass
from typing import Any

TIMEOUT, LONGEST = 2.0, 5.0
"""Seconds for each question, and for all together."""
RESOLVER = "CONTRACTOR_OPS_DNS"
"""An environment variable: the name server to ask instead of the machine's own, like "9.9.9.9" or "127.0.0.1:5353"."""
_KEY = re.compile(r"(?:^|;)\s*p=")
_SELECTORS = ("google", "selector1", "selector2", "s1", "s2", "default", "dkim", "k1", "mail", "fm1", "zoho", "protonmail")
"""What the large providers call their keys: Google, Microsoft, SendGrid, common mail servers, Mailchimp, Fastmail, Zoho, Proton."""


@dataclass(frozen=True, slots=True)
class MailDns:
    """`spf` are the domain's SPF records (there must be one), `dkim` whether a well-known key was found.

    `dmarc` is its DMARC record, "" for none, None where nobody answered. `trouble` says why nothing could be found out.
    """

    exists: bool = True
    spf: tuple[str, ...] = ()
    dmarc: str | None = ""
    dkim: bool = False
    trouble: str = ""


def resolver_is_named() -> bool:
    """Whether somebody has said which name server to ask."""
    return bool(os.environ.get(RESOLVER))


def look_up(domain: str) -> MailDns:
    """Ask for the records of one domain; never raises. What was found before the time was over counts."""
    import dns.exception
    import dns.resolver

    try:
        asking = _Asking(_resolver(), time.monotonic() + LONGEST)
        texts = asking.texts(domain)
    except dns.resolver.NXDOMAIN:
        return MailDns(exists=False)
    except (dns.exception.DNSException, OSError, ValueError):
        return MailDns(trouble="no name server answered")
    return MailDns(True, tuple(one for one in texts if one.lower().startswith("v=spf1")), _dmarc(asking, domain), _dkim(asking, domain))


def _dmarc(asking: "_Asking", domain: str) -> str | None:
    import dns.exception

    try:
        texts = asking.texts(f"_dmarc.{domain}") or asking.texts(f"_dmarc.{_parent(domain)}")
    except (dns.exception.DNSException, OSError):
        return None
    return next((one for one in texts if one.lower().startswith("v=dmarc1")), "")


def _dkim(asking: "_Asking", domain: str) -> bool:
    import dns.exception

    try:
        return any(_is_key(text) for selector in _SELECTORS for text in asking.texts(f"{selector}._domainkey.{domain}"))
    except (dns.exception.DNSException, OSError):  # who lets one of these go unanswered does so with all
        return False


def _is_key(text: str) -> bool:
    """A name that answers with the same text whatever is asked has no key."""
    return not text.lower().startswith(("v=spf1", "v=dmarc1")) and _KEY.search(text) is not None


def _resolver() -> Any:
    import dns.resolver

    named = os.environ.get(RESOLVER, "")
    resolver = dns.resolver.Resolver(configure=not named)
    if named:
        host, _, port = named.partition(":")
        resolver.nameservers, resolver.port = [host], int(port or 53)
    resolver.timeout = TIMEOUT
    return resolver


@dataclass(frozen=True, slots=True)
class _Asking:
    """Questions to a name server that together end at a moment of time.monotonic()."""

    resolver: Any
    end: float

    def texts(self, name: str) -> list[str]:
        """The TXT records under a name that begins with an underscore or is a domain; only the domain itself must exist."""
        import dns.resolver

        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            found = self.resolver.resolve(name, "TXT", lifetime=min(TIMEOUT, left))
        except dns.resolver.NoAnswer:
            return []
        except dns.resolver.NXDOMAIN:
            if "_" in name:
                return []
            raise
        return ["".join(part.decode("utf-8", "replace") for part in record.strings) for record in found]


def _parent(domain: str) -> str:
    """The domain above "mail.northside.example"; one that has none above it stays as it is."""
    parent = domain.partition(".")[2]
    return parent if "." in parent else domain
