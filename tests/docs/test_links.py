import re
from pathlib import Path

import pytest

from tests.docs.documents import DOCUMENTS, ROOT, prose

_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def anchors(document: Path) -> set[str]:
    """What a heading is called in an address: small letters, hyphens for blanks, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in _LINK.findall(prose(document)):
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


def test_the_readme_leads_to_every_document() -> None:
    links = {link.partition("#")[0] for link in _LINK.findall(prose(ROOT / "README.md"))}
    assert {document.relative_to(ROOT).as_posix() for document in DOCUMENTS if document.name != "README.md"} <= links
    assert {"config.example.toml", "crontab.example"} <= links
