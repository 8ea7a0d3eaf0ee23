"""Old Word and WPS documents, and OpenDocument and RTF text: converted to `.docx` by LibreOffice where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from govinfo.errors import ReadError

SECONDS = 120
"""The longest time that a conversion may take."""

_NAMES = ("soffice", "libreoffice")
# A profile of its own for each run: no macros, nothing fetched from outside, and no clash with an office that is open.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501 -- an item is a line, as LibreOffice writes it


def converted(content: bytes, kind: str, ending: str) -> bytes:
    """The document as `.docx`; `kind` names it in errors, `ending` is what files of its kind end in. Raises `ReadError`."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise ReadError(f"{kind}, which only LibreOffice can open", remedy="install LibreOffice, or save the document as docx")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"report{ending}"
        source.write_bytes(content)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(source),
        ]  # fmt: skip
        _run(command, folder)
        made = folder / "made" / "report.docx"
        if not made.is_file():
            raise ReadError(f"{kind} that LibreOffice cannot open", remedy="it may be broken or encrypted; save it as docx")
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    quiet = subprocess.DEVNULL
    new_session = os.name == "posix"
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder, start_new_session=new_session) as process:  # noqa: S603 -- no shell, and no name from outside
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            if new_session:
                os.killpg(process.pid, signal.SIGKILL)  # the program starts another that does the work
            else:
                process.kill()
            raise ReadError(
                f"LibreOffice takes longer than {SECONDS} seconds",
                remedy="save the document as docx; `readers.libreoffice.SECONDS` sets the limit",
            ) from error
