"""The recipe to begin with: the one that mends the first dropped ball of the office's scorecard."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from contractor_ops.config import read_config
from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.reports.scorecard_words import of_how_many
from contractor_ops.work.scorecard import scorecard_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recipe, and the leak that it mends, in a sentence."""

    recipe: str
    sentence: str


def office_to_be(folder: Path, config: str) -> Office:
    """The office that a config.toml would make of a folder."""
    return Office(folder, read_config(config.encode()))


def proposal_of(office: Office, now: datetime) -> Proposal | None:
    """What to begin with; None where nothing slips through, or nothing can be told."""
    try:
        first = scorecard_of(office, now).first
    except ContractorOpsError:
        return None
    if first is None:
        return None
    worth = f", ${first.money:,.0f} ({first.sure}: {first.because})" if first.money is not None else ""
    return Proposal(first.recipe, f"{first.title}: {of_how_many(first)}{worth}.")
