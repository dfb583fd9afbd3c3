"""The scorecard as a page, with its chart."""

from contractor_ops.figures.leak import Sure
from contractor_ops.reports.charts import leaks_chart
from contractor_ops.reports.page import file_page
from contractor_ops.reports.scorecard import Scorecard
from contractor_ops.reports.scorecard_words import ORDER, cannot_be_told, in_parts, looked_at, of_how_many, read_from

_COLOURS: dict[Sure, str] = {"sure": "good", "fairly sure": "warn", "a guess": "small"}


def scorecard_page(card: Scorecard) -> str:
    """The scorecard as one file."""
    charts = [leaks_chart(card.leaks.found)] if card.money and len(card.leaks.found) > 1 else []
    values = {
        "card": card,
        "in_parts": in_parts(card),
        "of_how_many": of_how_many,
        "read_from": read_from,
        "looked_at": looked_at(card),
        "order": ORDER,
        "colours": _COLOURS,
        "untold": cannot_be_told(card),
    }
    return file_page("scorecard.html", card.now, values, charts)
