"""How commands speak: one console for results, one for errors, both safe for pipes and for any encoding."""

import os
import re
import sys
from io import TextIOWrapper

from rich.console import Console
from rich.text import Text

from gongkai.messages import Language, say

PIPE_WIDTH = 120
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def prepare_streams() -> None:
    """Lets a stream that cannot encode a character print its escape instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def open_console(*, stderr: bool = False) -> Console:
    """A console on standard output or error. Into a pipe it writes plain text, wide enough for the form's tables."""
    stream = sys.stderr if stderr else sys.stdout
    is_measured = stream.isatty() or "COLUMNS" in os.environ
    return Console(stderr=stderr, width=None if is_measured else PIPE_WIDTH, markup=False, highlight=False)


def clean_text(text: str) -> str:
    """Text from a file or a file's name without control characters, which could steer the terminal."""
    return CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)


def print_error(language: Language, message: str, hint: str | None = None) -> None:
    """An error on standard error, and what to do about it on a line of its own."""
    _print_note(language, "error", "bold red", message, hint)


def print_warning(language: Language, message: str, hint: str | None = None) -> None:
    """A warning on standard error: the command goes on."""
    _print_note(language, "warning", "bold yellow", message, hint)


def _print_note(language: Language, kind: str, style: str, message: str, hint: str | None) -> None:
    console = open_console(stderr=True)
    console.print(Text.assemble((say(f"note.{kind}", language), style), clean_text(message)), soft_wrap=True)
    if hint is not None:
        console.print(Text.assemble((say("note.hint", language), "bold cyan"), clean_text(hint)), soft_wrap=True)
