from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.tables.cells.durations import clean_durations


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("0:03:12", 192), ("3:12", 192), ("1:02:03", 3723), ("00:00:00", 0), ("72:15", 4335), ("PT2M23S", 143), ("PT1H", 3600), ("45", 45),
        (45.0, 45), (0, 0),
        ("1h 5m", 3900), ("2 min 23 sec", 143), ("90 sec", 90), ("2m23s", 143), (timedelta(hours=27), 97_200), (time(0, 3, 12), 192), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_a_length_of_time_is_seconds(cell: object, seconds: int | None) -> None:
    assert clean_durations([cell]) == ([seconds], {})


@pytest.mark.parametrize(
    "cell", ["a while", "3:75", "1:75:00", "PT", "h", -1, 0.5, True, float("nan"), float("inf"), timedelta(seconds=-1), "#REF!"]
)
def test_what_is_no_length_of_time_is_told(cell: object) -> None:
    cleaned, troubles = clean_durations([cell])
    assert cleaned == [None]
    assert troubles[0]


@given(st.integers(0, 359_999))
def test_a_duration_comes_back_from_every_style(seconds: int) -> None:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    styles = [
        f"{hours}:{minutes:02}:{rest:02}",
        f"{hours}h {minutes}m {rest}s",
        f"PT{hours}H{minutes}M{rest}S",
        f"{seconds // 60}:{rest:02}",
        str(seconds),
        float(seconds),
    ]
    assert clean_durations(styles) == ([seconds] * len(styles), {})


@given(st.lists(st.one_of(st.text(), st.floats(), st.integers(), st.timedeltas())))
def test_cleaning_durations_never_raises(values: list[object]) -> None:
    cleaned, troubles = clean_durations(values)
    assert len(cleaned) == len(values)
    assert all(cleaned[index] is None for index in troubles)
