"""The command line: `govinfo read|check|show|convert|rules|form|demo`."""

import os
import sys

import click

from govinfo.cli import streams
from govinfo.cli.commands import govinfo

__all__ = ["main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code; a pipe that was closed early ends it quietly."""
    streams.prepare()
    try:
        code = govinfo.main(prog_name="govinfo", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        # What is still buffered would fail again when the interpreter closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code or 0)
