"""What the application says, in Chinese and English, from one catalogue: `messages.yml` beside this module."""

import locale
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def load_messages() -> Mapping[str, Mapping[str, str]]:
    """The catalogue: message id to language to text with named placeholders."""
    return yaml.safe_load(files("gongkai").joinpath("messages.yml").read_text(encoding="utf-8"))


def say(message_id: str, language: Language, **values: object) -> str:
    """One message in one language. Raises `KeyError` for an unknown id or a placeholder without a value."""
    return load_messages()[message_id][language].format_map(values)


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language to speak: the last `--lang` before `--`, else `GONGKAI_LANGUAGE`, else the locale's.

    A `--lang` that names no language of ours is left for the command line to refuse.
    """
    wanted = [environment.get("GONGKAI_LANGUAGE"), *_find_asked(arguments)]
    for language in LANGUAGES:
        if wanted[-1] == language:
            return language
    return "zh" if _is_chinese(environment) else "en"


def _find_asked(arguments: Sequence[str]) -> list[str]:
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    asked = []
    for place, option in enumerate(options):
        if option == "--lang":
            asked += options[place + 1 : place + 2]
        if option.startswith("--lang="):
            asked.append(option.removeprefix("--lang="))
    return asked


def _is_chinese(environment: Mapping[str, str]) -> bool:
    named = [environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)]
    system = named[0] if named else (locale.getlocale()[0] or "")
    return system.lower().startswith(("zh", "chinese"))
