"""Files named on the command line: their bytes, or why they cannot be opened."""

import errno
import stat
from dataclasses import dataclass
from pathlib import Path

from gongkai.messages import Language, say

# Every error a path can meet on the way to its bytes; what is not here is `other`.
PROBLEM_BY_ERRNO = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EISDIR: "folder",
    errno.ELOOP: "looping_link",
    errno.ENAMETOOLONG: "name_too_long",
}


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file could not be opened: a kind with two messages in the catalogue, and the system's own words."""

    path: Path
    kind: str
    detail: str

    def describe(self, language: Language) -> str:
        """The file and the reason."""
        return say(f"file.{self.kind}", language, file=self.path, detail=self.detail)

    def advise(self, language: Language) -> str:
        """What to do about it."""
        return say(f"file.{self.kind}.hint", language, file=self.path)


def read_file(path: Path) -> bytes | FileProblem:
    """The bytes of a regular file (links are followed), or the problem; folders, pipes and devices are not read."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return FileProblem(path, "folder", "")
        if not stat.S_ISREG(mode):
            return FileProblem(path, "special", "")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        return _explain(path, error)


def _explain(path: Path, error: OSError | ValueError) -> FileProblem:
    if isinstance(error, ValueError):
        return FileProblem(path, "other", str(error))
    detail = error.strerror or str(error)
    if error.errno == errno.ENOENT and path.is_symlink():
        return FileProblem(path, "dangling_link", str(path.readlink()))
    if error.errno not in PROBLEM_BY_ERRNO:
        return FileProblem(path, "other", detail)
    return FileProblem(path, PROBLEM_BY_ERRNO[error.errno], detail)
