"""Charts for mails and pages: PNG pictures with words for whoever cannot see them. matplotlib draws them; it is loaded when the first one is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from contractor_ops.figures.leak import Leak, Sure
from contractor_ops.figures.values import Group, Series
from contractor_ops.reports.format import count, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE, GOOD, WARN, BAD = "#1f2a37", "#8a94a3", "#2f7d5b", "#d08700", "#b3261e"
_SHADES = ("#9fb8cc", "#e3b55a", "#d08700", "#c2571a", "#b3261e")
"""From not yet due to long past due."""
_SURENESS: dict[Sure, str] = {"sure": "#b3261e", "fairly sure": "#d08700", "a guess": "#e8cf9a"}
_INCH = 160
"""Dots: twice as many as the page shows, for sharp screens."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: `id` names it in a mail, `words` say what it shows, `width` is in the page's dots."""

    id: str
    content: bytes
    words: str
    width: int


def ageing_chart(buckets: Sequence[Group]) -> Chart:
    """What is owed by how late it is, a bar each."""
    figure, axes = _sheet(5.6, 0.42 * len(buckets) + 0.25)
    amounts = [float(bucket.amount) for bucket in buckets]
    axes.barh(range(len(buckets)), amounts, color=[_SHADES[min(at, len(_SHADES) - 1)] for at in range(len(buckets))], height=0.62)
    most = max([*amounts, 1.0])
    for at, bucket in enumerate(buckets):
        told = f"{_short(bucket.amount)}  ·  {len(bucket)}" if len(bucket) else "none"
        axes.text(amounts[at] + most * 0.015, at, told, va="center", ha="left", color=INK, fontsize=9)
    axes.set_yticks(range(len(buckets)), [bucket.title for bucket in buckets], fontsize=9, color=INK)
    axes.set_xlim(0, most * 1.3)
    axes.invert_yaxis()
    axes.set_xticks([])
    words = listed([f"{bucket.title} {_short(bucket.amount)} in {count(len(bucket), 'invoice')}" for bucket in buckets if len(bucket)])
    return _chart("ageing", figure, f"What is owed by how late it is: {words or 'nothing'}.")


def leaks_chart(leaks: Sequence[Leak]) -> Chart:
    """What slips through each leak, a bar each: the surer, the darker. Without an amount there is no bar."""
    figure, axes = _sheet(5.6, 0.42 * len(leaks) + 0.25)
    amounts = [float(one.money or 0) for one in leaks]
    axes.barh(range(len(leaks)), amounts, color=[_SURENESS[one.sure] for one in leaks], height=0.62)
    most = max([*amounts, 1.0])
    told = ["amount not known" if one.money is None else f"{_short(one.money)}  ·  {one.sure}" for one in leaks]
    for at, words in enumerate(told):
        axes.text(amounts[at] + most * 0.015, at, words, va="center", ha="left", color=INK, fontsize=9)
    axes.set_yticks(range(len(leaks)), [one.title for one in leaks], fontsize=9, color=INK)
    axes.set_xlim(0, most * 1.45)
    axes.invert_yaxis()
    axes.set_xticks([])
    said = listed([f"{one.title} {words.replace('  ·  ', ', ')}" for one, words in zip(leaks, told, strict=True)])
    return _chart("leaks", figure, f"What slips through: {said}.")


def weeks_chart(key: str, title: str, bars: Series, line: Series | None = None) -> Chart:
    """Twelve weeks: bars, and a second figure as a line over them."""
    figure, axes = _sheet(5.6, 1.75)
    places = range(len(bars.starts))
    axes.bar(places, [float(value) for value in bars.values], color="#9fb8cc", width=0.68, label=bars.title)
    if line is not None:
        axes.plot(places, [float(value) for value in line.values], color=GOOD, linewidth=2.2, marker="o", markersize=3.5, label=line.title)
        axes.legend(loc="upper left", fontsize=8, frameon=False, ncols=2, labelcolor=INK, borderaxespad=0.0, bbox_to_anchor=(0, 1.22))
    shown = [at for at in places if (len(bars.starts) - 1 - at) % 3 == 2 or at == len(bars.starts) - 1]
    axes.set_xticks(shown, [f"{bars.starts[at]:%b} {bars.starts[at].day}" for at in shown], fontsize=8, color=PALE)
    most = max([*(float(value) for value in bars.values), *(float(value) for value in (line.values if line else ()))], default=0.0)
    axes.set_yticks(
        [0, most] if most else [0],
        [_axis(Decimal(0), bars.unit), _axis(Decimal(str(most)), bars.unit)][: 2 if most else 1],
        fontsize=8,
        color=PALE,
    )
    axes.set_ylim(0, most * 1.08 if most else 1)
    return _chart(key, figure, f"{title}: {_in_words(bars)}{f'; {_in_words(line)}' if line else ''}.")


def _in_words(series: Series) -> str:
    last, mean = series.values[-1], sum(series.values, Decimal(0)) / max(len(series.values), 1)
    return f"{series.title.lower()} {_axis(last, series.unit)} in the last week, {_axis(mean, series.unit)} in an average one of {len(series.values)}"


def _sheet(width: float, height: float) -> tuple["Figure", "Axes"]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    axes: Any = figure.add_subplot()
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#d5dae1")
    axes.tick_params(length=0)
    return figure, axes


def _chart(key: str, figure: "Figure", words: str) -> Chart:
    drawn = BytesIO()
    # Without its date and version the same figures give the same picture.
    figure.savefig(drawn, format="png", dpi=_INCH, bbox_inches="tight", pad_inches=0.06, metadata={"Software": None})
    return Chart(key, drawn.getvalue(), words, 560)


def _short(amount: Decimal) -> str:
    return f"${amount:,.0f}"


def _axis(value: Decimal, unit: str) -> str:
    return f"${value:,.0f}" if unit == "$" else f"{value:,.0f}"
