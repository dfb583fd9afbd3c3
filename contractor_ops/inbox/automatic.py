"""Which e-mails a machine wrote by itself, told by their headers (RFC 3834, and what Exchange and others add)."""

from collections.abc import Mapping

_MACHINES = frozenset({
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply", "x-auto-response-suppress", "x-failed-recipients",
})  # fmt: skip
_PRECEDENCE = frozenset({"bulk", "junk", "auto_reply", "auto-reply"})  # "list" is left out: people write through lists
_DENIALS = frozenset({"", "no", "none", "false", "0"})


def automatic_header(headers: Mapping[str, str]) -> str:
    """The header that tells an automatic message, as a sentence; "" when a person may have written it. Case does not matter."""
    for name, value in headers.items():
        header, said = str(name).strip().lower(), str(value).strip().lower()
        first = said.split(";")[0].strip()
        if (
            (header == "auto-submitted" and first not in _DENIALS)
            or (header in _MACHINES and first not in _DENIALS)
            or (header == "precedence" and first in _PRECEDENCE)
            or (header == "return-path" and said in {"", "<>"})
            or (header == "content-type" and first == "multipart/report")
        ):
            return f'its header {str(name).strip()} says "{" ".join(str(value).split())[:60]}"'
    return ""
