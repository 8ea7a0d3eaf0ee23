"""Where output goes: consoles that cannot show every character, pipes that close early, files written whole or not at all."""

import io
import locale
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click
from rich.cells import cell_len, chop_cells

from govinfo.findings import Lang
from govinfo.renderers.box import wrapped
from govinfo.renderers.terminal import WIDTH, Screen

_NARROWEST, _WIDEST = 60, 160
_HANGING = 4  # columns that a broken line goes on further in
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
# Control characters but line breaks and tabs, and the marks that change the direction of what follows.
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def prepare() -> None:
    """Let every stream survive what it cannot encode (the character is shown by its code), and that a shell closed it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # `>&-`; a file opened later would get its number, and what is printed
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 -- open as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str, *, colour: bool = False) -> None:
    """A piece of text for people, on standard output; `colour`: what it has of colours is its own."""
    click.echo("".join(piece if _COLOUR.fullmatch(piece) else harmless(piece) for piece in _COLOUR.split(text)), color=colour)


def harmless(text: str) -> str:
    """The text with a code in place of what a terminal would obey: a report may hold escapes that clear the screen or turn text round."""
    return _OBEYED.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def say_lines(lines: Iterable[str]) -> None:
    """Lines for people; on a terminal a long one is broken where it fits, what follows indented under it."""
    width = screen("zh").width if sys.stdout.isatty() else None
    for line in lines:
        said = harmless(line)
        for part in [said] if width is None else broken_at(said, width):
            click.echo(part)


def broken_at(line: str, width: int) -> list[str]:
    """The line in pieces of at most that many columns, its indent kept and deeper from the second on."""
    indent = len(line) - len(line.lstrip(" "))
    first, *rest = wrapped(line.strip(), max(width - indent - _HANGING, _NARROWEST // 2)) if cell_len(line) > width else (line.strip(),)
    return [" " * indent + first, *(" " * (indent + _HANGING) + part for part in rest)]


def complain(source: str, problem: str) -> None:
    """One line on standard error about a source."""
    click.echo(harmless(f"govinfo: {source}: {problem}"), err=True)


def write_bytes(data: bytes) -> None:
    """UTF-8 for programs on standard output, whatever the encoding of the console."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_all(contents: Iterable[tuple[Path | None, bytes]]) -> None:
    """Each content to its file, or to standard output (None). Raises `OSError` that names the file, `-` for standard output."""
    for path, content in contents:
        try:
            if path is None:
                write_bytes(content)
            else:
                write_file(path, content)
        except BrokenPipeError:  # who reads has enough
            raise
        except OSError as error:
            # Else it would name the file beside that it was first written to, or none.
            raise OSError(error.errno, error.strerror, "-" if path is None else str(path)) from error


def write_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """The file whole or not at all: a file of that name stays as it is until the new one is complete.

    What is no ordinary file (a device, a pipe) is written to directly. Raises `OSError`.
    """
    pieces = [data] if isinstance(data, bytes) else data
    if path.exists() and not path.is_file():
        with path.open("wb") as sink:
            sink.writelines(pieces)
        return
    target = path.resolve()  # a link stays a link
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(temporary).chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def screen(lang: Lang) -> Screen:
    """The screen that standard output is: colours only for a terminal and without NO_COLOR (https://no-color.org)."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    columns = shutil.get_terminal_size((WIDTH, 24)).columns
    return Screen(max(_NARROWEST, min(columns, _WIDEST)), colour, lang)


def default_lang() -> Lang:
    """The language of the locale: `zh` for any Chinese one, else `en`."""
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


class Progress:
    """How far the work is, on standard error; silent unless that is a terminal and standard output is none."""

    def __init__(self, total: int) -> None:
        """For that many sources."""
        self._total, self._done = total, 0
        self._shown = total > 1 and sys.stderr.isatty() and not sys.stdout.isatty()

    def step(self, name: str) -> None:
        """The next source is begun."""
        self._done += 1
        if self._shown:
            said = f"[{self._done}/{self._total}] {name}"
            click.echo(f"\r\x1b[K{chop_cells(said, _NARROWEST - 1)[0]}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away: something else is to be said, or the work is done."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
