"""A domain's records where the name server answers some questions only, or all with the same text."""

from collections.abc import Iterator

import pytest

from contractor_ops.clients import mail_dns
from contractor_ops.work.check_mailing import domain_findings
from tests.providers.name_server import NameServer

DOMAIN = "northside.example"
SPF, DMARC = "v=spf1 -all", "v=DMARC1; p=none"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[NameServer]:
    with NameServer() as one:
        one.records = {DOMAIN: [SPF], f"_dmarc.{DOMAIN}": [DMARC], f"selector1._domainkey.{DOMAIN}": ["v=DKIM1; p=MII"]}
        monkeypatch.setenv(mail_dns.RESOLVER, one.address)
        yield one


def test_what_was_found_counts_where_keys_are_not_answered(names: NameServer) -> None:
    """Every question for a key is dropped: one is waited for, and no other asked."""
    names.dropped = "_domainkey"
    seen = mail_dns.look_up(DOMAIN)
    assert (seen.spf, seen.dmarc, seen.dkim, seen.trouble) == ((SPF,), DMARC, False, "")
    assert len({name for name in names.asked if "_domainkey" in name}) == 1


def test_a_dmarc_record_that_nobody_tells_of_is_not_missing(names: NameServer) -> None:
    names.dropped = "_dmarc"
    seen = mail_dns.look_up(DOMAIN)
    assert (seen.spf, seen.dmarc, seen.dkim) == ((SPF,), None, True)
    assert not [one for one in domain_findings(DOMAIN, seen, "", proven=False) if "DMARC record" in one.message]


@pytest.mark.parametrize("text", ["google-site-verification=abc", SPF, DMARC])
def test_the_same_text_under_every_name_is_no_key(names: NameServer, text: str) -> None:
    names.records = {f"{selector}._domainkey.{DOMAIN}": [text] for selector in mail_dns._SELECTORS} | {DOMAIN: [SPF]}
    assert not mail_dns.look_up(DOMAIN).dkim


def test_a_key_is_known_by_its_p(names: NameServer) -> None:
    assert mail_dns.look_up(DOMAIN).dkim
    names.records[f"selector1._domainkey.{DOMAIN}"] = ["k=rsa;p=MII"]
    assert mail_dns.look_up(DOMAIN).dkim
