"""config.example.toml holds every key that config.toml may have; as it stands, and with its optional keys put in."""

import re
import tomllib
from typing import Any

import pytest

from contractor_ops.config import Config, Digest, Heartbeat, LedgerPart, Limits, OfficePart, Part, Person, TablePart, read_config
from contractor_ops.office_channels import OutboxPart, SmtpPart, check_channel
from contractor_ops.planning.brakes import NAMES
from contractor_ops.tables.catalogue import TABLES
from tests.docs.documents import DOCUMENTS, ROOT, blocks, table_keys

EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")
SPREADSHEETS = ROOT / "docs" / "spreadsheets.md"
OPTIONAL = re.compile(r"^#(?=[a-z\[])")
WHOLE = "".join(OPTIONAL.sub("", line) for line in EXAMPLE.splitlines(keepends=True))
HANDED_IN = {"messages", "replies", "reviews"}


def read(text: str) -> Config:
    config = read_config(text.encode())
    for kind in ("sms", "email"):
        check_channel(kind, config)
    return config


def variants() -> list[str]:
    """The example with one optional key put in. Keys of a part that is itself optional, and e-mail's, belong together."""
    lines, found, part = EXAMPLE.splitlines(keepends=True), [], ""
    for at, line in enumerate(lines):
        if line.startswith(("[", "#[")):
            part = line.strip()
        if OPTIONAL.match(line) and not part.startswith("#") and part != "[email]":
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
    assert config.email["provider"] == "smtp"
    assert config.tables["jobs"].files


def test_it_is_still_one_with_any_optional_key() -> None:
    assert len(variants()) > 20
    for text in variants():
        read(text)


def test_every_key_is_there() -> None:
    whole = tomllib.loads(WHOLE)
    assert named(whole) == keys(Config)
    assert named(whole["office"]) == keys(OfficePart)
    assert named(*whole["people"].values()) == keys(Person)
    assert named(*whole["tables"].values()) == keys(TablePart)
    assert named(whole["sms"]) == keys(OutboxPart)
    assert named(whole["email"]) == keys(SmtpPart)
    assert named(whole["limits"]) == keys(Limits)
    assert named(whole["digest"]) == keys(Digest)
    assert named(whole["heartbeat"]) == keys(Heartbeat)
    assert named(whole["ledger"]) == keys(LedgerPart)


def test_the_defaults_that_remarks_tell_are_the_defaults() -> None:
    told = re.findall(r'^#(\w+)\s+= (.+?) +# default (?=["\d;])', EXAMPLE, re.MULTILINE)
    limits, smtp = Limits(), SmtpPart.model_validate({"provider": "smtp", "from": "a@b.example", "host": "c.example"})
    real = {"port": smtp.port, "security": smtp.security, "timeout": str(smtp.timeout), "per_address_per_day": limits.per_address_per_day,
            "per_run": limits.per_run, "country": OfficePart(name="a", timezone="UTC").country}  # fmt: skip
    shown = {key: tomllib.loads(f"v = {value}")["v"] for key, value in told if key in real}
    assert {**shown, "timeout": shown["timeout"].replace(" s", " seconds")} == real
    assert f'"{limits.send_between}"' in EXAMPLE


def test_the_secret_is_named_and_never_set() -> None:
    assert "SMTP_PASSWORD" in EXAMPLE
    assert not re.search(r"password *=", EXAMPLE, re.IGNORECASE)


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
