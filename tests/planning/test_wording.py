from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.planning.wording import Rendered, Wording
from contractor_ops.tables.record import Place, Record

MONDAY = date(2026, 11, 23)
ANN: dict[str, Any] = {
    "customer": {"name": "Ann Li", "first_name": "Ann", "phone": "+13125550142", "email": None},
    "office": {"name": "Northside"},
    "title": "Roof repair", "number": "E-1042", "total": Decimal("1250"), "notes": None, "today": MONDAY,
}  # fmt: skip


def fill(template: str, **more: Any) -> Rendered:
    return Wording(template, "follow-up, step nudge, text").render({**ANN, **more})


def refusal(template: str) -> str:
    with pytest.raises(ValueError) as caught:
        Wording(template, "follow-up, step nudge, text")
    return str(caught.value)


# ── filling in ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_template_is_filled_in() -> None:
    filled = fill("Hi {{ customer.first_name }}, it's {{ office.name }} about {{ title }} ({{ total|money }}).")
    assert filled == Rendered("Hi Ann, it's Northside about Roof repair ($1,250.00).")


@pytest.mark.parametrize(
    "nothing", [None, "", "   ", "\n", "\u00a0", "\u200b", "None", "nan", "NaN", "NaT", "#N/A", "#REF!", float("nan"), Decimal("NaN")]
)
def test_a_value_that_is_not_there_never_goes_out(nothing: object) -> None:
    assert fill("Hi {{ title }}!", title=nothing) == Rendered(None, ("title",))


def test_a_pandas_nothing_is_nothing() -> None:
    pandas = pytest.importorskip("pandas")
    assert fill("{{ due_on|day }}", due_on=pandas.NaT) == Rendered(None, ("due_on",))


@pytest.mark.parametrize("name", ["Nan", "none", "Null", "Nona", "N/A Plumbing"])
def test_people_whose_names_look_like_nothing_are_people(name: str) -> None:
    assert fill("Hi {{ title }}", title=name).text == f"Hi {name}"


def test_every_missing_name_is_listed_once_as_the_template_writes_it() -> None:
    filled = fill('{{ customer.email }} {{ job }} {{ notes }} {{ notes|title }} {{ customer["fax"] }} {{ nobody.name }} {{ title }}')
    assert filled == Rendered(None, ("customer.email", "job", "notes", "customer.fax", "nobody.name"))


def test_a_column_that_a_record_lacks_is_missing() -> None:
    record = Record("estimates", {"number": "E-1"}, Place("e.xlsx", None, 2))
    template = "{% for row in rows %}{{ row.number }}: {{ row.values }} {{ row.total }}{% endfor %}"
    assert fill(template, rows=[record]) == Rendered(None, ("row.values", "row.total"))


def test_a_template_may_say_what_stands_in() -> None:
    assert fill("Hi {{ customer.email or 'there' }}, {{ notes|default('no notes') }}").text == "Hi there, no notes"
    assert fill("{{ notes or job }}") == Rendered(None, ("job",))
    assert fill("{{ notes or title }}").text == "Roof repair"


@pytest.mark.parametrize("template", ["Hi {{ notes|default('') }},", "Hi {{ notes or '' }},", "Hi {{ notes or ' ' }},"])
def test_a_blank_does_not_stand_in_for_anything(template: str) -> None:
    assert fill(template) == Rendered(None, ("notes",))


def test_a_template_may_test_what_is_there() -> None:
    assert fill("Call{% if notes %} ({{ notes }}){% endif %}.").text == "Call."
    assert fill("Call{% if customer.phone %} {{ customer.phone|phone }}{% endif %}.").text == "Call (312) 555-0142."
    assert fill("{% if notes is defined %}a{% elif title is not none %}b{% endif %}").text == "b"
    assert fill("{{ 'yes' if notes else 'no' }}{{ '' if notes else '' }}{{ 'x' if notes }}").text == "no"


def test_what_is_missing_cannot_be_compared_or_calculated_with() -> None:
    assert fill("{% if balance > 100 %}a{% endif %}b") == Rendered(None, ("balance",))
    assert fill("{% if status == 'sent' %}a{% endif %}b") == Rendered(None, ("status",))
    assert fill("{{ (total - paid)|money }}") == Rendered(None, ("paid",))
    assert fill("{{ -paid }}") == Rendered(None, ("paid",))


def test_amounts_can_be_calculated() -> None:
    assert fill("{{ (total * 0.3)|money }} {{ (total - 1250)|money }} {{ (total / 3)|money }}").text == "$375.00 $0.00 $416.67"
    assert fill("{{ (today - due_on).days }} days", due_on=date(2026, 11, 9)).text == "14 days"


def test_lists_can_be_looped_over_and_added_up() -> None:
    rows = [{"number": "1041", "balance": Decimal(100)}, {"number": "1042", "balance": Decimal("25.5")}]
    template = "{% for row in rows %}\n- {{ row.number }}: {{ row.balance|money }}\n{% endfor %}\n{{ rows|sum('balance')|money }}"
    assert fill(template, rows=rows).text == "- 1041: $100.00\n- 1042: $25.50\n$125.50"
    assert (
        fill("{{ rows|count }} {% for row in rows %}{{ loop.index }}{% if not loop.last %}-{% endif %}{% endfor %}", rows=rows).text
        == "2 1-2"
    )
    assert fill("{{ rows|join(', ', 'number') }}", rows=rows).text == "1041, 1042"
    assert fill("{% for row in rows if row.balance > 50 %}{{ row.number }}{% else %}none{% endfor %}", rows=rows).text == "1041"


def test_what_is_missing_in_a_list_is_missing() -> None:
    rows = [{"number": "1041"}, {"number": None}]
    assert fill("{% for row in rows %}{{ row.number }}{% endfor %}", rows=rows) == Rendered(None, ("row.number",))
    assert fill("{{ rows|join(', ', 'number') }}", rows=rows) == Rendered(None, ("number",))
    assert fill("{% for row in bills %}a{% endfor %}b") == Rendered(None, ("bills",))


def test_control_characters_stay_out_of_messages_and_line_ends_stay() -> None:
    filled = fill("{{ title }}", title="Roof\x1b[31m\x00 re\u202epair\r\nnorth\tside")
    assert filled.text == "Roof[31m repair\nnorth side"


def test_a_placeholder_in_a_cell_is_never_sent_on() -> None:
    filled = fill("Hi {{ title }}", title="{{ first_name }}")
    assert filled.problem == 'follow-up, step nudge, text: "{{ first_name }}" holds a placeholder that was never filled in'


def test_a_text_that_comes_out_empty_is_a_problem() -> None:
    assert fill("{% if notes %}x{% endif %} \n").problem == "follow-up, step nudge, text: the text comes out empty"


# ── the words for values ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("expression", "value", "expected"),
    [
        ("x|money", Decimal("1250"), "$1,250.00"), ("x|money", Decimal("-25"), "-$25.00"), ("x|money", 0.1, "$0.10"),
        ("x|money", Decimal("0.005"), "$0.01"), ("x|money", Decimal("-0.001"), "$0.00"), ("x|money", 1234567, "$1,234,567.00"),
        ("x|day", date(2026, 11, 3), "Tue, Nov 3"), ("x|date", datetime(2026, 11, 3, 14, 30), "Tue, Nov 3"),
        ("x|day", date(2027, 1, 4), "Mon, Jan 4, 2027"), ("x|time", datetime(2026, 11, 3, 14, 30), "2:30 PM"),
        ("x|time", time(0, 5), "12:05 AM"), ("x|time", time(12, 0), "12:00 PM"),
        ("x|phone", "+13125550142", "(312) 555-0142"), ("x|phone", "+13125550142;ext=12", "(312) 555-0142 ext. 12"),
        ("x|phone", "+442079460958", "+44 20 7946 0958"), ("x|phone", "call Dana", "call Dana"),
        ("x|title", "ann o'neil-LEE mcdonald", "Ann O'Neil-Lee Mcdonald"), ("x|title", "McDonald's ROOF", "McDonald's Roof"),
        ("x|upper", "roof", "ROOF"), ("x|lower", "Roof", "roof"),
        ("x|plural('invoice')", 1, "invoice"), ("x|plural('invoice')", 2, "invoices"), ("x|plural('box', 'boxes')", [1, 2], "boxes"),
        ("x|title", "i'll", "I'll"),
        ("x", 5, "5"), ("x", 5.0, "5"), ("x", 2.5, "2.5"), ("x", Decimal("1E+2"), "100"), ("x", Decimal("2.50"), "2.50"), ("x", 0, "0"),
        ("x", True, "yes"), ("x", date(2026, 11, 3), "Tue, Nov 3"), ("x", datetime(2026, 11, 3, 9, 0), "Tue, Nov 3 at 9:00 AM"),
        ("x", time(9, 0), "9:00 AM"), ("x[:4]", "Roof repair", "Roof"), ("x[0]", ["a", "b"], "a"),
    ],
)  # fmt: skip
def test_values_are_written_as_people_write_them(expression: str, value: object, expected: str) -> None:
    assert fill(f"{{{{ {expression} }}}}", x=value) == Rendered(expected)


def test_money_has_the_countrys_sign() -> None:
    assert Wording("{{ total|money }}", "x", currency="£").render(ANN).text == "£1,250.00"


@pytest.mark.parametrize(
    ("expression", "value", "part"),
    [
        ("x|money", "twelve", '"twelve" is no number'), ("x|money", True, "is no number"),
        ("x|money", Decimal("1E+999999999"), "too large"),
        ("x|money", float("inf"), "too large"), ("x|day", "3/1/26", '"3/1/26" is no day'),
        ("x|time", date(2026, 11, 3), "a day without a time"),
        ("x", Decimal("1E+999999999"), "too large"), ("x", Decimal("1E-999999999"), "too small"), ("x", 10**4000, "too large"),
        ("x", {"name": "Ann"}, "stands for several values"), ("x", [1], "stands for several values"),
        ("x", timedelta(1), "cannot be put into words"),
        ("x", len, "cannot be put into words"), ("x + 1", "a", '"a" is no number, and "+" works on numbers only'),
        ("x * 3", "ab", "works on numbers only"), ("1 / x", 0, "divided by zero"), ("x.upper", "ann", ""), ("x|sum", "123", "is no list"),
        ("'a' if x > 5 else 'b'", "6", "different kinds"), ("x|plural", 2, "filter is used in a wrong way"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_a_problem_and_never_a_traceback(expression: str, value: object, part: str) -> None:
    filled = fill(f"{{{{ {expression} }}}}", x=value)
    assert filled.text is None
    if part:
        assert filled.problem is not None
        assert filled.problem.startswith("follow-up, step nudge, text: ")
        assert part in filled.problem
    else:
        assert filled.missing == ("x.upper",)


def test_a_problem_names_its_line() -> None:
    assert (fill("Hi\n{{ title }}\n{{ title|money }}").problem or "").startswith("follow-up, step nudge, text, line 3 of its text: ")


# ── what a template may not say ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("", "the text is empty"), ("  \n", "the text is empty"),
        ("Hi {{ title", "is not closed"), ("Hi {{ first name }}", '"name" does not belong there'),
        ("{% if title %}x", "is not closed"), ("{% iff title %}x{% endif %}", "{% iff %} is no tag"), ("x{% endif %}", "was not opened"),
        ("Hi {{ title|mony }}", '"mony" is no filter; did you mean "money"?'), ("{{ title is sameas(1) }}", '"is sameas" is no test'),
        ("Hi title }}", '"}}" stands alone'), ("Hi { customer.name }", "needs two brackets on each side: {{ customer.name }}"),
        ("{{ title.upper() }}", "brackets after a name"), ("{% for i in range(10) %}x{% endfor %}", "brackets after a name"),
        ("{{ 2 ** 9 }}", '"**"'), ("{{ '%d' % 5 }}", '"%"'), ("{{ title ~ title }}", '"~"'), ("{{ 7 // 2 }}", '"//"'),
        ("{% set x = 1 %}", "{% set %}"), ("{% macro m() %}{% endmacro %}", "{% macro %}"), ("{% include 'x' %}", "{% include %}"),
        ("{% extends 'x' %}", "{% extends %}"), ("{% for x in [[1], [2]] %}{% endfor %}", "a list inside a list"),
        ("{% for x in a recursive %}{{ x }}{% endfor %}", "{% for row in rows %}"), ("{{ {'a': 1} }}", "a message cannot use"),
        ("{{ " + "9" * 5000 + " }}", "too long"), ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "too deeply nested"),
        ("x" * 20_001, "longer than 20,000 characters"), ("{{ " + "-" * 5000 + "1 }}", "too deeply nested"),
        ("{% if 1 %}" * 60 + "{% endif %}" * 60, ""), ("{% for x in y %}" * 60 + "{% endfor %}" * 60, "too deeply nested"),
    ],
)  # fmt: skip
def test_what_a_template_may_not_say_is_told_in_a_sentence(template: str, part: str) -> None:
    if not part:
        Wording(template, "x").render({})
        return
    sentence = refusal(template)
    assert sentence.startswith("follow-up, step nudge, text: ")
    assert part in sentence
    assert "Error" not in sentence


def test_a_mistake_names_its_line() -> None:
    assert refusal("Hi\n{{ title|mony }}").startswith("follow-up, step nudge, text, line 2 of its text: ")
    assert refusal("Hi\n\n{{ title").startswith("follow-up, step nudge, text, line 3 of its text: ")


@pytest.mark.parametrize(
    "template",
    [
        '{% for i in range(10**9) %}x{% endfor %}', '{{ "x" * 10**9 }}', '{{ "x" * 1000000000 }}', '{{ "x"|center(1000000000) }}',
        '{{ "%1000000000d" % 1 }}', '{{ "{:1000000000}".format(1) }}', "{{ 9**9**9 }}", "{{ 'x'|replace('x', 'xx') }}",
        "{{ [1]*1000000000 }}", "{{ ''.__class__.__mro__ }}", "{{ title.__class__ }}", "{{ self.__init__ }}", "{{ cycler }}",
        "{{ lipsum(n=100000) }}", "{% for a in rows %}{% for b in rows %}{% for c in rows %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in rows %}{% for b in rows %}{{ a }}{{ b }}{{ long }}{% endfor %}{% endfor %}", "{% for a in endless %}{% endfor %}",
        "{{ endless|join }}", "{{ rows|join(long) }}",
        "{% for a in rows %}{% if long in title %}{% endif %}{% endfor %}{{ no }}",
        "{{ 9999999 " + "* 9999999 " * 900 + "}}", "{% for a in long %}{{ a }}{% endfor %}", "{{ huge }}",
        "{% for a in rows %}{% for b in rows %}{% if 'A'|lower == 'a' %}{% endif %}{% endfor %}{% endfor %}",
    ],
)  # fmt: skip
def test_a_hostile_template_fails_fast(template: str) -> None:
    def endless() -> Any:
        while True:
            yield "x"

    try:
        filled = fill(template, rows=list("ab" * 500), long="x" * 30_000, endless=endless(), huge="y" * 100_001)
    except ValueError:
        filled = Rendered(None, (), "refused")
    assert filled.text is None
    assert filled.problem or filled.missing


def test_private_parts_of_values_are_nothing() -> None:
    assert fill("{{ title.__class__ }}{{ x._secret }}", x=Path()) == Rendered(None, ("title.__class__", "x._secret"))


# ── the names that it uses ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_names_are_found_wherever_they_stand() -> None:
    wording = Wording(
        "{{ customer.first_name or customer['name'] }} {% if total > 5 and not notes %}{{ due_on|day }}{% endif %}"
        "{% for row in rows|sort_of if row.open %}{{ row.balance|default(office.name) }}{{ loop.index }}{% else %}{{ row }}{% endfor %}"
        "{{ rows[0].number }}{{ 'literal' }}{{ (today - sent_on).days }}".replace("|sort_of", ""),
        "x",
    )
    assert wording.names() == {
        "customer.first_name", "customer.name", "total", "notes", "due_on", "rows", "rows.open", "rows.balance", "office.name", "row",
        "rows.number", "today", "sent_on",
    }  # fmt: skip


def test_an_unknown_name_is_told_with_the_nearest_right_one() -> None:
    wording = Wording("Hi {{ customer.firstname }},\n{{ first_name }} {{ total }} {{ customer.name }}", "follow-up, step nudge, text")
    assert wording.unknown({"customer.first_name", "customer.name", "total"}) == [
        'follow-up, step nudge, text, line 1 of its text: "customer.firstname" is not known; did you mean "customer.first_name"?',
        'follow-up, step nudge, text, line 2 of its text: "first_name" is not known; did you mean "customer.first_name"?',
    ]


def test_parts_of_something_whose_parts_nobody_listed_are_known() -> None:
    wording = Wording("{% for row in rows %}{{ row.number }}{% endfor %}{% if customer %}{{ customer.fax }}{% endif %}", "x")
    assert wording.unknown({"rows", "customer.name"}) == ['x: "customer.fax" is not known; did you mean "customer.name"?']


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Hostile:
    """A value that fails at whatever is done with it."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __str__(self) -> str:
        raise RuntimeError("str")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    def __bool__(self) -> bool:
        raise RuntimeError("bool")

    __hash__ = None  # type: ignore[assignment]


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.decimals() | st.dates() | st.datetimes()
    | st.times() | st.timedeltas() | st.binary(max_size=5) | st.just(object()) | st.builds(Hostile)
    | st.sampled_from(["None", "{{ x }}", "\x00", "\ud800"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "first_name", "n"]), inner, max_size=3),
    max_leaves=6,
)
TEMPLATES = [
    "Hi {{ a.first_name or a.name or 'there' }} {{ b }}", "{{ a|money }} {{ b|day }}", "{{ a|time }}{{ b|phone }}{{ a|title }}",
    "{% for x in a %}{{ x.name }}{{ x }}{{ loop.index }}{% endfor %}{{ b|plural('x') }}", "{% if a > b %}x{% elif a == b %}y{% endif %}z",
    "{{ a + b }}{{ a * b }}{{ a / b }}{{ a - b }}{{ -a }}", "{{ a|join(', ') }}{{ a|sum('n') }}{{ b|count }}",
    "{{ a[0] }}{{ a[:2] }}{{ a['n'] }}",
    "{{ 'x' if a in b else 'y' }}{{ a|default(b) }}{{ a is defined }}", "{{ a|upper|lower }}{{ b|join(a, 'name') }}",
]  # fmt: skip
COMPILED = [Wording(template, "x") for template in TEMPLATES]


@given(st.sampled_from(COMPILED), st.fixed_dictionaries({}, optional={"a": VALUES, "b": VALUES, "today": VALUES}))
@settings(max_examples=300, deadline=None)
def test_whatever_the_values_are_filling_in_never_fails_and_sends_nothing_odd(wording: Wording, context: dict[str, Any]) -> None:
    filled = wording.render(context)
    assert (filled.text is None) == bool(filled.missing or filled.problem)
    if filled.text is not None:
        assert filled.text.strip()
        assert all(letter in "\n\u200c\u200d" or category(letter) not in {"Cc", "Cf", "Cs"} for letter in filled.text)
        assert filled.text.encode()
        assert "{{" not in filled.text


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["{{", "}}", "{%", "%}", " a ", "if", "for x in", "endif", "endfor", "|", "money", ".", "\n", "#", "'"]),
        max_size=12,
    ).map("".join)
)
@settings(deadline=None)
def test_whatever_the_template_is_it_is_understood_or_refused_with_its_place(template: str) -> None:
    try:
        wording = Wording(template, "recipe, step one, text")
    except ValueError as refused:
        assert str(refused).startswith("recipe, step one, text")
        return
    wording.render({"a": "b"})


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_text_value_goes_out_as_it_is_or_not_at_all(value: str) -> None:
    filled = fill("{{ x }}", x=value)
    if value.isprintable() and filled.text is not None:
        assert filled.text == value
