"""What the laws of the house look at: the files that git tracks (or would)."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "govinfo"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project that git does not ignore, tracked already or not; without git, what an archive holds."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [
            str(p) for p in ROOT.rglob("*") if not any(part.startswith((".", "build", "__pycache__")) for part in p.relative_to(ROOT).parts)
        ]
    return tuple(path for name in sorted(listed) if name and (path := ROOT / name).is_file())


def python_files(*folders: str) -> tuple[Path, ...]:
    """The Python files under these folders of the project, in order of name; of all of it where none is given."""
    wanted = [ROOT / folder for folder in folders] or [ROOT]
    return tuple(path for path in tracked() if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in wanted))


def named(path: Path) -> str:
    """The path as the project says it; the id of a test's parameter."""
    return path.relative_to(ROOT).as_posix()
