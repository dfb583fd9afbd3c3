"""What `check` sees in config.toml itself: who the office is, its people, who reads the digest."""

from collections.abc import Iterator

from contractor_ops.office import CONFIG, Office
from contractor_ops.office_channels import NOBODY
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.init import ZONE_WAS_GUESSED, Answers
from contractor_ops.work.init_reach import missing_in_address, why_no_texts

_ADDRESS = 'Write it as on an envelope: postal_address = "412 Kedzie Ave, Chicago, IL 60618".'
_PHONE = 'Write it like phone = "(312) 555-0100".'


def check_config(office: Office) -> Iterator[Finding]:
    """What config.toml says of the office, and what it leaves out."""
    part = office.config.office
    yield Finding("ok", CONFIG, f"{part.name}, {part.timezone}")
    yield from (Finding("warning", CONFIG, message, remedy) for message, remedy in (*_office_part(office), *_people(office)))
    yield from _digest(office)


def _digest(office: Office) -> Iterator[Finding]:
    """Whether everybody who is to read the digest can get it."""
    digest, people = office.config.digest, office.config.people
    if not (digest.daily or digest.weekly or "to" in digest.model_fields_set):
        return
    for key in digest.to:
        if key not in people:
            yield Finding("warning", CONFIG, f'[digest]: "{key}" is not in [people]', "Write the person there, or take the key out of to.")
        elif not people[key].email:
            yield Finding("warning", CONFIG, f"[digest]: {people[key].name} has no e-mail address", 'Write email = "…" in [people].')


def _office_part(office: Office) -> Iterator[tuple[str, str]]:
    part = office.config.office
    if part.name == Answers().name:
        yield f'office.name is still "{part.name}"', "Write your own name: customers read it in every message."
    if ZONE_WAS_GUESSED in (office.folder / CONFIG).read_text(encoding="utf-8-sig"):
        yield (f"office.timezone {part.timezone} was guessed by init",
               f'When it is right, take away "{ZONE_WAS_GUESSED}" behind it; else write your own, like "America/Chicago".')  # fmt: skip
    if not part.postal_address:
        yield "office.postal_address is missing; e-mails that follow up must carry it by law", _ADDRESS
    elif part.country in {"US", "CA"} and (lacks := missing_in_address(part.postal_address)):
        yield (f'office.postal_address "{part.postal_address}" has no {lacks.replace("a ", "")}; e-mails that follow up must carry all of it by law',
               _ADDRESS)  # fmt: skip
    if not part.phone:
        yield "office.phone is missing", _PHONE
    elif clean_phone(part.phone, part.country)[0] is None:
        yield f'office.phone "{part.phone}" is no telephone number, and customers would read it', _PHONE
    elif _has_extension(part.phone, part.country):
        yield (f'office.phone "{part.phone}" has an extension: customers read it, and what they text to it reaches nobody',
               "Write a number that can be called and texted as it is.")  # fmt: skip
    if office.sender.from_address == NOBODY:
        yield f"[email] has no from: e-mails would come from {NOBODY}", 'Add from = "Your office <you@your-office.example>" under [email].'


def _people(office: Office) -> Iterator[tuple[str, str]]:
    for key in ("owner", "office"):
        if key not in office.config.people:
            yield (f'[people] has no "{key}"; the recipes that ship name "owner" and "office"',
                   f'Add {key} = {{ name = "…", email = "…" }} under [people].')  # fmt: skip
    for key, person in office.config.people.items():
        if not person.email and not person.phone:
            yield (
                f"people.{key} ({person.name}) has neither e-mail nor phone",
                'Add email = "…" or phone = "…": else nobody can tell them anything.',
            )
        elif person.phone and (wrong := _no_texts(person.phone, office.config.office.country)):
            yield f"people.{key}.phone ({person.name}) {wrong}", "Write a mobile, or take it out: what is urgent is texted to it."


def _no_texts(phone: str, country: str) -> str:
    """Why texts do not reach one of our people, "" where they may."""
    number, trouble = clean_phone(phone, country)
    if number is None:
        return f'"{phone}" is no telephone number{f": {trouble}" if trouble else ""}'
    if _has_extension(phone, country):
        return f'"{phone}" has an extension: texts cannot reach it'
    return why_no_texts(number) if country == "US" else ""


def _has_extension(phone: str, country: str) -> bool:
    return ";ext=" in (clean_phone(phone, country)[0] or "")
