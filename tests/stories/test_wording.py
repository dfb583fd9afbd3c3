"""Words: what is blank never goes out, what is hostile stays text, and a template cannot run away."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, follow_up, message, of
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
HEADINGS = (*ESTIMATES, "Technician")


def row(name: str = "Ann Li", title: str = "Furnace", total: str = "$480", notes: str = "", email: str = "") -> tuple[str, ...]:
    return ("E-1", name, email, "" if email else "312-555-0142", title, "Sent", "11/21/2026", total, notes)


def office_with(folder: Path, text: str, one: tuple[str, ...], more: str = "") -> Office:
    return (
        Office(folder).sheet("estimates", ESTIMATES, [one]).recipe("mine", follow_up(steps=message("nudge", 'after = "1 day"', text, more)))
    )


def decision(folder: Path, text: str, one: tuple[str, ...] | None = None) -> Any:
    return of(office_with(folder, text, one or row()).rehearse("mine", MONDAY), "E-1")


@pytest.mark.parametrize(
    ("text", "one", "names"),
    [
        ("About {{ title }}.", row(title=""), "title"),
        ("About {{ title }}.", row(title="   "), "title"),
        ("It is {{ total|money }}.", row(total=""), "total"),
        ("Hi {{ customer.first_name }}.", row(name="Smith Plumbing LLC"), "first_name"),
        ("Mail {{ customer.email }}.", row(), "email"),
        ("Notes {{ notes }}.", row(), "notes"),
        ("Hi {{ customer.name }} {{ technician.name }}.", row(), "technician"),
    ],
)
def test_a_blank_placeholder_is_a_persons(tmp_path: Path, text: str, one: tuple[str, ...], names: str) -> None:
    found = decision(tmp_path, text, one)
    assert (found["decision"], found["body"]) == ("review", None)
    assert names in found["reason"]


def test_a_fallback_or_a_test_makes_a_blank_harmless(tmp_path: Path) -> None:
    text = "About {{ title or 'your project' }}{% if notes %}: {{ notes }}{% endif %}."
    found = decision(tmp_path, text, row(title=""))
    assert (found["decision"], found["body"]) == ("act", "About your project.")


@pytest.mark.parametrize(
    "cell",
    [
        "{{ office.phone }}",
        "{% for i in range(9) %}x{% endfor %}",
        "{{ 7*7 }}",
        "${jndi:ldap://x}",
        "%s%n",
        "<script>alert(1)</script>",
        "=1+1",
    ],
)
def test_a_cell_is_text_and_never_a_template(tmp_path: Path, cell: str) -> None:
    found = decision(tmp_path, "About {{ title }}.", row(title=cell))
    assert found["decision"] in {"act", "review"}
    assert found["body"] in {f"About {cell}.", None}


@pytest.mark.parametrize(
    "text",
    [
        "{{ customer.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% include '/etc/passwd' %}",
        "{% for a in range(99999999) %}{% for b in range(99999999) %}x{% endfor %}{% endfor %}",
        "{{ 'x' * 999999999 }}",
        "{{ 9**9**9 }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ 'x'.join(range(10)|list) * 100000000 }}",
    ],
)
def test_a_hostile_template_neither_runs_nor_hangs(tmp_path: Path, text: str) -> None:
    office = office_with(tmp_path, f"Hi. {text}", row())
    ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert ran.code in {0, 3}, ran.err
    assert "Traceback" not in ran.err
    if ran.code == 0:
        assert of(ran.json, "E-1")["decision"] == "review"
    assert office.outbox() == []
    assert office.do("check", now=MONDAY).code == 3 or ran.code == 0


@pytest.mark.parametrize("text", ["Hi {{ customer.frist_name }}", "Hi {{ custmer.name }}", "About {{ titel }}", "{{ office.nmae }}"])
def test_an_unknown_value_is_told_by_check_with_the_nearest_right_one(tmp_path: Path, text: str) -> None:
    ran = office_with(tmp_path, text, row()).do("check", now=MONDAY)
    assert ran.code == 3
    line = next(line for line in ran.out.splitlines() if ("mine" in line and "not known" in line) or ("no " in line and "mine" in line))
    assert "nudge" in line
    assert any(right in ran.out for right in ("customer.first_name", "customer.name", "title", "office.name"))


@pytest.mark.parametrize("text", ["Hi {{ customer.name", "Hi {{ customer.name }", "Hi {% if title %}x", "Hi {{ }}", "Hi { customer.name }"])
def test_a_template_that_cannot_be_read_is_told_by_check_and_lets_nothing_leave(tmp_path: Path, text: str) -> None:
    office = office_with(tmp_path, text, row())
    told = office.do("check", now=MONDAY)
    assert told.code == 3
    assert "mine" in told.out and "nudge" in told.out
    ran = office.do("run", "mine", "--send", now=MONDAY)
    assert ran.code == 3
    assert "mine" in ran.err and "Traceback" not in ran.err
    assert office.outbox() == []


def test_an_e_mail_that_follows_up_is_commercial(tmp_path: Path) -> None:
    office = office_with(tmp_path, "Hello {{ customer.name }}.", row(email="ann@li.example"))
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["subject"] == "Estimate follow-up"  # the recipe's title stands in
    [file] = office.outbox()
    text = file.read_text()
    assert "List-Unsubscribe" in text and "412 Kedzie Ave" in text
    assert "ann@li.example" in text or "ann@li.example" in file.name


def test_a_cell_with_line_ends_cannot_add_headers(tmp_path: Path) -> None:
    steps = message("nudge", 'after = "1 day"', "Hello.", 'subject = "About {{ title }}"')
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [row(title="x\r\nBcc: evil@x.example", email="ann@li.example")])
    one = of(office.recipe("mine", follow_up(steps=steps)).run("mine", MONDAY, "--send"), "E-1")
    assert one["outcome"] in {"sent", None}
    assert all("\nBcc:" not in file.read_text() for file in office.outbox())


def test_no_none_nan_or_brackets_in_what_leaves(tmp_path: Path) -> None:
    office = office_with(tmp_path, "Hi {{ customer.first_name }}, {{ title }} at {{ total|money }}, sent {{ sent_on|day }}.", row())
    body = of(office.rehearse("mine", MONDAY), "E-1")["body"]
    assert body == "Hi Ann, Furnace at $480.00, sent Sat, Nov 21."
