"""The providers' own descriptions of their APIs, put in front of a test server by Prism: what breaks them never reaches the server.

Prism is installed with `npm install --prefix build/node @stoplight/prism-cli`. It answers 422 to a request that the description forbids, and
500 where an answer of the server's own is not as described. Two mistakes of the descriptions are mended first: Twilio calls the addresses of
its pages absolute (its own examples are relative), and SendGrid calls a mail's `custom_args` a text (its own words say object).
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.stories.mail_server import free_port

CHECKOUT = Path(__file__).parents[2]
_SECONDS_TO_START = 60.0
_PAGE_ADDRESSES = {"uri", "first_page_uri", "next_page_uri", "previous_page_uri"}


def why_no_prism() -> str:
    """What is missing, in plain words; "" where Prism can be had."""
    if not _specs().is_dir():
        return f"the providers' API descriptions are not there: neither {_specs()} nor a folder named by CONTRACTOR_OPS_SPECS"
    if _program() is None:
        return "Prism is not installed (npm install --prefix build/node @stoplight/prism-cli)"
    return ""


@contextmanager
def prism(spec_file: str, upstream: str) -> Iterator[str]:
    """Prism in front of a server; its base address. `spec_file` is a file's name in the folder of descriptions."""
    program, port = _program(), free_port()
    assert program, why_no_prism()
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / spec_file
        spec.write_text(json.dumps(_mended(json.loads((_specs() / spec_file).read_text(encoding="utf-8")))), encoding="utf-8")
        command = [program, "proxy", "--errors", str(spec), upstream, "-h", "127.0.0.1", "-p", str(port)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _mended(part: Any, name: str = "") -> Any:
    """A description without the two mistakes; all else as it is."""
    if isinstance(part, list):
        return [_mended(one) for one in part]
    if not isinstance(part, dict):
        return part
    if name == "custom_args" and part.get("type") == "string":
        return {"type": "object", "additionalProperties": {"type": "string"}}
    without = "format" if name in _PAGE_ADDRESSES and part.get("format") == "uri" else ""
    return {key: _mended(value, key) for key, value in part.items() if key != without}


def _wait(process: "subprocess.Popen[bytes]", base: str) -> None:
    """Until it answers anything at all: a path that no description knows is answered 404, without asking the server behind it."""
    ends = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < ends:
        assert process.poll() is None, f"Prism ended by itself ({process.returncode})"
        try:
            urlopen(f"{base}/nowhere", timeout=5).close()
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError("Prism did not start in time")


def _specs() -> Path:
    return Path(os.environ.get("CONTRACTOR_OPS_SPECS") or CHECKOUT.parent / "shared" / "specs")


def _program() -> str | None:
    ours = CHECKOUT / "build" / "node" / "node_modules" / ".bin" / "prism"
    return str(ours) if ours.exists() else shutil.which("prism")
