"""config.toml as `init` writes it, and what it would add to one that is there."""

import re
from collections.abc import Sequence
from dataclasses import replace

from contractor_ops.config import Config, TablePart, read_config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.work.init_answers import ZONE_WAS_GUESSED, Answers, answers_in
from contractor_ops.work.init_found import Found, quoted
from contractor_ops.work.init_reach import missing_in_address
from contractor_ops.work.init_sending import sender

_REMARKS_ON_TABLES = re.compile(r"\s+# found:.*|^# (?:Fits too\.|file\b|sheet\b|google_sheet\b).*\n", re.MULTILINE)


def config_text(found: Sequence[Found], answers: Answers) -> str:
    """The whole file."""
    tables = "\n".join(one.block(list(found)) for one in found if one.table) or '# [tables.estimates]\n# file = "estimates.xlsx"\n'
    return f"""# This office, as contractor-ops knows it. Lines that begin with # are remarks or examples.

[office]
name           = {quoted(answers.name)}
timezone       = {quoted(answers.zone)}{"" if answers.timezone else f"        {ZONE_WAS_GUESSED} {answers.guessed.source}"}
country        = "US"
{_or_remark("phone         ", answers.phone, "+13125550100")}
{_postal_address(answers.postal_address)}
business_hours = {{ mon-fri = "08:00-17:00" }}
holidays       = "US"

[people]                                                    # everyone a recipe may name
{_person("owner ", answers.owner, answers.owner_email, answers.owner_phone, "")}
{_person("office", answers.manager, answers.manager_email, answers.manager_phone, ', deputy = "owner"')}

{tables}
{_sending(answers)}
[limits]
per_address_per_day = 1
per_run             = 50
send_between        = "09:00-20:00"
"""


def _or_remark(key: str, value: str, example: str, why: str = "") -> str:
    if value:
        return f"{key} = {quoted(value)}"
    return f'# {key} = "{example}"' + (f"      # {why}" if why else "")


def _postal_address(address: str) -> str:
    lacks = missing_in_address(address)
    remark = f"      # {lacks} may be missing; the law asks for the whole address" if lacks else ""
    why = "stands under e-mails that follow up; the law asks for it"
    return _or_remark("postal_address", address, "12 Example St, Chicago, IL 60601", why) + remark


def _person(key: str, name: str, email: str, phone: str, more: str) -> str:
    said = "".join(f", {what} = {quoted(value)}" for what, value in (("email", email), ("phone", phone)) if value)
    remark = '                   # email = "…", phone = "…"' if not said and not more else ""
    return f"{key} = {{ name = {quoted(name)}{said}{more} }}{remark}"


def _sending(answers: Answers) -> str:
    google = f"[google]\nkey_file = {quoted(answers.google_key_file)}\n\n" if answers.google_key_file else ""
    ways = "\n".join("\n".join([*one.lines, ""]) for one in answers.sending)
    if any(one.part == "email" for one in answers.sending):
        return google + ways
    return google + ways + ("\n" if ways else "") + (_from_only(answers) if answers.sender else "" if ways else _NOTHING_LEAVES)


_NOTHING_LEAVES = """# Without more, messages become files in outbox/ and nothing leaves. Your own mail server:
# [email]
# provider = "smtp"
# from     = "Our office <office@example.com>"
# host     = "mail.example.com"                             # user = "…"; the password is the secret SMTP_PASSWORD
"""


def _from_only(answers: Answers) -> str:
    """Who e-mails come from, while they become files in outbox/."""
    return f"""[email]                                                     # e-mails become files in outbox/ until a provider is named
from     = {quoted(sender(answers.name, answers.sender))}
# provider = "smtp"                                         # your own mail server; or "sendgrid"
# host     = "mail.example.com"                             # user = "…"; the password is the secret SMTP_PASSWORD
"""


def new_tables(config: Config, found: Sequence[Found]) -> list[Found]:
    """What was found and config.toml does not name."""
    return [one for one in found if one.table and one.table not in config.tables]


def with_tables(text: str, new: Sequence[Found], found: Sequence[Found]) -> str:
    """config.toml with more tables. As `init` wrote it, they stand beside the others; in one that a person has changed, at its end.

    Raises FilesNeedMending where that would be no config.toml any more.
    """
    if not new:
        return text
    config = read_config(text.encode())
    named = _as_found(config, found)
    answers = answers_in(config, text)
    if named is not None and _without_remarks(config_text(named, answers)) == _without_remarks(text):
        return config_text([*named, *new, *_rivals(found)], answers)
    ending = "\r\n" if "\r\n" in text else "\n"
    blocks = "\n".join(["", *(one.block(list(found)) for one in new)]).rstrip("\n") + "\n"
    whole = text.rstrip() + ending + blocks.replace("\n", ending)
    try:
        read_config(whole.encode())
    except FilesNeedMending:
        raise FilesNeedMending(
            ["config.toml is written so that nothing can be put at its end."], "Put these lines where they belong:" + blocks
        ) from None
    return whole


def renewed(text: str, new: Sequence[Found], found: Sequence[Found]) -> str:
    """config.toml as it would be written today, with what the present one says of the office and its people."""
    config = read_config(text.encode())
    named = [_of_part(name, part, found) for name, part in config.tables.items()]
    return config_text([*(one for one in named if one), *new, *_rivals(found)], answers_in(config, text))


def _rivals(found: Sequence[Found]) -> list[Found]:
    return [one for one in found if one.instead_of]


def _as_found(config: Config, found: Sequence[Found]) -> list[Found] | None:
    """The tables of config.toml, None where one of them is not as `init` writes it."""
    named = [_of_part(name, part, found) for name, part in config.tables.items()]
    return None if None in named else [one for one in named if one]


def _of_part(name: str, part: TablePart, found: Sequence[Found]) -> Found | None:
    if part.files or part.sheets or part.source or part.write_back:
        return None
    one = Found(part.file, name, part.sheet or None, google=part.google_sheet, said=part.columns)
    same = next((other for other in found if other.table == name and replace(other, said=part.columns).lines == one.lines), None)
    return replace(one, columns=same.columns, rows=same.rows) if same else one


def _without_remarks(text: str) -> str:
    return _REMARKS_ON_TABLES.sub("", text)
