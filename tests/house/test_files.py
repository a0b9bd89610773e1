"""What the repository's files may hold, whatever their language."""

import re
from pathlib import Path

import pytest
import yaml

from tests.house.tracked import ROOT, list_files, read_text

RULES_FILE = Path("tests/house/forbidden_text.yml")
RULES = yaml.safe_load((ROOT / RULES_FILE).read_text(encoding="utf8"))
KILOBYTES_AT_MOST = 500


class UniqueKeyLoader(yaml.SafeLoader):
    """Loads YAML and refuses a mapping that names one key twice, which YAML would settle in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        doubled = {str(key) for key in keys if keys.count(key) > 1}
        if doubled:
            raise yaml.constructor.ConstructorError(None, None, f"key given twice: {doubled}", node.start_mark)
        return super().construct_mapping(node, deep=deep)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["what"])
def test_no_file_holds(rule: dict[str, object]) -> None:
    pattern = re.compile(str(rule["pattern"]))
    allowed = tuple(rule["except"]) if isinstance(rule["except"], list) else ()
    offences = [
        f"{path}:{number}"
        for path in list_files()
        if path != RULES_FILE and not path.as_posix().startswith(allowed)
        for number, line in enumerate((read_text(path) or "").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not offences, f"{rule['what']} in {offences}; hint: {rule['remedy']}"


def test_every_yaml_file_loads_with_unique_keys() -> None:
    faults = []
    for path in list_files():
        if path.suffix not in (".yml", ".yaml"):
            continue
        try:
            for _ in yaml.load_all((ROOT / path).read_text(encoding="utf8"), Loader=UniqueKeyLoader):
                pass
        except yaml.YAMLError as error:
            faults.append(f"{path}: {error}")
    assert not faults


def test_a_doubled_key_is_a_fault() -> None:
    with pytest.raises(yaml.constructor.ConstructorError, match="given twice"):
        yaml.load("a: 1\nb: 2\na: 3\n", Loader=UniqueKeyLoader)


def test_files_in_git_stay_small() -> None:
    large = {
        str(path): size
        for path in list_files()
        if path.name != "uv.lock" and (size := (ROOT / path).stat().st_size) > KILOBYTES_AT_MOST * 1024
    }
    assert not large, f"{large}; hint: generate it, or keep it outside git"
