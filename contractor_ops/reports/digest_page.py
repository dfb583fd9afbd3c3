"""The digest as a mail and as a page, with its charts."""

from collections.abc import Iterator, Mapping
from typing import Any

from contractor_ops.figures.values import Group, Series
from contractor_ops.reports.charts import Chart, ageing_chart, weeks_chart
from contractor_ops.reports.digest import Digest
from contractor_ops.reports.digest_sheets import sheets_by_age
from contractor_ops.reports.digest_words import (
    SHOWN_NEEDS,
    done_in_words,
    done_title,
    in_hand_in_words,
    measured_in_words,
    more_in_words,
    moved,
    moved_mean,
    queue_in_words,
    ratings_in_words,
    rest_in_words,
    settled_in_words,
    untold,
    whose_list,
    won_in_words,
)
from contractor_ops.reports.format import listed
from contractor_ops.reports.page import Page, file_page, mail_page

_TEMPLATE = "digest.html"


def mail_of(digest: Digest) -> Page:
    """The digest for a mail program."""
    return mail_page(_TEMPLATE, digest.now, _values(digest), _charts(digest))


def page_of(digest: Digest) -> str:
    """The digest as one file."""
    return file_page(_TEMPLATE, digest.now, _values(digest), _charts(digest))


def _values(digest: Digest) -> Mapping[str, Any]:
    titles = {f"weeks-{bars.key}": _titled(bars, line) for bars, line in digest.trends}
    return {
        "digest": digest, "trend_keys": list(titles), "trend_titles": titles, "moved": moved, "moved_mean": moved_mean,
        "owners": lambda one: _owners(one, digest), "done_in_words": done_in_words, "measured_in_words": measured_in_words,
        "won_in_words": won_in_words, "queue_in_words": queue_in_words,
        "done_title": done_title, "more_in_words": more_in_words, "settled_in_words": settled_in_words,
        "ratings_in_words": ratings_in_words, "untold": untold(digest),
        "whose_list": whose_list, "in_hand": in_hand_in_words, "rest": rest_in_words, "shown_needs": SHOWN_NEEDS, "sheets": sheets_by_age(digest.sources),
    }  # fmt: skip


def _owners(one: Group, digest: Digest) -> str:
    """Who has the things of a group."""
    return listed(list(dict.fromkeys(digest.people.get(line.owner, line.owner) for line in one.lines if line.owner)))


def _charts(digest: Digest) -> Iterator[Chart]:
    if any(map(len, digest.ageing)):
        yield ageing_chart(digest.ageing)
    for bars, line in digest.trends:
        yield weeks_chart(f"weeks-{bars.key}", _titled(bars, line), bars, line)


def _titled(bars: Series, line: Series | None) -> str:
    return f"{bars.title} and {line.title.lower()}" if line else bars.title
