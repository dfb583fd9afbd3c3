"""Quotations, signatures and our own words are cut before an answer is judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.channels.mail import WAY_OUT
from contractor_ops.inbox.newly_written import newly_written
from contractor_ops.inbox.triage import classify

OURS = f"""Hi Ann,

any questions about the estimate for the gas leak repair ($4,200.00)? Please do not text me back, reply STOP to opt out.
Stop by any time, or unsubscribe.

Northside Heating & Air, 412 Kedzie Ave, Chicago, IL 60618
{WAY_OUT}"""
MARKED = "\n".join(f"> {line}".rstrip() for line in OURS.splitlines())
TWICE = "\n".join(f"> {line}".rstrip() for line in MARKED.splitlines())

QUOTED = {
    "gmail": f"\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside Heating & Air <office@northside.example> wrote:\n\n{MARKED}",
    "gmail, header wrapped": f"\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside Heating & Air <\noffice@northside.example> wrote:\n\n{MARKED}",
    "gmail, not marked": f"\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside Heating & Air <office@northside.example> wrote:\n\n{OURS}",
    "gmail, Spanish": f"\n\nEl lun, 23 nov 2026 a las 10:00, Northside Heating & Air (<office@northside.example>) escribió:\n\n{MARKED}",
    "gmail, Spanish, not marked": f"\n\nEl lun, 23 nov 2026 a la(s) 10:00 a.m., Northside Heating & Air (office@northside.example) escribió:\n{OURS}",
    "apple mail": f"\n\nSent from my iPhone\n\n> On Nov 23, 2026, at 10:00 AM, Northside Heating & Air <office@northside.example> wrote:\n> \n{MARKED}",
    "apple mail, older": f"\n\nOn Nov 23, 2026, at 10:00 AM, Northside Heating & Air <office@northside.example> wrote:\n\n{MARKED}",
    "apple mail, Spanish": f"\n\nEnviado desde mi iPhone\n\n> El 23 nov 2026, a la(s) 10:00 a.m., Northside Heating & Air <office@northside.example> escribió:\n> \n{MARKED}",
    "outlook": f"\n\nFrom: Northside Heating & Air <office@northside.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Ann Li <ann@customer.example>\nSubject: Your estimate\n\n{OURS}",
    "outlook, with line": f"\n\n________________________________\nFrom: Northside Heating & Air <office@northside.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Ann Li\nSubject: Your estimate\n\n{OURS}",
    "outlook, bold": f"\n\n*From:* Northside Heating & Air <office@northside.example>\n*Sent:* Monday, November 23, 2026 10:00 AM\n*To:* Ann Li\n*Subject:* Your estimate\n\n{OURS}",
    "outlook, Spanish": f"\n\nDe: Northside Heating & Air <office@northside.example>\nEnviado: lunes, 23 de noviembre de 2026 10:00\nPara: Ann Li\nAsunto: Your estimate\n\n{OURS}",
    "outlook on a phone": f"\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Northside Heating & Air\nSent: Monday, November 23, 2026 10:00:00 AM\nTo: Ann Li\nSubject: Your estimate\n\n{OURS}",
    "original message": f"\n\n-----Original Message-----\nFrom: Northside Heating & Air\nSent: Monday\nTo: Ann Li\nSubject: Your estimate\n\n{OURS}",
    "samsung": f"\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Northside Heating & Air <office@northside.example>\nDate: 11/23/26 10:00 AM (GMT-06:00)\nTo: Ann Li\nSubject: Your estimate\n\n{OURS}",
    "mensaje original": f"\n\n-----Mensaje original-----\nDe: Northside Heating & Air\nEnviado el: lunes\nPara: Ann Li\nAsunto: Your estimate\n\n{OURS}",
    "yahoo": f"\n\nOn Monday, November 23, 2026 at 10:00:00 AM CST, Northside Heating & Air <office@northside.example> wrote:\n\n {OURS}",
    "yahoo on a phone": f"\n\nYahoo Mail: Search, Organize, Conquer\n\nOn Mon, Nov 23, 2026 at 10:00 AM, Northside Heating & Air<office@northside.example> wrote:\n{OURS}",
    "forwarded": f"\n\n---------- Forwarded message ---------\nFrom: Northside Heating & Air <office@northside.example>\nDate: Mon, Nov 23, 2026\nSubject: Your estimate\nTo: <ann@customer.example>\n\n{OURS}",
    "marked only": f"\n\n{MARKED}",
    "marked twice": f"\n\nOn Mon, Nov 23, 2026 Bob <bob@customer.example> wrote:\n\n{TWICE}",
    "footer only": f"\n\n{WAY_OUT}",
    "footer wrapped": f"\n\n> {WAY_OUT.replace(' with ', ' with' + chr(10))}",
    "footer wrapped and marked": "\n\n" + "\n".join(f"> {line}" for line in WAY_OUT.replace(" reply ", "\nreply ").splitlines()),
    "footer with a curly apostrophe": "\n\n" + WAY_OUT.replace("'", "’"),
    "Windows line ends": f"\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside <office@northside.example> wrote:\n\n{MARKED}".replace("\n", "\r\n"),
    "nothing": "",
}  # fmt: skip
SIGNED = {
    "none": "", "iphone": "\n\nSent from my iPhone", "samsung": "\n\nSent from my T-Mobile 4G LTE Device", "dashes": "\n\n-- \nAnn Li\nStop Sign Rentals, unsubscribe at our desk",
    "Spanish": "\n\nEnviado desde mi iPhone", "yahoo": "\nSent from Yahoo Mail on Android",
}  # fmt: skip
ANSWERS = [
    "Yes, please go ahead",
    "No thanks",
    "How much is it?",
    "thanks!",
    "Please take me off your list",
    "STOP",
    "I smell gas",
    "The gate code is 4471",
    "sí, por favor",
]


@pytest.mark.parametrize("quoted", QUOTED)
@pytest.mark.parametrize("answer", ANSWERS)
def test_quoting_us_never_changes_the_verdict(answer: str, quoted: str) -> None:
    assert newly_written(answer + QUOTED[quoted]) == answer
    assert classify(answer + QUOTED[quoted], "Re: Your estimate") == classify(answer)


@given(st.sampled_from(ANSWERS), st.sampled_from(sorted(SIGNED)), st.sampled_from(sorted(QUOTED)), st.sampled_from(["\n", "\r\n"]))
def test_signatures_change_nothing_either(answer: str, signed: str, quoted: str, line_end: str) -> None:
    text = (answer + SIGNED[signed] + QUOTED[quoted]).replace("\r\n", "\n").replace("\n", line_end)
    assert classify(text, "Re: Your estimate") == classify(answer)


@pytest.mark.parametrize("quoted", [name for name in QUOTED if name not in ("nothing", "footer wrapped")])
def test_a_quotation_alone_says_nothing(quoted: str) -> None:
    verdict = classify(QUOTED[quoted], "Re: Your estimate")
    assert (verdict.label, verdict.opts_out) == ("other", False), verdict.reason


@pytest.mark.parametrize(
    "header",
    [
        "On Mon, Nov 23, 2026 Northside <office@northside.example> wrote:",
        "El lun, 23 nov 2026, Northside (<office@northside.example>) escribió:",
    ],
)
def test_an_answer_below_the_quotation_is_read(header: str) -> None:
    assert newly_written(f"{header}\n\n{MARKED}\n\nplease stop e-mailing me\n") == "please stop e-mailing me"
    assert newly_written(f"Hi Dana,\n\n{header}\n{MARKED}\n\nyes, see below") == "Hi Dana,\n\n\n\nyes, see below"


def test_answers_between_quoted_lines_are_read() -> None:
    assert classify("> Any questions?\nno\n> Shall we start?\nplease stop e-mailing me\n> Thanks").opts_out


@pytest.mark.parametrize(
    "text",
    [
        "Thanks,\nbut please stop texting me",
        "Best,\nstop e-mailing me",
        "- please take me off your list\n- thanks",
        "Warning: stop e-mailing me",
        "On second thought\nstop texting me",
    ],
)
def test_no_wish_is_cut_off_as_a_signature(text: str) -> None:
    assert classify(text).opts_out


@pytest.mark.parametrize(("text", "kept"), [
    ("yes", "yes"), ("  yes \r\n", "yes"), ("yes\n\nSent from my iPhone", "yes"), ("Sent from my iPhone", ""), ("", ""), ("\n\n", ""),
    ("yes\n--\nAnn", "yes"), ("--\nAnn", "--\nAnn"), ("yes\n—\nAnn", "yes"), ("-- yes --", "-- yes --"), ("I wrote:\nnothing", "I wrote:\nnothing"),
    ("From: the shop\nyes", "From: the shop\nyes"), ("Liked “Reply STOP to opt out”", "Liked"), ('Questioned "See you at 9"', "Questioned"), ("👍 to “I smell gas”", "👍"),
    ("> STOP", "> STOP"), ("On Monday I wrote: stop", "On Monday I wrote: stop"),
])  # fmt: skip
def test_what_was_newly_written(text: str, kept: str) -> None:
    assert newly_written(text) == kept


LONG = {
    "one letter": "a", "blanks": " ", "lines": "\n", "quotation marks": ">", "On": "On ", "On lines": "On a\n", "wrote": "On x wrote ", "From lines": "From: a\n", "From blanks": "From: " + " " * 400,
    "dashes": "-", "underscores": "_", "stop": "stop ", "stop by": "stop by the ", "gas": "gas leak no ", "smell": "smell ", "don't": "don't ", "no heat baby": "no heat ", "dots": "stop.", "questions": "?",
    "brackets": "<", "mails": "<a@b.example> ", "emoji": "🛑", "combining": "e\u0301\u0316", "RTL": "\u202eشكرا ", "quotes": "“", "liked": "liked “", "digits": "1 ", "letters": "s t o p ", "footer": "If you'd rather ",
    "unsubscribe": "unsubscribx ", "apostrophes": "don't'", "escribió": "El a\nescribió ", "sent from": "sent from ", "zero width": "\u200b", "surrogates": "\ud800", "www": "www.", "mixed lines": "De: x\n> On y\n",
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_long_texts_come_to_an_end(name: str) -> None:
    """Were any pattern's time to grow with the square of the length, this would take hours."""
    text = (LONG[name] * 50_000)[:50_000]
    assert classify(text, text[:1000]).reason


@given(st.text(), st.text(max_size=40))
def test_any_text_gives_a_verdict(text: str, subject: str) -> None:
    verdict = classify(text, subject)
    assert verdict.reason
    verdict.reason.encode()
    assert newly_written(newly_written(text)) == newly_written(text) or "\n" in text


@given(st.text(alphabet=st.characters(), max_size=200))
def test_characters_of_all_kinds_are_taken(text: str) -> None:
    assert classify(text).reason.encode()


@given(
    st.sampled_from(
        [
            "stop",
            "unsubscribe",
            "cancel",
            "end",
            "quit",
            "revoke",
            "optout",
            "opt out",
            "remove",
            "stopall",
            "alto",
            "cancelar",
            "parar",
            "basta",
        ]
    ),
    st.lists(st.booleans(), min_size=12, max_size=12),
    st.text(alphabet=" \n\t.!?,*\"'-🛑🙏😡👍~()\u200b\u202e", max_size=6),
    st.text(alphabet=" \n\t.!?,*\"'🛑🙏😡👍~()\u200b\u202e", max_size=6),
)
def test_case_and_punctuation_never_change_an_order(word: str, capitals: list[bool], before: str, after: str) -> None:
    written = "".join(letter.upper() if big else letter for letter, big in zip(word, capitals, strict=False))
    verdict = classify(f"{before}{written}{after}")
    assert (verdict.label, verdict.opts_out) == ("stop", True), verdict.reason


def test_nothing_at_all_is_taken() -> None:
    assert classify(None, None).label == "other"  # type: ignore[arg-type]
