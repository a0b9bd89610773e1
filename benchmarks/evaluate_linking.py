"""Links names made from the code tables by stated rules, and measures precision, recall and speed.

`make evaluate-linking` prints the figures. Truth is counted in the code tables themselves, without the linker: a name
is to be linked where all it says fits one standing region, and to be left where it fits several or none.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.linking.evidence import ReportContext
from gongkai.linking.gazetteer import load_gazetteer
from gongkai.linking.linker import link_report
from gongkai.linking.regions import RegionSpell, read_region_spells

DEPARTMENTS = (
    ("财政局", "财政局"),
    ("发改局", "发展和改革局"),
    ("人力资源社会保障局", "人力资源和社会保障局"),
    ("市场监管局", "市场监督管理局"),
    ("卫健委", "卫生健康委员会"),
    ("人民政府外事办公室", "外事办公室"),
)
STRANGERS = ("黄河水利委员会", "长江航务管理局", "某某街道办事处", "党委宣传部", "太湖流域管理局", "联合办公室")
SPEED_NAMES = 250_000


@dataclass(frozen=True, slots=True)
class Case:
    """One name and the agency it must be linked to; null where it must be left."""

    rule: str
    name: str
    agency_id: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over cases: linked rightly, linked wrongly, left though they could be told, left rightly."""

    right: int
    wrong: int
    missed: int
    left: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed + self.wrong)


def make_cases(step: int = 61) -> tuple[Case, ...]:
    """Names by every rule for each `step`-th county and township that stands in the newest tables."""
    standing = [spell for spell in read_region_spells() if spell.last_seen is None]
    by_code = {spell.region_code: spell for spell in standing}
    counties = [s for s in standing if s.level == "county" and _find(by_code, s.parent_code, "prefecture")]
    townships = [
        s for s in standing if s.level == "township" and s.region_name.endswith(("街道", "镇", "乡")) and s.parent_code
    ]
    namesakes = _count_holders(standing)
    cases = [case for spell in counties[::step] for case in _vary_county(spell, by_code, namesakes)]
    for spell in townships[:: step * 10]:
        cases.extend(_vary_township(spell, by_code, namesakes))
    cases.extend(Case("no region", name, None) for name in STRANGERS)
    return tuple(cases)


def evaluate(cases: Sequence[Case]) -> tuple[dict[str, Score], tuple[tuple[Case, str | None], ...]]:
    """Scores by rule, and the cases that were linked otherwise than they must be."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    faults = []
    for case in cases:
        link = link_report(ReportContext("r", case.name, 2023), load_gazetteer())
        found = None if link.candidate is None else link.candidate.agency_id
        if found == case.agency_id:
            outcome = "left" if found is None else "right"
        else:
            outcome = "missed" if found is None else "wrong"
            faults.append((case, found))
        counts[case.rule][outcome] += 1
    names = ("right", "wrong", "missed", "left")
    return {rule: Score(*(count[name] for name in names)) for rule, count in counts.items()}, tuple(faults)


def total_score(scores: dict[str, Score]) -> Score:
    """All rules together."""
    parts = scores.values()
    return Score(
        sum(s.right for s in parts),
        sum(s.wrong for s in parts),
        sum(s.missed for s in parts),
        sum(s.left for s in parts),
    )


def measure_speed(cases: Sequence[Case]) -> float:
    """Seconds of one core to link 250,000 names; the gazetteer is loaded before. Other processes' time is not in it."""
    load_gazetteer()
    start = time.process_time()
    for number in range(SPEED_NAMES):
        case = cases[number % len(cases)]
        link_report(ReportContext(str(number), case.name, 2008 + number % 18), load_gazetteer())
    return time.process_time() - start


def _count_holders(standing: Sequence[RegionSpell]) -> Counter[str]:
    return Counter(spell.region_name for spell in standing)


def _find(by_code: dict[str, RegionSpell], code: str | None, level: str) -> RegionSpell | None:
    spell = by_code.get(code or "")
    return spell if spell is not None and spell.level == level else None


def _vary_county(spell: RegionSpell, by_code: dict[str, RegionSpell], namesakes: Counter[str]) -> Iterator[Case]:
    city = by_code[spell.parent_code or ""].region_name
    province = by_code[f"{spell.region_code[:2]}0000"].region_name
    name, alone = spell.region_name, namesakes[spell.region_name] == 1
    government, office = f"{spell.region_id}:government", f"{spell.region_id}:government_office"
    yield Case("government, whole", f"{province}{city}{name}人民政府", government)
    yield Case("government, no province", f"{city}{name}人民政府", government)
    yield Case("government, county alone", f"{name}人民政府", government if alone else None)
    yield Case("place only", f"{city}{name}", government)
    yield Case("office", f"{city}{name}人民政府办公室", office)
    yield Case("office, county alone", f"{name}政府办", office if alone else None)
    for printed, key in DEPARTMENTS:
        yield Case("department", f"{city}{name}{printed}", f"{spell.region_id}:{key}")
    yield Case("department, county alone", f"{name}财政局", f"{spell.region_id}:财政局" if alone else None)
    yield Case("tax office", f"国家税务总局{city}{name}税务局", f"{spell.region_id}:税务局")
    yield Case("kind only", f"{name[-1]}财政局", None)


def _vary_township(spell: RegionSpell, by_code: dict[str, RegionSpell], namesakes: Counter[str]) -> Iterator[Case]:
    county = by_code[spell.parent_code or ""]
    name = spell.region_name
    kind = "办事处" if name.endswith("街道") else "人民政府"
    agency_id = f"{spell.region_id}:township"
    is_told = namesakes[county.region_name] == 1 or county.level == "prefecture"
    above = by_code.get(county.parent_code or "")
    city = above.region_name if above is not None and above.level == "prefecture" else ""
    yield Case("township, with city", f"{city}{county.region_name}{name}{kind}", agency_id)
    yield Case("township, short", f"{city}{county.region_name}{name}", agency_id)
    if is_told:
        yield Case("township, behind the government", f"{county.region_name}人民政府{name}{kind}", agency_id)
        yield Case("township, county alone", f"{county.region_name}{name}", agency_id)
    yield Case("township alone", f"{name}{kind}", agency_id if namesakes[name] == 1 else None)


def main() -> int:
    """Prints the scores by rule, the faults, and the speed."""
    cases = make_cases()
    scores, faults = evaluate(cases)
    lines = [f"{len(cases)} names", "rule                              right wrong missed left"]
    lines += [f"{rule:<34}{s.right:>5}{s.wrong:>6}{s.missed:>7}{s.left:>5}" for rule, s in sorted(scores.items())]
    total = total_score(scores)
    lines.append(f"precision {total.precision:.4f}, recall {total.recall:.4f}")
    lines += [f"  {case.rule}: {case.name}: {found} instead of {case.agency_id}" for case, found in faults[:20]]
    lines.append(f"{SPEED_NAMES} names in {measure_speed(cases):.1f} s on one core")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
