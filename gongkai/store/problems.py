"""Files that could not be taken in, each with its reason and the remedy."""

import errno
from dataclasses import dataclass
from typing import Literal

ProblemReason = Literal[
    "permission_denied",
    "file_vanished",
    "broken_link",
    "not_a_regular_file",
    "file_not_readable",
    "folder_not_readable",
    "not_removed",
]


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What is said of one reason, and what helps."""

    message_zh: str
    message_en: str
    hint_zh: str
    hint_en: str


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One file or folder that could not be taken in; `detail` is the system's own message."""

    file: str
    reason: ProblemReason
    detail: str | None = None

    @property
    def text(self) -> ProblemText:
        return PROBLEM_TEXTS[self.reason]


PROBLEM_TEXTS: dict[ProblemReason, ProblemText] = {
    "permission_denied": ProblemText(
        "没有读取权限",
        "no permission to read the file",
        "请给当前用户读取权限后重新运行",
        "grant read permission, run again",
    ),
    "file_vanished": ProblemText(
        "文件在读取前消失",
        "the file vanished before it was read",
        "如仍需要，请放回后重新运行",
        "put it back and run again",
    ),
    "broken_link": ProblemText(
        "符号链接指向的文件不存在或形成循环",
        "the symbolic link leads nowhere, or in a circle",
        "请修复或删除该链接",
        "mend or remove the link",
    ),
    "not_a_regular_file": ProblemText(
        "不是普通文件（管道、设备或套接字）",
        "not a regular file (a pipe, device or socket)",
        "请移出该文件夹",
        "move it out of the folder",
    ),
    "file_not_readable": ProblemText(
        "读取文件时出错",
        "reading the file failed",
        "请检查磁盘或网络盘后重新运行",
        "check the disk or share, run again",
    ),
    "folder_not_readable": ProblemText(
        "无法列出文件夹内容",
        "the folder cannot be listed",
        "请给当前用户读取权限后重新运行",
        "grant permission to list it, run again",
    ),
    "not_removed": ProblemText(
        "文件已入库，但无法从收件箱删除",
        "the file is taken in, but cannot be removed from the inbox",
        "请手动删除，内容不会丢失",
        "remove it by hand; nothing is lost",
    ),
}


def explain_file_error(file: str, error: OSError) -> FileProblem:
    """The problem behind an error of the system when a file was opened or read."""
    if isinstance(error, PermissionError):
        return FileProblem(file, "permission_denied", error.strerror)
    if isinstance(error, FileNotFoundError):
        return FileProblem(file, "file_vanished", error.strerror)
    if error.errno == errno.ELOOP:
        return FileProblem(file, "broken_link", error.strerror)
    return FileProblem(file, "file_not_readable", error.strerror)
