import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.tables.cells.emails import clean_emails


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("Dana@Northside.Example", "dana@northside.example"), ("mailto:ann@mail.example", "ann@mail.example"), ("<ann@mail.example>", "ann@mail.example"),
        ("Ann Li <ann@mail.example>", "ann@mail.example"), ("ann@mail.example.", "ann@mail.example"), (" ann@mail.example; ", "ann@mail.example"),
        ("ann@mail.example; Bob@mail.example", "ann@mail.example, bob@mail.example"),
        ("ann@mail.example/bob@mail.example", "ann@mail.example, bob@mail.example"),
        ("ann@mail.example ann@mail.example", "ann@mail.example"), ("ann@mail.example (work)", "ann@mail.example"),
        ("work: ann@mail.example", "ann@mail.example"),
        ("Ann.O'Neil+jobs@sub.mail.example", "ann.o'neil+jobs@sub.mail.example"),
        ("", None), (None, None), ("-", None), ("none", None), ("no email", None), ("N/A", None),
    ],
)  # fmt: skip
def test_an_address_is_read_however_it_is_written(cell: object, address: str | None) -> None:
    assert clean_emails([cell]) == ([address], {})


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("dana@", "missing"), ("@mail.example", "missing"), ("dana at northside", "not an e-mail address"), ("dana@northside", "no full domain"),
        ("ann@mail,example", "no full domain"), ("a..b@mail.example", "cannot be"), ("ann@mail.e", "cannot be"), ("ann@exämple.example", "cannot be"),
        ("ann li@mail.example", "words beside"), ("do not email ann@mail.example", '"do not"'), ("ann@mail.example (bounced)", '"bounced"'),
        ("noemail@mail.example", "stands in"), (5.0, "not an e-mail address"), (True, "not an e-mail address"), ("#REF!", "spreadsheet error"),
        ("ann@mail.example, bob@", "missing"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_told(cell: object, says: str) -> None:
    cleaned, troubles = clean_emails([cell])
    assert cleaned == [None]
    assert says in troubles[0]


@given(st.lists(st.one_of(st.text(), st.floats(), st.none(), st.emails())))
def test_cleaning_addresses_never_raises(values: list[object]) -> None:
    cleaned, troubles = clean_emails(values)
    assert len(cleaned) == len(values)
    assert all(cleaned[index] is None and sentence for index, sentence in troubles.items())
    assert all(address == address.lower() and "@" in address for address in cleaned if address)
