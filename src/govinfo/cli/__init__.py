"""The command line: `govinfo read|check|show|convert|metrics|rules|form|demo|corpus`."""

import os
import sys

import click

from govinfo.cli import streams
from govinfo.cli.commands import UNREAD, govinfo

__all__ = ["main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code; a pipe that was closed early ends it quietly."""
    streams.prepare()
    output = sys.stdout
    try:
        code = govinfo.main(prog_name="govinfo", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        code = 0
        _drop_output()
    except SystemExit as left:
        # At a closed pipe click puts another stream in place and leaves with 1, which here says that a report breaks a rule.
        code = left.code if sys.stdout is output else 0
    except OSError as error:  # a disk that is full
        streams.complain("-", error.strerror or type(error).__name__)
        code = UNREAD
        _drop_output()
    sys.exit(code or 0)


def _drop_output() -> None:
    """Send what is still buffered nowhere: it would fail again when the interpreter closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
