"""Whose number or address this is, asked of the office's tables."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of, may_match
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.record import Record, Table

LOOKED_IN = ("customers", "leads", "jobs", "estimates", "invoices")
_NO_DIGIT, _ENDING = re.compile("[^0-9]+"), 7
_EMAIL = re.compile(r"[^\s,;:<>()\[\]\"]+@[^\s,;:<>()\[\]\"]+")


def whose(office: Office, address: str) -> tuple[str | None, str]:
    """The customer's name and key; (None, "") for a stranger, or where two different names stand beside one address."""
    for table in _tables(office):
        found: dict[str, tuple[str, str]] = {}
        for record in _cleaned(office, table, (one for one in table.records if may_match(one, (address,)))):
            contact = contact_of(record, CustomerList())
            who = str(record["name"] or record["customer"] or "")
            if address in contact.addresses and who:
                found.setdefault(normal_name(who), (who, contact.key))
        if len(found) > 1:
            return None, ""
        if found:
            return next(iter(found.values()))
    return None, ""


def names_at(office: Office, addresses: Collection[str]) -> dict[str, str]:
    """The names that stand beside these addresses, where the tables tell one or several."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    endings, emails = {one[-_ENDING:] for one in addresses if "@" not in one}, {one for one in addresses if "@" in one}
    for table in _tables(office) if addresses else ():
        for record in _cleaned(office, table, (one for one in table.records if _is_near(one, endings, emails))):
            who = str(record["name"] or record["customer"] or "")
            for address in set(contact_of(record, CustomerList()).addresses) & set(addresses):
                if who:
                    found[address].setdefault(normal_name(who), who)
    return {address: " or ".join(names.values()) for address, names in found.items()}


def _is_near(record: Record, endings: set[str], emails: set[str]) -> bool:
    """A quick look at a row's uncleaned phone and e-mail, however many addresses are asked for."""
    digits = _NO_DIGIT.sub("", str(record["phone"] or ""))
    parts = (digits[at : at + _ENDING] for at in range(len(digits) - _ENDING + 1))
    return any(part in endings for part in parts) or not emails.isdisjoint(_emails(record))


def customers_written_to(office: Office) -> Callable[[str], bool]:
    """Whether an e-mail address is that of a customer whom we have written to at another address, as far as the tables tell.

    The tables are read when the first address is asked for, and once.
    """
    by_email, by_number = cache(lambda: _rows_by(office, _emails)), cache(lambda: _rows_by(office, _numbers))

    @cache
    def written_to(email: str) -> bool:
        own = by_email().get(email, [])
        others = [row for _, record in own for number in _numbers(record) for row in by_number()[number]]
        known_as = {one for table, record in (*own, *others) for one in _addresses(office, table, record)}
        return any(map(office.ledger.has_written_to, sorted(known_as)))

    return written_to


def _tables(office: Office) -> Iterator[Table]:
    for name in LOOKED_IN:
        try:
            if office.has(name):
                yield office.table(name, complete=False)
        except ContractorOpsError:  # a sheet that cannot be read keeps no reply from being taken; check and run tell about it
            continue


def _cleaned(office: Office, table: Table, records: Iterable[Record]) -> Iterator[Record]:
    spec, country = office.spec(table.name), office.config.office.country
    return (complete_record(record, spec, country, table.columns) for record in records)


def _addresses(office: Office, table: Table, record: Record) -> tuple[str, ...]:
    [cleaned] = _cleaned(office, table, [record])
    return contact_of(cleaned, CustomerList()).addresses


def _rows_by(office: Office, keys: Callable[[Record], Iterable[str]]) -> dict[str, list[tuple[Table, Record]]]:
    found: dict[str, list[tuple[Table, Record]]] = defaultdict(list)
    for table in _tables(office):
        for record in table.records:
            for key in keys(record):
                found[key].append((table, record))
    return found


def _emails(record: Record) -> list[str]:
    return [found.rstrip(".") for found in _EMAIL.findall(str(record["email"] or "").lower())]


def _numbers(record: Record) -> list[str]:
    """The customer's number: in the customers table it is the row's own."""
    number = record["number"] if record.table == "customers" else record["customer_number"]
    return [str(number)] if number else []
