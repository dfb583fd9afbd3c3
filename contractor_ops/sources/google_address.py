"""What a Google Sheet is named by in config.toml: the address in a browser, the key in it, or its title."""

import re
from dataclasses import dataclass

_KEY_IN_ADDRESS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([\w-]{20,})|[?&](?:key|id)=([\w-]{20,})|/file/(?:u/\d+/)?d/([\w-]{20,})")
_KEY = re.compile(r"[\w-]{40,}|(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w-]{33}", re.ASCII)  # 33 are those of files that were uploaded
_COPY = "Open the sheet in a browser and copy the address from the top: https://docs.google.com/spreadsheets/d/…/edit"


@dataclass(frozen=True, slots=True)
class Address:
    """One of the two: a spreadsheet's key, or its title."""

    key: str = ""
    title: str = ""


def address_of(text: str) -> Address:
    """Read the address, key or title. Raises ValueError with a sentence for an address that leads to no Google Sheet."""
    text = text.strip()
    if _KEY.fullmatch(text):
        return Address(key=text)
    if not re.match(r"(https?:/|docs\.google\.|drive\.google\.)", text):
        return Address(title=text)
    if "/spreadsheets/d/e/" in text:
        raise ValueError(f"this is the address of a published copy, which cannot be read. {_COPY}")
    found = _KEY_IN_ADDRESS.search(text)
    if found is None:
        raise ValueError(f"this is not the address of a Google Sheet. {_COPY}")
    return Address(key=next(filter(None, found.groups())))
