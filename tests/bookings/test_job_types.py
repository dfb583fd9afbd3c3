"""[job_types] of config.toml: the office's own word on a kind of job, key by key over what ships."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.bookings.deposits import Deposit, read_deposit
from contractor_ops.bookings.kind import Kind
from contractor_ops.bookings.kinds import Kinds, find_kind
from contractor_ops.config import JobKindPart, read_config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.spans import Span

OFFICE = '[office]\nname = "Ours"\ntimezone = "America/Chicago"\n'


def parts(text: str) -> dict[str, JobKindPart]:
    return read_config(f"{OFFICE}{text}".encode()).job_types


def found(text: str, job_type: str, title: str = "") -> Kind:
    kind = find_kind(job_type, title, parts(text))
    assert kind is not None
    return kind


def mistakes(text: str) -> str:
    with pytest.raises(FilesNeedMending) as told:
        parts(text)
    return str(told.value)


SHIPPED = found("", "Furnace install")


# ── Whose word holds ──


def test_each_key_of_the_office_wins_and_the_others_stay() -> None:
    own = found('[job_types."Furnace install"]\nminutes = 300\npermit = "City of Chicago"', "Furnace install")
    assert (own.name, own.minutes, own.permit) == ("Furnace install", 300, "City of Chicago")
    assert (own.checklist, own.preparation, own.rebook_after) == (SHIPPED.checklist, SHIPPED.preparation, SHIPPED.rebook_after)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("minutes = 300", "minutes", 300),
        ('skills = ["gas"]', "skills", ("gas",)),
        ("skills = []", "skills", ()),
        ('preparation = ""', "preparation", ""),
        ('checklist = ["Level it."]', "checklist", ("Level it.",)),
        ('rebook_after = "26 weeks"', "rebook_after", Span(26, "weeks")),
        ('rebook_after = "0 days"', "rebook_after", None),
        ('related = "See you."', "related", "See you."),
        ("permit = false", "permit", False),
        ('subcontractor = "Acme Crane"', "subcontractor", "Acme Crane"),
        ("financing = true", "financing", True),
        ('deposit = "30%"', "deposit", Deposit(Decimal(30), percent=True)),
        ("deposit = 499.50", "deposit", Deposit(Decimal("499.50"))),
        ("deposit = 0", "deposit", None),
    ],
)
def test_any_key_alone(line: str, key: str, value: object) -> None:
    own = found(f'[job_types."Furnace install"]\n{line}', "Furnace install")
    assert getattr(own, key) == value
    changed = {name for name in Kind.__slots__ if getattr(own, name) != getattr(SHIPPED, name)}
    assert changed <= {"name", key}


def test_all_names_of_a_shipped_kind_mean_the_offices_where_it_has_the_same_name() -> None:
    own = '[job_types."Furnace replacement"]\nminutes = 300'
    assert found(own, "Heating system install").minutes == 300
    assert found(own, "", "Install a new furnace").minutes == 300
    assert found(own, "Boiler install").minutes == 600


def test_a_job_type_of_the_office_takes_from_the_title_what_it_does_not_say() -> None:
    own = found('[job_types."Tune-up"]\nminutes = 55', "Tune-up", "AC tune-up")
    assert (own.name, own.minutes, own.skills) == ("Tune-up", 55, ("cooling",))
    assert found('[job_types."Tune-up"]\nminutes = 55\n[job_types."AC tune-up"]\nminutes = 65', "Tune-up", "AC tune-up").minutes == 65


def test_a_name_that_ships_nowhere_stands_alone() -> None:
    assert found('[job_types."Crane day"]\nsubcontractor = true', "Crane day", "AC install") == Kind("Crane day", subcontractor=True)


def test_same_as_lends_everything_but_the_name() -> None:
    own = '[job_types."Comfort check"]\nsame_as = "Furnace tune-up"\nminutes = 45'
    lent = found("", "Furnace tune-up")
    assert found(own, "Comfort check") == Kind(
        **{name: getattr(lent, name) for name in Kind.__slots__} | {"name": "Comfort check", "minutes": 45}
    )
    assert found(own, "Furnace tune-up") == lent


def test_own_words_are_recognised_too() -> None:
    own = '[job_types."Furnace install"]\nwords = ["Big warm box"]\nminutes = 300'
    assert found(own, "", "The big warm boxes, 2nd floor").minutes == 300


def test_the_order_in_the_file_does_not_matter() -> None:
    texts = (
        '[job_types."Furnace install"]\nminutes = 1\n',
        '[job_types."AC install"]\nminutes = 2\n',
        '[job_types."Install"]\nminutes = 3\n',
    )
    for order in permutations(texts):
        kinds = Kinds(parts("".join(order)))
        assert [kind.minutes for name in ("Furnace install", "AC install", "Install") if (kind := kinds.find(name, ""))] == [1, 2, 3]


# ── What is refused ──


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[job_types."A"]\nminute = 5', 'job_types.A.minute is no key that I know; did you mean "minutes"?'),
        ('[job_types."A"]\nminutes = 0', "job_types.A.minutes: input should be greater than or equal to 1"),
        ('[job_types."A"]\nsame_as = "Furnace instalation"', 'did you mean "Furnace installation"?'),
        ('[job_types."A"]\nrebook_after = "9 business days"', 'write it like "350 days" or "26 weeks"'),
        ('[job_types."A"]\nrebook_after = "soon"', "is no length of time"),
        ('[job_types."A"]\npermit = "yes"', "job_types.A.permit: write true or false without quotes"),
        ('[job_types."A"]\nsubcontractor = 5', "job_types.A.subcontractor: write true or false without quotes"),
        ('[job_types."A"]\ndeposit = "30"', 'job_types.A.deposit: this is no deposit; write deposit = "30%"'),
        ('[job_types."A"]\ndeposit = "130%"', 'write deposit = "30%"'),
        ('[job_types."A"]\ndeposit = -5', 'write deposit = "30%"'),
        ('[job_types."A"]\ndeposit = true', 'write deposit = "30%"'),
        ('[job_types."A"]\ndeposit = nan', 'write deposit = "30%"'),
        ('[job_types."A"]\nchecklist = "Level it."', "job_types.A.checklist must be a list"),
        ('[job_types."-"]\nminutes = 5', '"-" is no name that a job can be recognised by'),
        ('[job_types."Tune-up"]\n[job_types."tune up"]', '"tune up" stands for "Tune-up" and for "tune up"'),
        ('[job_types."A"]\nwords = ["B"]\n[job_types."B"]', '"B" stands for "A" and for "B"'),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_remedy(text: str, told: str) -> None:
    assert told in mistakes(text)


# ── Deposits ──


@pytest.mark.parametrize(
    ("written", "total", "money"),
    [("30%", "1000", "300.00"), ("33.33%", "99.99", "33.33"), (500, "1000", "500.00"), (500, "80", "80"), (500, None, "500.00")],
)
def test_what_a_deposit_comes_to(written: object, total: str | None, money: str) -> None:
    assert read_deposit(written).of(Decimal(total) if total else None) == Decimal(money)


def test_a_share_of_nothing_known_is_not_known() -> None:
    assert read_deposit("30%").of(None) is None and read_deposit("30%").of(Decimal(0)) is None


@given(st.decimals(min_value=0, max_value=100, places=2), st.decimals(min_value="0.01", max_value=10**7, places=2))
def test_a_deposit_is_never_more_than_the_job(share: Decimal, total: Decimal) -> None:
    for written in (f"{share}%", share):
        money = read_deposit(written).of(total)
        assert money is not None and 0 <= money <= total
