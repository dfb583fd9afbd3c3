"""Telephone numbers in E.164, which of them are hidden callers, and what kind of number one is.

The rule: a number is taken when its length is possible and, in the countries of +1, its area code exists. The exchange is not looked
at, because metadata lags behind it and telephone systems log what callers pretend to be. A foreign number must be valid.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from contractor_ops.ports import Cell
from contractor_ops.tables.cells.column import Trouble, Troubles, bare, clean_column, is_blank, shown

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

Kind = Literal["mobile", "landline", "either", "toll_free", "premium", "foreign", "short", "extension", "unknown"]

HIDDEN_CALLER = "The caller's number is hidden, so it can be neither called nor texted."
_HIDDEN_WORDS = frozenset({
    "anonymous", "restricted", "unknown", "private", "unavailable", "blocked", "withheld", "no caller id", "unknown caller",
    "private caller", "private number", "unknown number", "blocked number", "number withheld", "caller id unavailable",
    "caller id blocked", "not available", "hidden", "out of area",
})  # fmt: skip
_HIDDEN_KEYPAD = frozenset({"266696687", "7378742833", "2562533", "8656696", "86282452253"})
"""ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a keypad: 7378742833 would otherwise be a valid number in Texas."""

_BLANKS = frozenset({"no phone", "no number", "none given", "not given"})
_US_LANDS = frozenset({"US", "PR", "VI", "GU", "AS", "MP"})
_EXTENSION_ONLY = re.compile(r"(?:ext(?:ension)?\.?|x)\s*[0-9]{1,6}", re.IGNORECASE)
_ONE_PLAIN = re.compile(r"\+?[\s(]*[0-9][0-9\s().\-–‑/]*")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_FLOAT = re.compile(r"([0-9]{5,15})\.0+")
_MOBILE_LABEL = re.compile(r"\b(?:cell|cellular|mobile|mob|c|m)\b[\s.:#(-]*$|^[\s)(-]*(?:cell|cellular|mobile|mob|c|m)\b", re.IGNORECASE)
_FAX_LABEL = re.compile(r"\b(?:fax|f)\b[\s.:#(-]*$|^[\s)(-]*fax\b", re.IGNORECASE)
_CAUTION = re.compile(
    r"\b(?:do not|don'?t|wrong|old|bad|disconnected|former|never|no longer|not in service|out of service|stop)\b", re.IGNORECASE
)
_VANITY = re.compile(r"(?:\+?1[\s.-]*)?\(?[2-9][0-9]{2}\)?[\s.-]*(?=[0-9\s.-]*[a-z])[a-z0-9\s.-]{7,10}", re.IGNORECASE)


def clean_phones(values: Sequence[Cell], country: str) -> tuple[list[str | None], Troubles]:
    """A column of numbers, each as `clean_phone` leaves it."""

    def clean_cell(value: Cell) -> str | None:
        text, trouble = clean_phone(value, country)
        if trouble:
            raise Trouble(trouble)
        return text

    return clean_column(values, clean_cell)


def clean_phone(raw: Cell, country: str) -> tuple[str | None, str | None]:
    """One cell as E.164 and None, or None and what is wrong; both None when it is blank.

    Several numbers are joined with ", ", one called cell or mobile first, faxes left out; an extension stays as ";ext=12".
    """
    try:
        text = bare(raw if isinstance(raw, str) else "TRUE" if raw is True else shown(raw))
    except Trouble as trouble:
        return None, str(trouble)
    return _cleaned(text, country)


def is_hidden_caller(text: str) -> bool:
    """Whether a caller's number is one of the words or keypad codes that telephone systems put in place of a hidden one."""
    words = " ".join(text.lower().split()).strip("()<>\"'.")
    return words in _HIDDEN_WORDS or words.removeprefix("+") in _HIDDEN_KEYPAD


@lru_cache(maxsize=65_536)
def kind_of(e164: str, country: str) -> Kind:
    """What kind of number the first one of a cleaned cell is; "either" where mobiles and landlines look alike, as in North America."""
    from phonenumbers import NumberParseException, PhoneNumberType, number_type, parse, region_code_for_number

    first = e164.split(",")[0].strip()
    if ";ext=" in first:
        return "extension"
    if first.isdigit() and len(first) <= 6:
        return "short"
    try:
        number = parse(first, country)
    except NumberParseException:
        return "unknown"
    region = region_code_for_number(number)
    if region not in {None, "001"} and region != country and not {region, country} <= _US_LANDS:
        return "premium" if number_type(number) == PhoneNumberType.PREMIUM_RATE else "foreign"
    kinds: dict[int, Kind] = {
        PhoneNumberType.MOBILE: "mobile", PhoneNumberType.FIXED_LINE: "landline", PhoneNumberType.FIXED_LINE_OR_MOBILE: "either",
        PhoneNumberType.VOIP: "either", PhoneNumberType.TOLL_FREE: "toll_free", PhoneNumberType.PREMIUM_RATE: "premium",
        PhoneNumberType.SHARED_COST: "premium",
    }  # fmt: skip
    return kinds.get(number_type(number), "unknown")


@lru_cache(maxsize=65_536)
def _cleaned(text: str, country: str) -> tuple[str | None, str | None]:
    if is_blank(text) or text.lower() in _BLANKS:
        return None, None
    try:
        return _numbers_in(text, country), None
    except Trouble as trouble:
        return None, str(trouble)


def _numbers_in(text: str, country: str) -> str:
    if is_hidden_caller(text):
        raise Trouble(HIDDEN_CALLER)
    if whole := _FLOAT.fullmatch(text):
        text = whole[1]
    elif _SCIENTIFIC.fullmatch(text):
        text = _from_scientific(text)
    if _EXTENSION_ONLY.fullmatch(text):
        raise Trouble("This is only an extension; write the whole number.")
    if remark := _CAUTION.search(text):
        raise Trouble(f'The cell says "{remark[0].lower()}" beside the number; take out what may not be used.')
    if (_ONE_PLAIN.fullmatch(text) and len(_figures(text)) <= 15) or (_VANITY.fullmatch(text) and not _MOBILE_LABEL.search(text)):
        return _written(_one(text, country))
    return _several(text, country)


def _from_scientific(text: str) -> str:
    mantissa, _, exponent = text.upper().partition("E")
    figures, shift = mantissa.replace(".", ""), int(exponent)
    if len(mantissa.partition(".")[2]) < shift - 1:
        raise Trouble("Excel has rounded this number; format the column as text and enter the number again.")
    return figures.ljust(shift + 1, "0") if len(figures) <= shift + 1 else text


def _several(text: str, country: str) -> str:
    """The numbers in a text with labels, extensions and more than one number, mobile ones first."""
    from phonenumbers import Leniency, PhoneNumberMatcher

    matches = list(PhoneNumberMatcher(text, country, leniency=Leniency.POSSIBLE))
    matches = [match for match in matches if len(_figures(match.raw_string)) >= 7]
    if not matches:
        raise Trouble(_why_none(text, country))
    mobile: list[str] = []
    others: list[str] = []
    faxes: list[str] = []
    rest, end = "", 0
    for match, following in zip(matches, [*(match.start for match in matches[1:]), len(text)], strict=True):
        before, after = text[end : match.start], text[match.end : following]
        written = _written(_checked(match.number, country, match.raw_string))
        kept = (
            faxes
            if _FAX_LABEL.search(before)
            else mobile
            if _MOBILE_LABEL.search(before) or (not before.strip() and _MOBILE_LABEL.search(after))
            else others
        )
        kept.append(written)
        rest, end = rest + before, match.end
    left = _figures(rest + text[end:])
    if len(left) >= 4:
        raise Trouble(f"Beside a whole number the cell has {len(left)} more digits; write every number in full.")
    if not mobile + others:
        raise Trouble("This is a fax number; enter one that a person answers.")
    return ", ".join(dict.fromkeys(mobile + others))


def _one(text: str, country: str) -> "PhoneNumber":
    from phonenumbers import NumberParseException, parse
    from phonenumbers.phonenumberutil import country_code_for_region

    if text.startswith("00") and len(_figures(text)) > 11 and country_code_for_region(country) == 1:
        text = "+" + text[2:]  # written for a European telephone; from North America it is 011
    try:
        return _checked(parse(text, country), country, text)
    except NumberParseException:
        raise Trouble(_why_none(text, country)) from None


def _checked(number: "PhoneNumber", country: str, text: str) -> "PhoneNumber":
    """The number, when it can be one. Raises Trouble that says why it cannot."""
    from phonenumbers import is_possible_number, is_valid_number
    from phonenumbers.phonenumberutil import country_code_for_region

    home = country_code_for_region(country)
    if number.country_code == 1 and len(str(number.national_number)) == 10:
        area = str(number.national_number)[:3]
        if not _area_code_exists(area):
            raise Trouble(f"{area} is no area code; correct the number.")
        return number
    if number.country_code != 1 and (is_possible_number(number) if number.country_code == home else is_valid_number(number)):
        return number
    raise Trouble(_why_none(text, country))


@lru_cache(maxsize=1_000)
def _area_code_exists(area: str) -> bool:
    from phonenumbers import PhoneNumber, is_valid_number

    return is_valid_number(PhoneNumber(country_code=1, national_number=int(area + "2345678")))


def _written(number: "PhoneNumber") -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    plain = format_number(number, PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def _figures(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _why_none(text: str, country: str) -> str:
    from phonenumbers.phonenumberutil import country_code_for_region

    figures = len(_figures(text))
    if figures == 0:
        return "This is not a telephone number; write it in figures, or leave the cell empty."
    if figures == 7 and country_code_for_region(country) == 1:
        return "The number has only 7 digits: the area code is missing."
    if figures < 10:
        return f"The number has only {figures} digit{'s' if figures > 1 else ''}: write it in full, with its area code."
    if figures > 10 and not _figures(text).startswith("1") and "+" not in text:
        return f"The number has {figures} digits, which are too many; correct it, or write it with + and the country code."
    return "The number fits no number of its country; correct it, or write it with + and the country code."
