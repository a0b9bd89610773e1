"""Has LibreOffice turn many documents into another format at once; each run has a profile of its own."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 600


@cache
def find_office() -> str | None:
    """The program, or null where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert_documents(documents: list[bytes], source: str, target: str, output_filter: str) -> list[bytes]:
    """Each document in the other format. Raises FileNotFoundError where the program wrote none."""
    program = find_office()
    if program is None:
        raise FileNotFoundError("no `soffice`; hint: install LibreOffice, or leave these carriers out")
    with TemporaryDirectory() as folder:
        place = Path(folder)
        names = [f"{number:04d}.{source}" for number in range(len(documents))]
        for name, data in zip(names, documents, strict=True):
            (place / name).write_bytes(data)
        profile = f"-env:UserInstallation=file://{place / 'profile'}"
        options = ["--headless", "--norestore", "--convert-to", output_filter, "--outdir", str(place / "out")]
        command = [program, profile, *options, *(str(place / name) for name in names)]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        return [(place / "out" / name).with_suffix(f".{target}").read_bytes() for name in names]
