"""`python docs/make_pictures.py [NAME …]`: every picture of the documents, taken of the real program in the sample office on a Monday morning.

Screens are what the program prints in a terminal, drawn as SVG by Rich; pages are photographed with Chromium. Only on Linux and macOS.
"""

import argparse
import io
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from fcntl import ioctl
from pathlib import Path
from signal import SIGHUP
from termios import TIOCSWINSZ
from zoneinfo import ZoneInfo

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

PICTURES = Path(__file__).with_name("pictures")
NOW = "2026-11-23T10:00"
COLUMNS = 96
SAVED = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("America/Chicago")).timestamp()
PROGRAM = (sys.executable, "-m", "contractor_ops")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_CLEAR = "\x1b[2J\x1b[H"
_NOT_COLOURS = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-ln-z]|[=>])")
_FONTS = re.compile(r"@font-face \{\{.*?\}}\s*", re.DOTALL)
_FRAME = '<body style="margin:0"><iframe src="{page}" style="border:0" width="{width}" height="{height}"></iframe>'


def contractor_ops(*words: str) -> None:
    """Run a command and show nothing of it."""
    subprocess.run([*PROGRAM, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def printed(*words: str, columns: int, lines: int, keys: str = "", prompt: str | None = None) -> str:
    """What a command shows in a terminal of that size: all that it prints, or the screen that stands there after the keys, one for each prompt."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(PROGRAM[0], [*PROGRAM, *words], {**os.environ, "TERM": "xterm-256color"})  # noqa: S606
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    shown = read_until(terminal, prompt)
    for key in keys:
        os.write(terminal, key.encode())
        shown = read_until(terminal, prompt)
    os.close(terminal)
    if prompt is not None:
        os.kill(child, SIGHUP)
    os.waitpid(child, 0)
    return _NOT_COLOURS.sub("", shown.rpartition(_CLEAR)[2].replace("\r", ""))


def read_until(terminal: int, words: str | None) -> str:
    """What comes until these words have come, or until the program ends."""
    shown = ""
    while (words is None or words not in shown) and select.select([terminal], [], [], 60)[0]:
        try:
            shown += os.read(terminal, 65_536).decode(errors="replace")
        except OSError:  # the program has ended
            break
    return shown


def screen(name: str, office: Path, *words: str, lines: int, keys: str = "", prompt: str | None = None) -> None:
    """The first lines of a screen as SVG. The fonts that Rich would fetch from elsewhere are left out."""
    at = ("--office", str(office), "--now", NOW)
    shown = printed(*words, *at, columns=COLUMNS, lines=lines, keys=keys, prompt=prompt).rstrip().split("\n")[:lines]
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi("\n".join(shown), no_wrap=True), crop=False)
    code = _FONTS.sub("", CONSOLE_SVG_FORMAT)
    drawn = console.export_svg(title=f"contractor-ops {' '.join(words)}", code_format=code, unique_id=Path(name).stem)
    (PICTURES / name).write_text(drawn, encoding="utf-8", newline="\n")


def page(name: str, office: Path, *words: str, width: int, height: int, dark: bool = False) -> None:
    """The top of a page as PNG. It stands in a frame, because a browser window is never as narrow as a phone."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.stderr.write(f"{name}: left as it is, no Chromium here\n")
        return
    with tempfile.TemporaryDirectory() as there:
        written, frame, large = Path(there, "page.html"), Path(there, "frame.html"), Path(there, "large.png")
        contractor_ops(*words, "--html", str(written), "--office", str(office), "--now", NOW)
        frame.write_text(_FRAME.format(page=written.name, width=width, height=height), encoding="utf-8")
        looks = [f"--blink-settings=preferredColorScheme={0 if dark else 1}", f"--window-size={max(width, 600)},{height + 200}"]
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={there}/profile", *looks]
        subprocess.run([*command, f"--screenshot={large}", frame.as_uri()], check=True, capture_output=True, timeout=120)  # noqa: S603
        save(large, PICTURES / name, width, height)


def save(large: Path, small: Path, width: int, height: int) -> None:
    """Cut to size, and in 256 colours: a page has no more, and the file is a quarter."""
    from PIL import Image

    with Image.open(large) as image:
        image.convert("RGB").crop((0, 0, width, height)).quantize(256, dither=Image.Dither.NONE).save(small, optimize=True)


Take = Callable[[str, Path], None]
TAKEN: dict[str, Take] = {
    "report.svg": lambda name, office: screen(name, office, "run", "estimate-follow-up", lines=30),
    "review.svg": lambda name, office: screen(name, office, "review", lines=20, keys="nnnn", prompt="q quit"),
    "digest-wide.png": lambda name, office: page(name, office, "digest", "--weekly", width=820, height=1500),
    "digest-phone.png": lambda name, office: page(name, office, "digest", "--weekly", width=390, height=1000, dark=True),
    "scorecard.png": lambda name, office: page(name, office, "scorecard", str(office), width=820, height=1000),
}


def main() -> None:
    """Take the pictures that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(TAKEN)}")
    names = parser.parse_args().names or list(TAKEN)
    if unknown := [name for name in names if name not in TAKEN]:
        parser.error(f"there is no picture {', '.join(unknown)}")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as there:
        office = Path(there, "office")
        contractor_ops("demo", str(office), "--now", NOW)
        for file in office.rglob("*"):
            os.utime(file, (SAVED, SAVED))
        for name in names:
            TAKEN[name](name, office)
            sys.stdout.write(f"docs/pictures/{name}\n")


if __name__ == "__main__":
    main()
