"""config.example.toml holds every key that config.toml may have; as it stands, and with its optional keys put in."""

import re
import tomllib
from typing import Any

import pytest

from contractor_ops.channels.settings import OutboxPart, SendGridPart, SmtpPart, TwilioPart
from contractor_ops.config import (
    BillingPart,
    CallsPart,
    Config,
    Digest,
    GooglePart,
    Heartbeat,
    JobKindPart,
    JobType,
    LedgerPart,
    Limits,
    NotesPart,
    OfficePart,
    Part,
    Person,
    TablePart,
    Tolerance,
    read_config,
)
from contractor_ops.inbox.settings import ImapPart, InboxPart
from contractor_ops.office_channels import check_channel
from contractor_ops.office_inboxes import check_inbox
from contractor_ops.planning.brakes import NAMES
from contractor_ops.planning.facts import PRICES_PER_SEGMENT
from contractor_ops.spans import Span
from contractor_ops.tables.catalogue import TABLES
from tests.docs.documents import DOCUMENTS, ROOT, blocks, table_keys

EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")
SPREADSHEETS = ROOT / "docs" / "spreadsheets.md"
OPTIONAL = re.compile(r"^#(?=[a-z\[])")
OTHER_CHOICE = re.compile(r"^#\|")
WHOLE = "".join(OPTIONAL.sub("", line) for line in EXAMPLE.splitlines(keepends=True))
BELONG_TOGETHER = ("[sms]", "[email]")
HANDED_IN = {"messages", "replies", "reviews", "ratings"}


def read(text: str) -> Config:
    config = read_config(text.encode())
    for kind in ("sms", "email"):
        check_channel(kind, config)
    check_inbox(config)
    return config


def parts() -> dict[str, str]:
    """The lines of each part of the example, its head left out, optional ones put in."""
    texts = re.split(r"^\[([\w.]+)\]$", WHOLE, flags=re.MULTILINE)[1:]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def other_choice(part: str) -> dict[str, Any]:
    """The keys of a part that stand for another choice."""
    return tomllib.loads(
        "".join(OTHER_CHOICE.sub("", line) for line in parts()[part].splitlines(keepends=True) if OTHER_CHOICE.match(line))
    )


def variants() -> list[str]:
    """The example with one optional key put in. Keys of a part that is itself optional, and a provider's, belong together."""
    lines, found, part = EXAMPLE.splitlines(keepends=True), [], ""
    for at, line in enumerate(lines):
        if line.startswith(("[", "#[")):
            part = line.strip()
        if OPTIONAL.match(line) and not part.startswith("#") and part not in BELONG_TOGETHER:
            found.append("".join([*lines[:at], OPTIONAL.sub("", line), *lines[at + 1 :]]))
    return found


def keys(*models: type[Part]) -> set[str]:
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def named(*parts: dict[str, Any]) -> set[str]:
    return {key for part in parts for key in part}


def test_the_example_is_a_config() -> None:
    assert read(EXAMPLE).office.name == "Northside Heating & Air"


def test_it_is_still_one_with_every_optional_key() -> None:
    config = read(WHOLE)
    assert (config.sms["provider"], config.email["provider"]) == ("twilio", "smtp")
    assert config.tables["jobs"].files
    assert check_inbox(config).imap is not None


def test_it_is_still_one_with_the_other_choices() -> None:
    whole = tomllib.loads(WHOLE)
    service = {**{key: value for key, value in whole["sms"].items() if key != "from"}, **other_choice("sms")}
    sendgrid = {"from": whole["email"]["from"], **other_choice("email")}
    assert TwilioPart.model_validate(service).messaging_service
    assert SendGridPart.model_validate(sendgrid).sandbox


def test_it_is_still_one_with_any_optional_key() -> None:
    assert len(variants()) > 18
    for text in variants():
        read(text)


def test_every_key_is_there() -> None:
    whole = tomllib.loads(WHOLE)
    assert named(whole) == keys(Config)
    assert named(whole["office"]) == keys(OfficePart)
    assert named(*whole["people"].values()) == keys(Person)
    assert named(*whole["tables"].values()) == keys(TablePart)
    assert named(whole["sms"], other_choice("sms")) == keys(OutboxPart, TwilioPart)
    assert named(whole["email"], other_choice("email")) == keys(OutboxPart, SmtpPart, SendGridPart)
    assert named(whole["inbox"]) == keys(InboxPart)
    assert named(whole["inbox"]["imap"]) == keys(ImapPart)
    assert named(whole["calls"]) == keys(CallsPart)
    assert named(whole["notes"]) == keys(NotesPart)
    assert named(*whole["notes"]["job_types"].values()) == keys(JobType)
    assert named(*whole["job_types"].values()) == keys(JobKindPart)
    assert named(whole["billing"]) == keys(BillingPart)
    assert named(whole["billing"]["tolerance"]) == keys(Tolerance)
    assert named(whole["google"]) == keys(GooglePart)
    assert named(whole["limits"]) == keys(Limits)
    assert named(whole["digest"]) == keys(Digest)
    assert named(whole["heartbeat"]) == keys(Heartbeat)
    assert named(whole["ledger"]) == keys(LedgerPart)


def test_the_defaults_that_remarks_tell_are_the_defaults() -> None:
    limits = Limits()
    real = {
        "office": {"country": OfficePart(name="a", timezone="UTC").country},
        "limits": {"per_address_per_day": limits.per_address_per_day, "per_run": limits.per_run},
        "sms": defaults(TwilioPart, provider="twilio", **{"from": "+13125550100"})
        | {"per_second": 1, "price_per_segment": float(PRICES_PER_SEGMENT["twilio"])},
        "google": defaults(GooglePart),
        "email": defaults(SmtpPart, provider="smtp", **{"from": "a@b.example"}, host="c.example"),
        "inbox.imap": defaults(ImapPart, host="a.example", user="b") | {"port": ImapPart(host="a.example", user="b").settings().port},
    }
    for part, values in real.items():
        told = re.findall(r"^(\w+)\s+= (.+?) +# default (?=[\"\d;])", parts()[part], re.MULTILINE)
        shown = {key: tomllib.loads(f"v = {value}")["v"] for key, value in told if key != "provider"}
        assert shown and shown == {key: values[key] for key in shown}, part
    assert f'"{limits.send_between}"' in EXAMPLE


def defaults(model: type[Part], **needed: Any) -> dict[str, Any]:
    """What a part holds where nothing but the necessary is said; a span of time as the example writes it."""
    part = model.model_validate(needed)
    return {name: str(value).replace(" seconds", " s") if isinstance(value, Span) else value for name, value in part}


def test_the_secrets_are_named_and_never_set() -> None:
    secrets = (
        "SMTP_PASSWORD",
        "SENDGRID_API_KEY",
        "IMAP_PASSWORD",
        "GOOGLE_SERVICE_ACCOUNT",
        "GOOGLE_SERVICE_ACCOUNT_FILE",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
    )
    assert [name for name in secrets if name not in EXAMPLE] == []
    assert not re.search(r"(password|token|key|sid) *=", EXAMPLE, re.IGNORECASE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_parts_of_a_config_in_the_documents_are_right(document: Any) -> None:
    for block in blocks(document):
        if block.language == "toml" and "[[steps]]" not in block.text:
            config = read(f'{block.text}\n[office]\nname = "Ours"\ntimezone = "America/Chicago"\n')
            assert config.office.name == "Ours"


def test_every_key_of_a_table_and_every_brake_and_table_is_told() -> None:
    assert table_keys(SPREADSHEETS, "Say it in config.toml") == keys(TablePart)
    assert table_keys(SPREADSHEETS, "Brakes") == set(NAMES)
    text = SPREADSHEETS.read_text(encoding="utf-8")
    assert [name for name in TABLES if name not in HANDED_IN and f"`{name}`" not in text] == []
