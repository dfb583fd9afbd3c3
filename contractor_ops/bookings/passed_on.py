"""What a customer wrote, as far as it may be passed on to our own people: without card numbers and codes."""

import re

_LONGEST = 100
_CUT_OFF = re.compile(r"[\d\s.-]+$")
"""Figures at the end of words that were cut there may begin a number that nobody can tell any more."""
_ABOUT_CODES = re.compile(
    r"\b(?:codes?|gate|alarm|(?:lock|key) ?box|lock|unlock|pin|password|passcode|key ?pad|keys?|combo|combination|buzzer|c[oó]digo|clave|"
    r"get (?:in|inside)|let (?:yourself|himself|herself|themselves|him|her|them) in|punch|press|type|dial|enter|entry|opens?|doors?|garage)\b",
    re.IGNORECASE,
)
"""Words beside which a figure may be a code."""
_NOUN = r"\b(?:code|pin|password|passcode|combo|combination|c[oó]digo|clave)\b"
_TELLS_CODE = re.compile(rf"{_NOUN}[^.!?]{{0,30}}?(?::|=|\bis\b|'s\b|\bes\b|\d)|\d.*{_NOUN}", re.IGNORECASE)
_NO_CODE = re.compile(
    r"\b(?:\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\b\.?|o'?clock|ish)|\d{1,2}:\d\d|\d{1,2}/\d{1,2}|\d{1,2}(?:st|nd|rd|th)|"
    r"\d{1,3} ?(?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|dogs?|cats?|kids?|people|cars?|miles?|feet|ft)|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}|"
    r"(?:at|by|before|after|until|till|around|from|between|since) \d{1,2}(?::\d\d)?)\b(?![ .,-]*\d)",
    re.IGNORECASE,
)
"""Figures that are plainly something else: a time, a day, how long, how many."""
_ONE_BY_ONE = re.compile(r"(?<![\d-])\d(?:[ .,-]+\d){2,}(?![\d-])")
_SPELLED = re.compile(
    r"\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)(?:[\s,-]+(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)){2,}\b",
    re.IGNORECASE,
)
_LEFT_OUT = "…"


def passed_on(words: str, *, cut_at: int) -> str:
    """The words in at most 100 letters, "…" where something private is left out. `cut_at`: after how many letters they were cut before."""
    from contractor_ops.notes.cut import sentences
    from contractor_ops.notes.internal import holds_keypad_code
    from contractor_ops.notes.private import private_numbers

    text = " ".join(words.split())
    text = _CUT_OFF.sub("", text) if len(text) >= cut_at else text
    clauses = [clause for sentence in sentences(text, lambda before, token, following: False) for clause in sentence]
    private, codes = private_numbers(clauses), bool(_ABOUT_CODES.search(text))
    told = [
        _LEFT_OUT
        if at in private or holds_keypad_code(one) or _ONE_BY_ONE.search(one.written) or (codes and _may_be_a_code(one.written))
        else one.written
        for at, one in enumerate(clauses)
    ]
    if _LEFT_OUT not in told:
        return _short(text)
    return _short(" ".join(one for at, one in enumerate(told) if one and (one != _LEFT_OUT or told[at - 1 : at] != [_LEFT_OUT])))


def _may_be_a_code(words: str) -> bool:
    """Whether words beside a talk of codes may tell one: rather one word too many is left out than a code passed on."""
    return bool(_TELLS_CODE.search(words) or _SPELLED.search(words) or re.search(r"\d", _NO_CODE.sub("", words)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
