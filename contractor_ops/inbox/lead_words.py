"""What a stranger's answer to a missed-call text says of who it is, where, and what is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contractor_ops.inbox.ordinary_words import NO_NAME, plain
from contractor_ops.inbox.street_address import Found, find_address


@dataclass(frozen=True, slots=True)
class LeadWords:
    """A lead's name, address and problem, each a piece of the text as it was written, or None where that is not certain.

    `problem` is the whole text where nothing else is certain, or where more than one stretch of words is about it.
    """

    name: str | None
    address: str | None
    problem: str | None


_HELLO = (
    r"(?:hi|hello|hey|hiya|hola|good (?:morning|afternoon|evening|day)|buen[oa]s? (?:d[ií]as?|tardes|noches)|yes|yeah|sure|ok(?:ay)?|s[ií])"
)
_THANKS = r"(?:thanks|thank you|thx|gracias|please|por favor|best|regards)"
_AFTER_HELLO = re.compile(rf"\s*(?:{_HELLO}(?:[ \t]there)?\s*[,.!\n–—-]\s*)?", re.IGNORECASE)
_SAID = re.compile(
    r"(?:\bmy\s+(?:full\s+)?name(?:\s+is|['’]s|\s*[:=])|(?:\A|[\n,.;])\s*name(?:\s+is|['’]s|\s*-)|\bname\s*[:=]|\bme\s+llamo|\bmi\s+nombre\s+es|\bnombre\s*:)"
    r"\s*(?=\w)",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"\b(?:this\s+is|i\s+am|i['’]?m|it['’]?s|soy|(?:le\s+)?habla)[ \t]+(?=\w)", re.IGNORECASE)
_HERE = re.compile(r"[ \t]+here(?!\w)", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?P<thanks>\b{_THANKS}[\s,.!]*)?(?:\n[ \t]*[-–—~]?|(?<=[\s.!?,])[-–—~])[ \t]*(?P<name>[^\n]{{2,40}})\Z", re.IGNORECASE
)
_GOES_ON = re.compile(r"[\s,]*|[ \t,]*[-–—~][ \t]*")

_NAME_WORD = re.compile(r"[^\W\d_](?:['’-]?[^\W\d_])*")
_WITH_A_DOT = frozenset({"mr", "mrs", "ms", "dr", "jr", "sr", "st"})
_PARTICLES = frozenset({"de", "la", "las", "los", "del", "van", "von", "der", "da", "di", "dos", "bin", "al", "el"})
_NAMES_TOO = frozenset({"will", "april", "june", "august", "miles", "guy", "may", "an", "su"})
_AFTER_A_NAME = re.compile(
    r"\s*(?:\Z|[,.;:!/|()\n–—-])|\s+(?:at|and|from|on|in|i|i['’]?m|my|en|y|vivo|mi|we|our|with|calling|texting|living|live|here)(?!\w)",
    re.IGNORECASE,
)
_NOT_ALONE = re.compile(  # "Ann & Bob", "Northside, right?"
    r"\s*(?:&|\+|(?:and|y)\s+(?=(?-i:[A-ZÀ-Þ][^\W\d_])))|\s*,?\s*(?:right|correct|verdad|no|yes)?\s*\?", re.IGNORECASE
)

_PHONE_OR_MAIL = (
    r"(?:(?:phone|cell|tel|number|email|e-mail)\s*(?:is|:|#)?\s*)?(?:\+?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}|[\w.+-]{1,64}@[\w.-]{1,190}\w)"
)
_NOTHING_BETWEEN = re.compile(rf"[\s,.;:/|–—-]*(?:{_PHONE_OR_MAIL}[\s,.;:/|–—-]*)?", re.IGNORECASE)
_BEGINS_WITH = re.compile(
    rf"(?:(?:{_HELLO}(?:[ \t]there)?|{_THANKS}|and|y|here|is (?:my|the) address|(?:(?:my|the|el|mi)\s+)?(?:problem|issue|problema)(?:\s+is|\s*:|\s+es)"
    rf"|calling about)(?!\w)|{_PHONE_OR_MAIL}(?=\s*(?:[,.;:/|\n–—-]|\Z)))[\s,.;:/|!–—-]*",
    re.IGNORECASE,
)
_ENDS_WITH = re.compile(rf"(?<!\w)(?:{_HELLO}|{_THANKS}|and|y|(?:\A|[,.;:/|\n–—-])\s*{_PHONE_OR_MAIL})[\s,.!:;/|–—-]*\Z", re.IGNORECASE)


def lead_words(text: str) -> LeadWords:
    """Take apart what somebody texted."""
    address = find_address(text)
    name = _find_name(text, address)
    return LeadWords(_cut(text, name), _cut(text, address), _problem(text, [found for found in (name, address) if found]))


def _cut(text: str, found: Found | None) -> str | None:
    return text[found.start : found.end] if found else None


# ── the name ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _find_name(text: str, address: Found | None) -> Found | None:
    """The one name that somebody goes by, at its fullest; None where two different ones are given."""
    found = [name for name in _names(text, address) if not address or name.end <= address.begin or name.begin >= address.end]
    found.sort(key=lambda name: name.start - name.end)
    spelled = [text[name.start : name.end].casefold() for name in found]
    return found[0] if found and all(name in spelled[0] for name in spelled) else None


def _names(text: str, address: Found | None) -> Iterator[Found]:
    """Each name that is said, shown, signed, or stands where names stand. Capitals show nothing where all is in capitals."""
    for said in _SAID.finditer(text):
        yield from _named(text, said.start(), said.end(), said=True)
    if text.isupper():
        return
    for shown in _SHOWN.finditer(text):
        yield from (
            name for name in _named(text, shown.start(), shown.end()) if _words(text, name) > 1 or _AFTER_A_NAME.match(text, name.end)
        )
    yield from _stands_first(text, address)
    yield from _signed(text, address)


def _named(text: str, begin: int, start: int, *, said: bool = False) -> Iterator[Found]:
    """The name that begins at `start`: up to four words with capitals, or two in small letters where it is `said` to be one."""
    end, at, words, small = start, start, 0, False
    while words < 4 and (word := _NAME_WORD.match(text, at)):
        capital = word[0][0].isupper()
        if plain(word[0]) in NO_NAME and not (capital and plain(word[0]) in _NAMES_TOO):
            break
        if word[0].endswith(("'s", "’s")):
            return
        at = word.end()
        if not capital and words and plain(word[0]) in _PARTICLES:
            at = _past_blanks(text, at)
            continue
        if not (capital or said):
            break
        dotted = text[at : at + 1] == "." and (len(word[0]) == 1 or plain(word[0]) in _WITH_A_DOT)
        end, words, small = at + dotted, words + 1, small or not capital
        at = _past_blanks(text, end)
    if not words or _NOT_ALONE.match(text, end) or plain(text[start:end]) in _WITH_A_DOT:
        return
    following = _NAME_WORD.match(text, _past_blanks(text, end))
    if not small or (words <= 2 and (_AFTER_A_NAME.match(text, end) or (following and plain(following[0]) in NO_NAME))):
        yield Found(begin, start, end)


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t"}:
        at += 1
    return at


def _words(text: str, name: Found) -> int:
    return len(text[name.start : name.end].split())


def _stands_first(text: str, address: Found | None) -> Iterator[Found]:
    """The name that the text begins with: "Ann Li here", or with nothing but a phone number between it and the address."""
    hello = _AFTER_HELLO.match(text)
    start = hello.end() if hello else 0
    for name in _named(text, start, start):
        between = _NOTHING_BETWEEN.fullmatch(text, name.end, address.begin) if address and name.end < address.begin else None
        if _HERE.match(text, name.end) or (between and (_words(text, name) > 1 or between[0].strip(" \t."))):
            yield name


def _signed(text: str, address: Found | None) -> Iterator[Found]:
    """The name below a text, or after a dash at its end. A word alone, or what goes on from the address, could be a town."""
    signed = _SIGNED.search(text)
    if not signed or (address and _GOES_ON.fullmatch(text, address.end, max(address.end, signed.start("name")))):
        return
    for name in _named(text, signed.start(), signed.start("name")):
        if not text[name.end :].strip(" .!") and (_words(text, name) > 1 or signed["thanks"]):
            yield name


# ── the problem ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _problem(text: str, found: Sequence[Found]) -> str | None:
    """The one stretch of words that is neither name nor address, without greeting and thanks; else the whole text."""
    whole = text.strip() or None
    if not found:
        return whole
    stretches: list[str] = []
    at = 0
    for one in sorted(found):
        stretches.append(text[at : one.begin])
        at = one.end
    left = [stretch for stretch in map(_bare, [*stretches, text[at:]]) if any(map(str.isalpha, stretch))]
    return whole if len(left) > 1 else next(iter(left), None)


def _bare(stretch: str) -> str:
    """A stretch without what only leads in or out."""
    before = None
    while before != stretch:
        before, stretch = stretch, stretch.lstrip(" \t\r\n,.;:/|!?–—-*•)").rstrip(" \t\r\n,;:/|–—-*•(")
        if begins := _BEGINS_WITH.match(stretch):
            stretch = stretch[begins.end() :]
        if ends := _ENDS_WITH.search(stretch):
            stretch = stretch[: ends.start()]
    return stretch
