"""What a customer's answer means: who must act on it, and whether it ends all messages to the address.

The words are data (`phrases/`). What is graver is asked first, and whatever is not certain is for a person.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from contractor_ops.inbox.automatic import automatic_header
from contractor_ops.inbox.newly_written import newly_written
from contractor_ops.inbox.phrases import Meaning, meanings
from contractor_ops.ports.inbox import NO_HEADERS
from contractor_ops.ports.memory import AnswerWeight
from contractor_ops.tables.cells.wording import Word, Wording, clean

Label = Literal["stop", "start", "help", "yes", "no", "question", "complaint", "urgent", "auto_reply", "other"]

_LONGEST_ANSWER = 25  # words; a longer message is more than a yes or a no
_GREETING = 4  # words
_FEW_MORE = 4  # words that a plain no may hold beside it
_UNSUBSCRIBE, _UNSUBSCRIBE_SLIPS = frozenset({"unsubscribe", "unsubscribed", "unsubscribing"}), 2  # letters
_ANSWER_TO_OURS = re.compile(r"\s*(?:re|aw|sv|rv|fw|fwd|antw|res|enc)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means. `reason` is one plain sentence with the words that decided; `weight` is what it does to the automation.

    `opts_out`: the address wants no more messages, also where something more urgent gives the label.
    """

    label: Label
    reason: str
    weight: AnswerWeight = "stops"
    opts_out: bool = False


def classify(text: str, subject: str = "", headers: Mapping[str, str] = NO_HEADERS) -> Verdict:
    """What an answer means. `text` as it came, quotations and signatures are cut here; any text gives a verdict, in time in proportion to it.

    Without words of its own the subject is judged; a subject that the person wrote (no "Re:") may also stop or be urgent.
    """
    told, is_answer = Wording(clean(subject or "").strip()), bool(_ANSWER_TO_OURS.match(subject or ""))
    asked = not is_answer and _is_one_of(told.words, meanings()["stop"].clause)
    automatic = automatic_header(headers)
    # Mail programs' unsubscribe buttons send an otherwise automatic mail with this subject: a person pressed them.
    if automatic and not (asked and "auto-replied" not in automatic.lower()):
        return Verdict("auto_reply", f"a machine wrote it: {automatic}", "automatic")
    if asked:
        return Verdict("stop", _says(told.shown, "its subject says"), opts_out=True)
    if announced := _announces_machine(told) or meanings()["away"].says.find(told, meanings()["away"].never):
        return Verdict("auto_reply", _says(announced, "a machine wrote it: its subject says"), "automatic")
    written = Wording(clean(newly_written(text or "")))
    if not written.shown.strip():
        return _meaning(Wording(_ANSWER_TO_OURS.sub("", told.shown))) if told.shown else Verdict("other", "there is nothing written in it")
    verdict = _meaning(written)
    return verdict if is_answer or verdict.opts_out or verdict.label == "urgent" else _graver(told) or verdict


def _graver(subject: Wording) -> Verdict | None:
    """What a subject of the person's own adds: danger, or a wish to stop in more than a word ("Cancel" may be about a visit)."""
    verdict = _meaning(subject)
    if verdict.label == "urgent" or (verdict.opts_out and not _only_order(subject, meanings()["stop"])):
        return replace(verdict, reason=verdict.reason.replace("it says", "its subject says", 1))
    return None


def _says(words: str, start: str = "it says") -> str:
    return f'{start} "{words}"'


def _meaning(text: Wording) -> Verdict:
    """The gravest meaning of a text."""
    known = meanings()
    if machine := _announces_machine(text) or known["auto_reply"].says.find(text, known["auto_reply"].never):
        return Verdict("auto_reply", _says(machine, "a machine wrote it: it says"), "automatic")
    stops = _stops(text)
    if danger := _danger(text):
        both = f', and "{stops}"' if stops else ""
        return Verdict("urgent", _says(danger) + both, opts_out=bool(stops))
    if stops:
        return Verdict("stop", _says(stops), opts_out=True)
    return _away(text) or _order(text) or _for_a_person(text) or _answer(text) or _pleasant(text) or _unclear(text)


def _unclear(text: Wording) -> Verdict:
    return Verdict("other", "it is none of the plain answers: a person reads it" if text.words else "there are no words in it")


def _core(words: Iterable[Word]) -> list[str]:
    """The words without "please" and the like, none twice in a row."""
    polite = meanings()["polite"].vocabulary
    core: list[str] = []
    for word in words:
        if word.text not in polite and core[-1:] != [word.text]:
            core.append(word.text)
    return core


def _is_one_of(words: Iterable[Word], phrases: frozenset[str]) -> bool:
    """Whether the words are one of the phrases, with or without "please", spelled out letter by letter, or several."""
    words = list(words)[:20]
    plain, core = " ".join(word.text for word in words), _core(words)
    if not core:
        return plain in phrases
    spelled = "".join(core) if len(core) > 2 and all(len(word) == 1 for word in core) else ""
    return plain in phrases or " ".join(core) in phrases or spelled in phrases or phrases.issuperset(core)


def _is_unsubscribe(word: str) -> bool:
    """Whether a word is "unsubscribe" with one or two slips."""
    if not (word.startswith("un") and 8 <= len(word) <= 14) or word in _UNSUBSCRIBE:
        return False
    from rapidfuzz.distance import OSA

    return word.startswith("unsubscrib") or OSA.distance(word, "unsubscribe", score_cutoff=_UNSUBSCRIBE_SLIPS) <= _UNSUBSCRIBE_SLIPS


def _only_order(text: Wording, order: Meaning) -> str:
    """The whole text, if it is nothing but an order."""
    if len(text.words) > 12:
        return ""
    signs = "".join(text.shown.split()).rstrip("\ufe0f") if not text.words else ""
    return text.quote(0, len(text.shown)) if signs in order.alone or _is_one_of(text.words, order.alone) else ""


def _clause_order(text: Wording, order: Meaning) -> str:
    """The first or last clause, or a whole sentence, if it is nothing but an order."""
    for place, clause in enumerate(text.clauses):
        if len(clause) > 6 or not clause:
            continue
        outermost = place in (0, len(text.clauses) - 1)
        if (outermost or _is_sentence(text, clause)) and _is_one_of(clause, order.clause):
            return text.quote(clause[0].start, clause[-1].end)
    return ""


def _is_sentence(text: Wording, clause: list[Word]) -> bool:
    before, after = text.folded[max(0, clause[0].start - 3) : clause[0].start], text.folded[clause[-1].end : clause[-1].end + 3]
    return any(mark in before for mark in ".!?\n") and any(mark in after for mark in ".!?\n")


def _stops(text: Wording) -> str:
    """The words that want no more messages, or ""."""
    stop = meanings()["stop"]
    whole = _only_order(text, stop) or _clause_order(text, stop) or _opens_with(text, stop)
    return whole or stop.says.find(text, stop.never) or _misspelled(text)


def _misspelled(text: Wording) -> str:
    return next((word.text for word in text.words if _is_unsubscribe(word.text)), "")


def _danger(text: Wording) -> str:
    known = meanings()
    urgent, heat, frail = known["urgent"], known["no_heat"], known["frail"]
    if found := _only_order(text, urgent) or urgent.says.find(text, urgent.never):
        return found
    cold = heat.says.find(text, heat.never)
    weak = frail.says.find(text, frail.never) if cold else ""
    return f'{cold}" and "{weak}' if weak else ""


def _announces_machine(text: Wording) -> str:
    machine = meanings()["auto_reply"]
    first = text.clauses[0] if text.words else []
    if _is_one_of(first, machine.clause) or (first and machine.opens.end(text, first[0])):
        return text.quote(first[0].start, first[-1].end)
    return ""


def _away(text: Wording) -> Verdict | None:
    """Somebody is away: a machine wrote it, unless it asks something."""
    away = meanings()["away"]
    found = away.says.find(text, away.never)
    if not found or "?" in text.folded:
        return None
    return Verdict("auto_reply", _says(found, "it reads like an automatic answer: it says"), "automatic")


def _order(text: Wording) -> Verdict | None:
    start, help_ = meanings()["start"], meanings()["help"]
    if words := _only_order(text, help_):
        return Verdict("help", _says(words))
    words = _only_order(text, start) or start.says.find(text, start.never)
    return Verdict("start", _says(words)) if words else None


def _for_a_person(text: Wording) -> Verdict | None:
    """A limit, another address, a wrong number, anger or a question."""
    known = meanings()
    if words := known["stop"].limits.find(text):
        return Verdict("other", _says(words, "it limits when or how to write and is no stop: it says"))
    if words := known["new_address"].says.find(text):
        return Verdict("other", _says(words, "their address may be another one: it says"))
    if words := known["wrong_number"].says.find(text):
        return Verdict("other", _says(words, "somebody else may have this number: it says"))
    if words := known["complaint"].says.find(text, known["complaint"].never):
        return Verdict("complaint", _says(words))
    asks = _question(text)
    return Verdict("question", asks) if asks else None


def _question(text: Wording) -> str:
    question, polite = meanings()["question"], meanings()["polite"].vocabulary
    if "?" in text.folded or "¿" in text.folded:
        return "it has a question mark"
    for clause in text.clauses:
        for word in clause[:4]:
            end = question.opens.end(text, word)
            if end and end > question.never.end(text, word):
                return _says(text.quote(word.start, end))
            if word.text not in polite and word.text not in {"and", "also", "so", "but", "or", "y", "pero"}:
                break
    found = question.says.find(text, question.never)
    return _says(found) if found else ""


def _answer(text: Wording) -> Verdict | None:
    """A yes or a no that nothing speaks against."""
    yes, no = meanings()["yes"], meanings()["no"]
    if not text.words:
        return _sign(text)
    if len(text.words) > _LONGEST_ANSWER:
        return None
    if refused := no.says.find(text, no.never) or _only_order(text, no):
        return Verdict("no", _says(refused))
    more = text.vocabulary & meanings()["caution"].vocabulary
    if (opening := _opens_with(text, no)) and not more - {"no", "not", "dont", "cant", "wont", "isnt", "didnt", "havent"}:
        rest = _beside(text, no.vocabulary)
        return Verdict("no", _says(opening)) if len(rest) <= _FEW_MORE else None
    if agreed := _only_order(text, yes):
        return Verdict("yes", _says(agreed), "pleasant")
    agreed = _opens_with(text, yes) or yes.says.find(text, yes.never)
    if not agreed or more or meanings()["caution"].says.find(text):
        return None
    if not _beside(text, yes.vocabulary | meanings()["pleasant"].vocabulary) and not yes.limits.find(text):
        return Verdict("yes", _says(agreed), "pleasant")
    return Verdict("yes", f"{_says(agreed)}, and more that a person should read")


def _sign(text: Wording) -> Verdict | None:
    """A yes or a no as a picture alone."""
    said = {label: sign for label in ("yes", "no") for sign in meanings()[label].alone if not sign.isascii() and sign in text.shown}
    if len(said) != 1:
        return None
    label, sign = said.popitem()
    return Verdict("yes", _says(sign), "pleasant") if label == "yes" else Verdict("no", _says(sign))


def _opens_with(text: Wording, answer: Meaning) -> str:
    """How the answer begins, after a greeting ("Hi Dana, yes")."""
    polite = meanings()["polite"].vocabulary
    for clause in text.clauses[:3]:
        for word in clause:
            end = answer.opens.end(text, word)
            if end:
                return text.quote(word.start, end) if end > answer.never.end(text, word) else ""
            if word.text not in polite:
                break
        if clause and (clause[0].text not in polite or len(clause) > _GREETING):
            return ""
    return ""


def _beside(text: Wording, vocabulary: frozenset[str]) -> set[str]:
    """The words that are not in the vocabulary, and are no number."""
    return {word for word in text.vocabulary - vocabulary if word != "#"}


def _pleasant(text: Wording) -> Verdict | None:
    """Thanks and good wishes, and nothing else."""
    pleasant, thanks = meanings()["pleasant"], meanings()["thanks"].vocabulary
    if text.words:
        kind = _only_order(text, pleasant) or (text.vocabulary & thanks and not _beside(text, pleasant.vocabulary))
    else:
        kind = any(sign in text.shown for sign in thanks if not sign.isascii())
    return Verdict("other", f"{_says(text.quote(0, len(text.shown)))}, and asks for nothing", "pleasant") if kind else None
