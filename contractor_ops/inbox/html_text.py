"""HTML of an e-mail as plain text: paragraphs, line breaks, list items, and quotations as lines that begin with "> "."""

import re
from html.parser import HTMLParser

_LONGEST, _DEEPEST = 500_000, 200
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NO_TAG = re.compile(r"<(?![^<>]*>)")
"""A sign that opens no tag: html.parser looks for its end to the end of the page, for each of them."""
_UNSEEN = {"script", "style", "title", "template"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"}
"""Blocks that mail programs show with a blank line above them."""
_QUOTES = {"gmail_quote", "yahoo_quoted", "protonmail_quote"}
_OUTLOOK_RULE = re.compile(r"border-top:(?!none|0)")
_OUTLOOK_HEAD = re.compile(r"\W*(from|de|von|da|van)\s*:", re.IGNORECASE)


def text_from_html(html: str) -> str:
    """The text that a reader would see. Never raises."""
    page, tags = _Page(), _NO_TAG.sub("&lt;", _COMMENT.sub("", html[:_LONGEST]))
    try:
        page.feed(tags)
        page.close()
    except AssertionError:  # what html.parser raises at declarations that no browser minds
        return re.sub(r"<[^<>]*>", " ", tags)
    return page.text()


class _Page(HTMLParser):
    """Lines, each with how deeply it is quoted.

    A blockquote is a quotation. A program's own quotation block begins with "On Monday … wrote:" and ends with its blockquote: people
    write below it, inside the block. Outlook sets no block around a quotation: it draws a line, names the sender, and the rest is quoted.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._words: list[str] = []
        self._open: list[tuple[str, str]] = []  # each open div and blockquote, and what it is
        self._unseen = self._as_written = 0  # how many open tags hide their words, or keep their line ends
        self._link = ""  # the address of the open link, and where among the words it begins
        self._link_at = 0
        self._rule_at = -1  # the line where Outlook drew its line
        self._rest_is_quoted = False

    def text(self) -> str:
        """All lines, the quoted ones with a mark before them."""
        self._break()
        return "\n".join(f"{'> ' * depth}{words}".rstrip() for depth, words in self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        has = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        self._as_written += tag == "pre"
        if tag == "br":
            self._break(even_if_blank=True)
        if tag in _BLOCKS:
            self._break()
        if tag in _APART:
            self._blank()
        if tag == "li":
            self._words.append("- ")
        if tag == "a":
            self._link, self._link_at = has.get("href", ""), len(self._words)
        if tag in {"div", "blockquote"}:
            self._enter(tag, has)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in {"td", "th"}:
            self._words.append(" ")
        if tag in _BLOCKS:
            self._break()
        if tag in {"div", "blockquote"}:
            self._leave(tag)
        if tag in _APART:
            self._blank()
        self._as_written -= tag == "pre" and self._as_written > 0
        if tag == "a":
            self._tell_link()

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._unseen:
            return
        first, *more = data.split("\n") if self._as_written else [data]
        self._words.append(first)
        for line in more:
            self._break(even_if_blank=True)
            self._words.append(line)

    def _enter(self, tag: str, has: dict[str, str]) -> None:
        style = has.get("style", "").replace(" ", "").lower()
        kind = ""
        if tag == "blockquote" and "border:none" not in style:  # Gmail's indented text is a blockquote with no border
            kind = "quote"
        elif _QUOTES & set(has.get("class", "").lower().split()):
            kind = "program's quote"
        elif has.get("id", "").lower() == "divrplyfwdmsg" or _OUTLOOK_RULE.search(style):
            kind, self._rule_at = "rule", len(self._lines)
        if len(self._open) < _DEEPEST:
            self._open.append((tag, kind))

    def _leave(self, tag: str) -> None:
        """Close the innermost such tag, and whatever was left open in it."""
        while any(one == tag for one, _ in self._open):
            closed, kind = self._open.pop()
            if kind == "rule":
                self._quote_from_rule()
            if kind == "quote":
                self._open = [(one, "" if what == "program's quote" else what) for one, what in self._open]
            if closed == tag:
                return

    def _quote_from_rule(self) -> None:
        """Outlook's line above "From: …" begins a quotation that goes on to the end; any other line does not."""
        since = self._lines[self._rule_at :] if self._rule_at >= 0 else []
        first = next((words for _, words in since if words), "")
        if _OUTLOOK_HEAD.match(first):
            self._lines[self._rule_at :] = [(max(depth, 1), words) for depth, words in since]
            self._rest_is_quoted = True

    def _tell_link(self) -> None:
        """The address after the words that can be clicked, unless they are the address."""
        shown = " ".join("".join(self._words[self._link_at :]).split()).lower()
        if self._link.lower().startswith(("http://", "https://")) and shown and not shown.startswith(("http", "www.")):
            self._words.append(f" ({self._link})")
        self._link = ""

    def _break(self, even_if_blank: bool = False) -> None:
        """End the line."""
        words = " ".join("".join(self._words).split())
        self._words.clear()
        self._link_at = 0
        if words or even_if_blank:
            self._lines.append((self._depth(), words))

    def _blank(self) -> None:
        if self._lines and self._lines[-1][1]:
            self._lines.append((min(self._depth(), self._lines[-1][0]), ""))

    def _depth(self) -> int:
        quoted = any(kind == "program's quote" for _, kind in self._open)
        blocks = sum(kind == "quote" for _, kind in self._open)
        return max(blocks, int(quoted), int(self._rest_is_quoted))
