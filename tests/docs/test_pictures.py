"""Every picture of the documents is shown somewhere, is taken by the script, fetches nothing from elsewhere and says what it shows."""

import re
from pathlib import Path

import pytest

from tests.docs.documents import DOCUMENTS, ROOT

PICTURES = sorted((ROOT / "docs" / "pictures").iterdir())
SCRIPT = ROOT / "docs" / "make_pictures.py"
_SHOWN = re.compile(r"!\[([^\]]+)\]\((?:docs/)?pictures/([\w.-]+)\)")
_SHOWN_SMALL = re.compile(r'<img src="(?:docs/)?pictures/([\w.-]+)"[^>]* alt="([^"]+)"')


def shown() -> dict[str, str]:
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    return {name: words for words, name in _SHOWN.findall(text)} | dict(_SHOWN_SMALL.findall(text))


def taken() -> set[str]:
    """What the script names, without starting it: it needs a browser and a terminal."""
    return set(re.findall(r'^    "([\w.-]+)": lambda ', SCRIPT.read_text(encoding="utf-8"), re.MULTILINE))


def test_each_picture_is_shown_with_words_for_who_cannot_see_it_and_is_taken_by_the_script() -> None:
    names = {picture.name for picture in PICTURES}
    assert set(shown()) == names == taken()
    assert all(len(words.split()) > 2 for words in shown().values())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_small_and_fetches_nothing(picture: Path) -> None:
    data = picture.read_bytes()
    assert 5_000 < len(data) < 250_000
    assert not re.search(rb"url\(\s*\"?https?:|href=|<script", data)
