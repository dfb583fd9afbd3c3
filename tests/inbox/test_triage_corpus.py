"""Fifty-five thousand ordinary texts that people wrote to one another: none of them is taken for an order to stop, or for danger."""

import os
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest

from contractor_ops.inbox.triage import classify

SAMPLES = Path(os.environ.get("CONTRACTOR_OPS_SAMPLES") or Path(__file__).parents[3] / "shared" / "samples")
CORPUS = SAMPLES / "e_replies" / "nus_sms_corpus_en_2015_xml.zip"

# Messages that a person has read, by their id: each does ask to be left in peace.
WISHES_TO_STOP = {
    1766, 1818, 3343, 3514, 3605, 5222, 5491, 5635, 6000, 11086, 16961, 26970, 28451, 28452, 28548, 41533, 43154, 43248, 45295, 45569,
}  # fmt: skip
FIRE = {7862}  # a message of that one word
MACHINES = {3816}
"""Says of itself that it was generated."""


@pytest.mark.skipif(not CORPUS.exists(), reason="the NUS SMS corpus is not on this machine (nus_sms_corpus_en_2015_xml.zip)")
def test_ordinary_texts_are_neither_stops_nor_alarms() -> None:
    with zipfile.ZipFile(CORPUS) as packed:
        messages = ET.fromstring(packed.read(packed.namelist()[0])).findall("message")
    found = defaultdict(set)
    for message in messages:
        found[classify(message.findtext("text") or "").label].add(int(message.get("id", "0")))
    assert len(messages) > 55_000
    assert (found["stop"], found["urgent"], found["auto_reply"]) == (WISHES_TO_STOP, FIRE, MACHINES)
    assert len(found["start"]) + len(found["help"]) < 20
    assert all(len(found[label]) > 100 for label in ("yes", "no", "question", "complaint", "other"))
