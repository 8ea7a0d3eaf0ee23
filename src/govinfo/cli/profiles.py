"""The option `--profile`: the name of a profile, or a TOML file that holds one."""

import click

from govinfo.errors import ProfileError
from govinfo.rules import PROFILES, Profile

METAVAR = f"[{'|'.join(PROFILES)}|FILE.toml]"


def chosen(context: click.Context, parameter: click.Parameter, value: str) -> Profile:  # noqa: ARG001 -- click calls it so
    """The profile of that name, or of that file. Anything else is misuse: raises `click.BadParameter`."""
    if value in PROFILES:
        return PROFILES[value]
    try:
        return Profile.read(value)
    except ProfileError as error:
        raise click.BadParameter(str(error)) from error
    except OSError as error:
        names = ", ".join(PROFILES)
        raise click.BadParameter(f"{value!r} is none of {names}, and no file to be read: {error.strerror}") from error
