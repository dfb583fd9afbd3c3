import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.planning.sms_text import plain_sms, segments


@pytest.mark.parametrize(("length", "expected"), [(0, 0), (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)])
def test_a_plain_text_is_billed_by_160_and_153(length: int, expected: int) -> None:
    assert segments("a" * length) == expected


@pytest.mark.parametrize(("length", "expected"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_one_character_outside_gsm_7_makes_it_70_and_67(length: int, expected: int) -> None:
    assert segments("ж" + "a" * (length - 1)) == expected


def test_accents_of_gsm_7_cost_nothing_extra() -> None:
    assert segments("é" * 160) == 1
    assert segments("ñ" * 160) == 1
    assert segments("í" + "a" * 70) == 2


def test_extension_characters_and_emoji_count_twice() -> None:
    assert segments("€" * 80) == 1
    assert segments("€" * 80 + "a") == 2
    assert segments("🙂" * 35) == 1
    assert segments("🙂" * 35 + "a") == 2


def test_a_character_of_two_units_is_not_split_between_two_segments() -> None:
    assert segments("a" * 152 + "€" + "a" * 152) == 3  # the second unit of € would be the 154th
    assert segments("a" * 151 + "€" + "a" * 153) == 2
    assert segments("🙂" * 66) == 2  # 33 to a segment, because 67 is odd
    assert segments("🙂" * 67) == 3


def test_typographic_characters_become_plain_ones() -> None:
    assert plain_sms("It’s “ready” – call us… • today\u00a0only") == 'It\'s "ready" - call us... - today only'
    assert plain_sms("zero\u200bwidth 9`5 3×4") == "zerowidth 9'5 3x4"


def test_names_keep_their_letters() -> None:
    assert plain_sms("José Muñoz, Zoë, Đặng, 你好 🙂") == "José Muñoz, Zoë, Đặng, 你好 🙂"
    assert plain_sms("Jose\u0301") == "José"


def test_a_text_with_typographic_characters_gets_cheaper() -> None:
    text = "Hi Ann, it’s Northside. " * 6
    assert segments(text) == 3
    assert segments(plain_sms(text)) == 1


@given(st.text(max_size=500))
@settings(deadline=None)
def test_a_text_never_costs_less_than_its_units_need(text: str) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert math.ceil(units / 160) <= segments(text) <= max(1, math.ceil(units / 66)) * bool(text)


@given(st.text(max_size=500))
@settings(deadline=None)
def test_making_it_plain_twice_changes_nothing_more(text: str) -> None:
    assert plain_sms(plain_sms(text)) == plain_sms(text)
