"""Pages and mails in HTML: templates beside this file, styles written into every element, so that mail programs show them right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractor_ops.reports.charts import Chart
from contractor_ops.reports.format import age, count, day, moment, money, short, with_phones
from contractor_ops.reports.printable import one_line

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page. As a mail it names its pictures, as a file it holds them."""

    html: str
    charts: tuple[Chart, ...] = ()


def mail_page(template: str, now: datetime, values: Mapping[str, Any], charts: Iterable[Chart] = ()) -> Page:
    """A page for a mail: pictures are named `cid:`, styles stand in the elements; what depends on the reader's screen stays in its head."""
    drawn = tuple(charts)
    return Page(_rendered(template, now, values, {chart.id: f"cid:{chart.id}" for chart in drawn}, drawn), drawn)


def file_page(template: str, now: datetime, values: Mapping[str, Any], charts: Iterable[Chart] = ()) -> str:
    """A page for a file: everything that it shows is inside it."""
    from base64 import b64encode

    drawn = tuple(charts)
    sources = {chart.id: f"data:image/png;base64,{b64encode(chart.content).decode()}" for chart in drawn}
    return _rendered(template, now, values, sources, drawn)


def _rendered(template: str, now: datetime, values: Mapping[str, Any], sources: Mapping[str, str], charts: tuple[Chart, ...]) -> str:
    import css_inline

    pictures = {chart.id: {"src": sources[chart.id], "alt": chart.words, "width": chart.width} for chart in charts}
    html = _templates().get_template(template).render(now=now, pictures=pictures, **values)
    # What asks for the reader's screen cannot be written into an element: those rules stay in the head.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(html)


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(money=_money, dollars=_dollars, age=age, plain=_plain, short=lambda text: short(_plain(text)))
    made.globals.update(count=count, on=_on, at=moment)
    return made


def _plain(text: object) -> str:
    return with_phones(one_line(str(text or "")))


def _money(amount: Decimal | None) -> str:
    return money(amount)


def _dollars(amount: Decimal | None) -> str:
    """Whole dollars, for large figures."""
    return "" if amount is None else f"{'-' if amount < 0 else ''}${abs(amount):,.0f}"


def _on(value: date | datetime | None, now: datetime) -> str:
    return "" if value is None else day(value, now)
