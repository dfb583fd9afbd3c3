"""What a person must look at before a message leaves, and whether what they released still stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from contractor_ops.planning.composer import Words
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.phrases import money, on_any_day
from contractor_ops.planning.ready import Credits, Ready
from contractor_ops.planning.screen import amount_of
from contractor_ops.planning.told import Told
from contractor_ops.recipe import Recipe
from contractor_ops.tables.columns import TableSpec

RELEASES = "a person releases it"
"""Why a message waits in a recipe whose mode is "approve", when nothing else is the matter."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything that speaks against a message."""

    recipe: Recipe
    spec: TableSpec
    facts: Facts
    credits: Credits
    undelivered: Mapping[str, str]
    told: Told

    def released(self, bundle: list[Ready], words: Words) -> bool:
        """Whether a person has released these very rows and words."""
        return bool(words.body) and all(
            one.release is not None and one.release.state == "approved"
            and one.release.row_hash == one.row.hash and one.release.words_hash == words.hash
            for one in bundle
        )  # fmt: skip

    def stands(self, bundle: list[Ready], words: Words) -> bool:
        """Whether their release still holds: nobody knew of a doubt that has come up since."""
        return self.released(bundle, words) and not self.came_up(bundle, words)

    def came_up(self, bundle: list[Ready], words: Words) -> list[str]:
        """The doubts that were not told to whoever released it."""
        shown = [on_any_day(one.release.reason) for one in bundle if one.release]
        return [doubt for doubt in self.doubts(bundle, words) if not all(on_any_day(doubt) in reason for reason in shown)]

    def doubts(self, bundle: list[Ready], words: Words) -> list[str]:
        """What is the matter with the rows, the address or the sum."""
        found = [doubt for one in bundle for doubt in one.doubts]
        if why := self.undelivered.get(words.to or ""):
            found.append(f"the last message to {words.to} did not arrive ({why})")
        credit = self.credits.by_key.get(bundle[0].contact.key) if bundle[0].contact.key else None
        if credit and self._covers(credit, bundle):
            found.append(f"the customer's credit of {money(credit, self.facts.currency)} covers what is owed")
        if credit and self.told.elsewhere(bundle):
            found.append(
                f"their credit of {money(credit, self.facts.currency)} is taken off in another message too, so this sum may be too low"
            )
        return list(dict.fromkeys(found))

    def reasons(self, bundle: list[Ready], words: Words) -> str:
        """Why a person is asked, "" where nothing is to be asked."""
        found = self.doubts(bundle, words)
        if any(one.backlog for one in bundle):
            found.append("it fell due more than a week before the first sending: old business that a person releases or drops")
        if self.released(bundle, words):
            found.append("this came up after it was released")
        elif any(one.release and one.release.state == "approved" for one in bundle):
            found.append("the row or the words have changed since they were released")
        if not found and self.recipe.mode == "approve":
            found.append(RELEASES)
        return "; ".join(found)

    def _covers(self, credit: Decimal, bundle: list[Ready]) -> bool:
        owed = [amount for one in bundle if isinstance(amount := amount_of(one.row.record), Decimal)]
        return "balance" in self.spec.column_names and sum(owed) <= credit
