"""What `check` tells of the address that e-mails come from: asked of a SendGrid and a name server on this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from contractor_ops.clients import mail_dns
from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from tests.offices import CONFIG, Office
from tests.providers.name_server import NameServer
from tests.providers.sendgrid_server import SendGridServer
from tests.stories.mail_server import Letters, mail_server
from tests.stories.mail_server import config as mailing

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
DOMAIN = "northside.example"
SPF, DMARC = "v=spf1 include:sendgrid.net ~all", "v=DMARC1; p=none"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[NameServer]:
    with NameServer() as one:
        one.records = {
            DOMAIN: ["google-site-verification=x", SPF],
            f"_dmarc.{DOMAIN}": [DMARC],
            f"selector1._domainkey.{DOMAIN}": ["v=DKIM1; p=MII"],
        }
        monkeypatch.setenv(mail_dns.RESOLVER, one.address)
        yield one


@pytest.fixture
def sendgrid(monkeypatch: pytest.MonkeyPatch) -> Iterator[SendGridServer]:
    with SendGridServer() as one:
        monkeypatch.setenv("SENDGRID_API_KEY", one.key)
        yield one


def through_sendgrid(folder: Path, server: SendGridServer, more: str = "") -> list[str]:
    config = f'{CONFIG}\n[email]\nprovider = "sendgrid"\nfrom = "Northside <office@{DOMAIN}>"\napi_base = "{server.base}"\ntimeout = "1 s"\n{more}'
    return said(Office(folder, config))


def through_a_server(folder: Path) -> list[str]:
    with mail_server(Letters()) as port:
        return said(Office(folder, mailing(port)))


def said(office: Office) -> list[str]:
    found = check_office(open_office(office.folder), NOW)
    return [
        f"{one.level}: {one.message}" for one in found if one.about in {"email", "machine"} and not one.message.startswith("leaves through")
    ]


def test_a_domain_that_sendgrid_signs_for_is_well(tmp_path: Path, sendgrid: SendGridServer) -> None:
    sendgrid.authenticate("another.example")
    sendgrid.authenticate(DOMAIN)
    assert through_sendgrid(tmp_path, sendgrid) == [f"ok: SendGrid signs for {DOMAIN}"]


@pytest.mark.parametrize(
    ("set_up", "words"),
    [(lambda one: one.authenticate(DOMAIN, valid=False), "warning: northside.example is set up at SendGrid, but its records were not found"),
     (lambda one: one.verify(f"Office@{DOMAIN}"), "warning: SendGrid knows office@northside.example, but does not sign for northside.example"),
     (lambda one: one.verify(f"office@{DOMAIN}", verified=False), "error: office@northside.example waits for the link in SendGrid's e-mail"),
     (lambda one: one.verify(f"dana@{DOMAIN}"), "error: office@northside.example is unknown to SendGrid"),
     (lambda one: setattr(one, "may_see_senders", False), "ok: this key may not tell whether SendGrid knows office@northside.example")],
)  # fmt: skip
def test_what_sendgrid_makes_of_the_sender(tmp_path: Path, sendgrid: SendGridServer, set_up: object, words: str) -> None:
    set_up(sendgrid)  # type: ignore[operator]
    [one] = through_sendgrid(tmp_path, sendgrid)
    assert one.startswith(words)


def test_a_key_that_may_not_send_is_an_error(tmp_path: Path, sendgrid: SendGridServer) -> None:
    sendgrid.scopes = ["suppression.read"]
    [one] = through_sendgrid(tmp_path, sendgrid)
    assert one.startswith("error: sendgrid cannot be used: The SendGrid key (SENDGRID_API_KEY) may not send mail")


def test_a_sandbox_delivers_nothing_and_says_so(tmp_path: Path, sendgrid: SendGridServer) -> None:
    sendgrid.authenticate(DOMAIN)
    assert any("sandbox = true" in one for one in through_sendgrid(tmp_path, sendgrid, "sandbox = true\n"))
    assert sendgrid.taken == sendgrid.checked == []


def test_sendgrids_clock_is_looked_at(tmp_path: Path, sendgrid: SendGridServer) -> None:
    sendgrid.authenticate(DOMAIN)
    sendgrid.date = format_datetime(datetime.now(UTC) - timedelta(minutes=7), usegmt=True)
    assert any(one.startswith("warning: its clock is 7 minutes ahead of SendGrid's") for one in through_sendgrid(tmp_path, sendgrid))


def test_what_the_domain_says_is_told(tmp_path: Path, names: NameServer) -> None:
    assert through_a_server(tmp_path) == ["ok: northside.example has SPF, DKIM, DMARC"]


def test_what_a_domain_lacks_is_only_a_hint(tmp_path: Path, names: NameServer) -> None:
    names.records, names.empty = {}, {DOMAIN}
    first, second = through_a_server(tmp_path)
    assert first.startswith("warning: northside.example has no SPF record")
    assert second.startswith("warning: northside.example has no DMARC record")


def test_two_spf_records_count_as_none(tmp_path: Path, names: NameServer) -> None:
    names.records[DOMAIN] = [SPF, "v=spf1 -all"]
    assert through_a_server(tmp_path)[0].startswith("warning: northside.example has 2 SPF records")


def test_a_domain_that_is_not_there_is_told(tmp_path: Path, names: NameServer) -> None:
    names.records = {}
    assert through_a_server(tmp_path) == ["warning: there is no domain northside.example: answers to our e-mails would go nowhere"]


def test_a_name_server_that_is_silent_costs_one_wait(tmp_path: Path, names: NameServer) -> None:
    names.silent = True
    assert through_a_server(tmp_path) == [
        "warning: what northside.example says about its e-mails could not be looked up: no name server answered"
    ]
    assert set(names.asked) == {DOMAIN}


def test_where_mail_stays_on_this_machine_nobody_is_asked_unless_a_name_server_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(mail_dns.RESOLVER, raising=False)
    assert through_a_server(tmp_path) == []


def test_records_are_read_whole_and_dmarc_may_stand_with_the_domain_above(names: NameServer) -> None:
    names.records = {f"mail.{DOMAIN}": ["v=spf1 " + "ip4:192.0.2.1 " * 30 + "-all"], f"_dmarc.{DOMAIN}": [DMARC]}
    seen = mail_dns.look_up(f"mail.{DOMAIN}")
    assert seen.spf[0].endswith("-all") and len(seen.spf[0]) > 400 and seen.dmarc == DMARC and not seen.dkim


def test_an_spf_record_that_does_not_name_the_mail_server_is_told() -> None:
    from contractor_ops.work.check_mailing import domain_findings

    seen = mail_dns.MailDns(spf=("v=spf1 include:_spf.google.com ~all",), dmarc=DMARC, dkim=True)
    assert [one.level for one in domain_findings(DOMAIN, seen, "smtp.gmail.com", proven=False)] == ["ok"]
    [first, _] = domain_findings(DOMAIN, seen, "smtp.office365.com", proven=False)
    assert "does not name smtp.office365.com (spf.protection.outlook.com)" in first.message
