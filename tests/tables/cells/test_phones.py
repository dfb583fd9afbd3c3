import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.tables.cells.phones import HIDDEN_CALLER, clean_phone, clean_phones, is_hidden_caller, kind_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("312-555-0142", "+13125550142"), ("(312) 555-0142", "+13125550142"), ("312.555.0142", "+13125550142"), ("312/555-0142", "+13125550142"),
        ("1-312-555-0142", "+13125550142"), ("+1 312 555 0142", "+13125550142"), ("001 312 555 0142", "+13125550142"), (3125550142.0, "+13125550142"),
        (3125550142, "+13125550142"), ("3125550142.0", "+13125550142"), ("3.125550142E9", "+13125550142"), ("3.125550142E+09", "+13125550142"),
        ("'3125550142", "+13125550142"), ('="3125550142"', "+13125550142"), ("tel:+13125550142", "+13125550142"), ("312-555-ROOF", "+13125557663"),
        ("312-555-0142 (Ann)", "+13125550142"), ("312-555-0142cell", "+13125550142"), ("011 44 20 7946 0018", "+442079460018"),
        ("+44 20 7946 0018", "+442079460018"),
        ("312-555-0100 x12", "+13125550100;ext=12"), ("(312) 555-0100 ext. 12", "+13125550100;ext=12"), ("312-555-0100, ext 12", "+13125550100;ext=12"),
        ("312-555-0142 / 312-555-0143", "+13125550142, +13125550143"), ("3125550142,3125550143", "+13125550142, +13125550143"),
        ("312-555-0142\n312-555-0143", "+13125550142, +13125550143"), ("312-555-0142 312-555-0142", "+13125550142"),
        ("home 312-555-0199, cell 312-555-0142", "+13125550142, +13125550199"), ("h: 312-555-0199\nm: 312-555-0142", "+13125550142, +13125550199"),
        ("312-555-0142, fax 312-555-0199", "+13125550142"), ("+12061000463", "+12061000463"), ("(737) 874-2833", "+17378742833"),
        ("", None), (None, None), ("-", None), ("n/a", None), (float("nan"), None), ("no phone", None),
    ],
)  # fmt: skip
def test_a_number_is_written_one_way_however_it_came(cell: object, number: str | None) -> None:
    assert clean_phone(cell, "US") == (number, None)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("555-0142", "only 7 digits: the area code is missing"), ("4003", "only 4 digits"), (72345.0, "only 5 digits"),
        ("31255501421", "11 digits, which are too many"),
        ("123-456-7890", "123 is no area code"), ("555-555-0142", "555 is no area code"), ("000-000-0000", "fits no number"),
        ("+3125550142", "fits no number"),
        ("call office", "not a telephone number"), ("client:Bob", "not a telephone number"), (True, "not a telephone number"),
        ("ext 12", "only an extension"),
        ("(312) 555-0142 or 0143", "4 more digits"), ("do not call 312-555-0142", '"do not"'), ("312-555-0142 (old)", '"old"'), ("fax 312-555-0199", "fax"),
        ("3.12555E+09", "rounded"), (1e20, "rounded"), ("#REF!", "spreadsheet error"),
    ],
)  # fmt: skip
def test_what_cannot_be_called_is_told(cell: object, says: str) -> None:
    number, trouble = clean_phone(cell, "US")
    assert number is None
    assert trouble is not None and says in trouble


@pytest.mark.parametrize(
    "cell",
    [
        "anonymous",
        "Restricted",
        "UNKNOWN",
        "private",
        "Unavailable",
        "blocked",
        "(withheld)",
        266696687.0,
        7378742833,
        "+7378742833",
        "2562533",
        "8656696",
        86282452253,
    ],
)
def test_a_hidden_caller_is_no_number_even_where_its_code_would_be_one(cell: object) -> None:
    assert clean_phone(cell, "US") == (None, HIDDEN_CALLER)


def test_hidden_callers_are_told_from_bad_numbers() -> None:
    assert is_hidden_caller("Anonymous")
    assert is_hidden_caller("+266696687")
    assert not is_hidden_caller("555-0142")


@pytest.mark.parametrize(
    ("country", "cell", "number"),
    [
        ("GB", "07700 900123", "+447700900123"),
        ("GB", "0044 20 7946 0018", "+442079460018"),
        ("CA", "416-555-0142", "+14165550142"),
        ("AU", "0412 345 678", "+61412345678"),
    ],
)
def test_the_office_s_country_gives_the_country_code(country: str, cell: str, number: str) -> None:
    assert clean_phone(cell, country) == (number, None)


def test_a_column_of_numbers_tells_the_place_of_each_bad_one() -> None:
    cleaned, troubles = clean_phones([3125550142.0, "", "555-0142", "312-555-0142"], "US")
    assert cleaned == ["+13125550142", None, None, "+13125550142"]
    assert set(troubles) == {2}


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+13125550142", "either"), ("+18005550142", "toll_free"), ("+19005550142", "premium"), ("+14165550142", "foreign"), ("+17875550142", "either"),
        ("+442079460018", "foreign"), ("72345", "short"), ("+13125550142;ext=3", "extension"), ("+13125550142, +18005550142", "either"),
        ("+12061000463", "unknown"),
    ],
)  # fmt: skip
def test_the_kind_of_a_number_is_told_from_the_first_one(number: str, kind: str) -> None:
    assert kind_of(number, "US") == kind


def test_where_mobiles_can_be_told_they_are() -> None:
    assert kind_of("+61412345678", "AU") == "mobile"
    assert kind_of("+442079460018", "GB") == "landline"


@given(st.sampled_from(["312", "415", "212", "630"]), st.integers(2_000_000, 9_999_999))
def test_a_number_comes_out_the_same_from_every_style(area: str, rest: int) -> None:
    exchange, line = str(rest)[:3], str(rest)[3:]
    styles = [
        f"{area}-{exchange}-{line}",
        f"({area}) {exchange}-{line}",
        f"{area}.{exchange}.{line}",
        f"+1 {area} {exchange} {line}",
        f"1{area}{exchange}{line}",
        float(f"{area}{exchange}{line}"),
        f"{area}{exchange}{line}.0",
        f"001{area}{exchange}{line}",
        f"cell: {area} {exchange}-{line}",
    ]
    if f"{area}{exchange}{line}" not in {"7378742833"}:
        assert clean_phones(styles, "US") == ([f"+1{area}{exchange}{line}"] * len(styles), {})


@given(st.one_of(st.text(), st.floats(), st.integers(), st.from_regex(r"[0-9+() x./-]{3,30}")), st.sampled_from(["US", "GB", "CA"]))
def test_cleaning_a_phone_never_raises(cell: object, country: str) -> None:
    number, trouble = clean_phone(cell, country)
    assert number is None or (trouble is None and number.startswith("+"))
    if number:
        assert kind_of(number, country)
