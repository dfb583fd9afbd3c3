import re
import sqlite3
import stat
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from contractor_ops.errors import LedgerTrouble
from contractor_ops.ledger import migrating
from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ledger.migrating import Migration, migrations, statements
from contractor_ops.ports import MANUAL, AnswerWeight, Result, State

HERE = resources.files("contractor_ops.ledger")


def what_is_in(raw: sqlite3.Connection) -> dict[str, str]:
    """Every table, index and trigger, written one way: without comments and with single spaces."""
    found = raw.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: re.sub(r"\s+", " ", re.sub(r"--[^\n]*", "", sql)) for name, sql in found}


@pytest.fixture
def ledger_schema() -> dict[str, str]:
    """What schema.sql says."""
    with closing(sqlite3.connect(":memory:")) as written:
        written.executescript((HERE / "schema.sql").read_text(encoding="utf-8"))
        return what_is_in(written)


def test_all_migrations_together_make_the_written_schema(ledger, path: Path, ledger_schema):
    with closing(sqlite3.connect(path)) as migrated:
        assert what_is_in(migrated) == ledger_schema


def rows_of(path: Path) -> dict[str, list[tuple]]:
    """Everything that stands in a ledger's file, by table."""
    with closing(sqlite3.connect(path)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_a_ledger_of_the_first_release_keeps_everything(old_ledger: Path, ledger_schema):
    before = rows_of(old_ledger)
    assert all(lines for table, lines in before.items() if table != "replies"), "every table that was ever filled must be tried"
    ledger = SqliteLedger(old_ledger)
    assert ledger.verify() == []
    ledger.close()
    after = rows_of(old_ledger)
    assert after.pop("migrations") == [
        (1, "0001_first"),
        (2, "0002_what_comes_back"),
        (3, "0003_answers_about_jobs"),
        (4, "0004_people_at_the_queue"),
        (5, "0005_trails"),
    ]
    assert before.pop("migrations") == [(1, "0001_first")]
    assert {table: after[table] for table in before} == before
    assert {table for table in after.keys() - before.keys() if after[table]} == set()
    with closing(sqlite3.connect(old_ledger)) as migrated:
        assert what_is_in(migrated) == ledger_schema
    copy = rows_of(old_ledger.with_name(f"{old_ledger.name}.before-0002"))
    assert copy == {**before, "migrations": [(1, "0001_first")]}


def test_what_the_first_release_sent_is_found_again(old_ledger: Path, at):
    ledger = SqliteLedger(old_ledger)
    assert ledger.first_message_at() == at
    assert [step.key.record for step in ledger.sent_under("SM1").steps] == ["E-1", "E-2"]
    assert [(message.address, message.steps[0].state) for message in ledger.sent_as(["<E-3.first-nudge@northside.example>"])] == [
        ("bob@ray.example", "failed")
    ]
    states = {(step.key.record, step.state) for message in ledger.messages() for step in message.steps}
    assert states == {
        ("E-1", "sent"), ("E-2", "sent"), ("E-3", "failed"), ("E-4", "released"), ("E-4", "claimed"), ("E-5", "in_doubt"), ("E-7", "trying"),
    }  # fmt: skip
    assert ledger.opt_in("+13125550144", at, "sms", by_person=False) is False
    assert ledger.opt_in("+13125550144", at, MANUAL) is True
    ledger.close()


def test_migrations_are_numbered_without_a_gap():
    assert [migration.number for migration in migrations()] == list(range(1, len(migrations()) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", migration.name) for migration in migrations())


def test_the_schema_says_the_states_in_the_words_of_the_ports():
    schema = (HERE / "schema.sql").read_text(encoding="utf-8")
    for name in ("steps", "history"):
        table = schema[schema.index(f"CREATE TABLE {name} (") :]
        check = re.sub(r"--[^\n]*", "", table[table.index("CHECK (state IN (") :])
        assert tuple(re.findall(r"'(\w+)'", check[: check.index("))")])) == State.__args__


def test_the_schema_says_the_weights_and_results_in_the_words_of_the_ports(ledger_schema):
    said = {"replies": AnswerWeight.__args__, "results": Result.__annotations__["state"].__args__}
    for name, words in said.items():
        assert f"IN ({', '.join(map(repr, words))})" in ledger_schema[f"table {name}"]


def test_a_statement_is_split_off_where_it_ends_and_not_inside_a_trigger():
    script = (
        "CREATE TABLE a (b TEXT); -- one; more\nCREATE TRIGGER t BEFORE DELETE ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;\nCREATE TABLE c (d)"
    )
    assert [re.findall("CREATE (TABLE|TRIGGER)", statement) for statement in statements(script)] == [["TABLE"], ["TRIGGER"], ["TABLE"]]


@pytest.fixture
def next_version(monkeypatch):
    """A later version of this program, which has one migration more."""

    def install(script: str) -> Migration:
        added = Migration(len(migrations()) + 1, "9999_later", script)
        known = [*migrations(), added]
        monkeypatch.setattr(migrating, "migrations", lambda: known)
        return added

    return install


def test_a_ledger_is_copied_before_it_is_migrated(path: Path, at, next_version):
    ledger = SqliteLedger(path)
    ledger.opt_out("+13125550142", at, "sms")
    ledger.close()
    added = next_version("CREATE TABLE added (id INTEGER PRIMARY KEY);")
    ledger = SqliteLedger(path)
    assert ledger.opt_outs() == [("+13125550142", at, "sms")]
    ledger.close()
    copy = path.with_name(f"{path.name}.before-{added.number:04}")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as raw:
        assert raw.execute("SELECT max(number) FROM migrations").fetchall() == [(added.number - 1,)]
        assert raw.execute("SELECT address FROM suppressions").fetchall() == [("+13125550142",)]


def test_a_new_ledger_is_not_copied(ledger, path: Path):
    assert [file.name for file in path.parent.iterdir() if "before" in file.name] == []


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(path: Path, at, next_version):
    ledger = SqliteLedger(path)
    ledger.opt_out("+13125550142", at, "sms")
    ledger.close()
    next_version("CREATE TABLE added (id INTEGER PRIMARY KEY); INSERT INTO no_such_table VALUES (1);")
    for _ in range(2):  # the copy that the first try left is no obstacle
        with pytest.raises(LedgerTrouble, match="no such table: no_such_table"):
            SqliteLedger(path)
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'added'").fetchall() == [(0,)]
        assert raw.execute("SELECT count(*) FROM suppressions").fetchall() == [(1,)]


def test_a_ledger_from_a_newer_version_is_left_as_it_is(path: Path, at):
    ledger = SqliteLedger(path)
    ledger._connection.run("INSERT INTO migrations (number, name) VALUES (7, '0007_from_the_future')")
    ledger.close()
    before = path.read_bytes()
    with pytest.raises(LedgerTrouble, match="newer version") as caught:
        SqliteLedger(path)
    assert str(path) in caught.value.message
    assert "newer version on this machine" in caught.value.remedy
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_somebody_elses_database_is_left_as_it_is(path: Path):
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes_of_my_grandmother (cake TEXT)")
    before = path.read_bytes()
    with pytest.raises(LedgerTrouble, match="is a database, but no ledger"):
        SqliteLedger(path)
    assert path.read_bytes() == before
