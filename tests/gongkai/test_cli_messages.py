"""The catalogue of messages: both languages complete, every message used, the language chosen as promised."""

import ast
import re
from string import Formatter

import pytest

from gongkai.messages import choose_language, load_messages, say
from tests.house.tracked import list_modules, parse_module

MESSAGES = load_messages()


def read_placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def find_named_messages() -> tuple[set[str], set[str]]:
    """Ids the application says by name, and the fixed beginnings of ids it builds."""
    whole, beginnings = set(), set()
    for path in list_modules("gongkai"):
        for node in ast.walk(parse_module(path)):
            if not isinstance(node, ast.Call) or ast.unparse(node.func).rpartition(".")[2] != "say":
                continue
            subject = node.args[0]
            if isinstance(subject, ast.Constant):
                whole.add(str(subject.value))
            if isinstance(subject, ast.JoinedStr) and isinstance(subject.values[0], ast.Constant):
                beginnings.add(str(subject.values[0].value))
    return whole, beginnings


@pytest.mark.parametrize("message_id", MESSAGES)
def test_message_has_both_languages_with_the_same_placeholders(message_id: str) -> None:
    message = MESSAGES[message_id]
    assert set(message) == {"zh", "en"}
    assert all(text.strip() for text in message.values())
    assert read_placeholders(message["zh"]) == read_placeholders(message["en"])


@pytest.mark.parametrize("message_id", MESSAGES)
def test_message_is_chinese_in_chinese_only(message_id: str) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", MESSAGES[message_id]["en"])
    assert not MESSAGES[message_id]["en"][0].isupper()


def test_code_says_only_messages_of_the_catalogue() -> None:
    whole, beginnings = find_named_messages()
    assert whole
    assert whole <= set(MESSAGES)
    assert not [start for start in beginnings if not any(name.startswith(start) for name in MESSAGES)]


def test_catalogue_holds_only_messages_that_are_said() -> None:
    whole, beginnings = find_named_messages()
    idle = [name for name in MESSAGES if name not in whole and not name.startswith(tuple(beginnings))]
    assert not idle, f"{idle}; hint: remove them from `gongkai/messages.yml`"


def test_missing_placeholder_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(KeyError):
        say("file.missing", "en")


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "GONGKAI_LANGUAGE": "zh"}, "zh"),
        (["--lang", "en", "parse"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["parse", "--lang=zh"], {"LANG": "C"}, "zh"),
        (["--lang", "zh", "parse", "--lang=en"], {"LANG": "C"}, "en"),
        (["--lang=en", "parse", "--lang", "zh"], {"LANG": "C"}, "zh"),
        (["parse", "--", "--lang", "zh"], {"LANG": "C"}, "en"),
        (["parse", "--lang"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["parse", "--lang", "fr"], {"LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_language_follows_option_then_setting_then_locale(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert choose_language(arguments, environment) == language
