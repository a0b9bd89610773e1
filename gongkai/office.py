"""Converts old documents with LibreOffice, where it is installed: a second opinion on DOC, WPS and RTF files.

Each conversion has a profile, a folder and a process group of its own, so that several may run at once and none
outlives its time. Nothing is read from the user's own profile, and documents run no macros.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Literal

_PROGRAMS = ("soffice", "libreoffice")
_FOLDERS = (
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
)
_FILTER = "docx:MS Word 2007 XML"
# Without its input filter named, a damaged document is converted as plain text. Kingsoft's WPS files are DOC inside.
_INPUT_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format"}
_NAME = "document"
OldFormat = Literal["doc", "rtf"]


class OfficeError(RuntimeError):
    """A conversion that gave no document: what the program said, or that its time was up."""


def find_office() -> Path | None:
    """LibreOffice's program, on PATH or where it is installed by default; null where there is none."""
    for program in _PROGRAMS:
        found = shutil.which(program) or shutil.which(program, path=os.pathsep.join(_FOLDERS))
        if found is not None:
            return Path(found)
    return None


def convert_to_docx(data: bytes, old_format: OldFormat, program: Path, *, seconds: float) -> bytes:
    """A document's bytes as DOCX. Raises OfficeError where no document comes out in time."""
    with tempfile.TemporaryDirectory(prefix="gongkai-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"{_NAME}.{old_format}"
        source.write_bytes(data)
        output = folder / "converted"
        profile = (folder / "profile").as_uri()
        options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile}")
        infilter = f"--infilter={_INPUT_FILTERS[old_format]}"
        command = (str(program), *options, infilter, "--convert-to", _FILTER, "--outdir", str(output), str(source))
        said = _run(command, seconds)
        converted = output / f"{_NAME}.docx"
        if not converted.is_file():
            raise OfficeError(f"no document came out: {said.strip() or 'the program said nothing'}")
        return converted.read_bytes()


def _run(command: tuple[str, ...], seconds: float) -> str:
    """What the program says, its children included. Raises OfficeError when its time is up or it cannot be started."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise OfficeError(f"cannot be started: {error}") from error
    with process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise OfficeError(f"no document within {seconds:g} seconds") from error
        finally:
            _end_group(process)
    return said


def _end_group(process: subprocess.Popen[str]) -> None:
    """End the program and whatever it has started, if anything still runs."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
