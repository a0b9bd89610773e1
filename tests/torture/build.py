"""Makes one report from its seed: facts, print, damage, bytes. The same seed gives the same bytes."""

from dataclasses import dataclass
from random import Random

from tests.torture.damage import STAGES, Damage, FigureDamage, PrintDamage, find_damage, list_damages
from tests.torture.printing import Draft, print_report
from tests.torture.renderers import RENDERERS
from tests.torture.truth import draw_truth

_UNDAMAGED_SHARE = 0.1
_SINGLE_SHARE = 0.55
_MOST_DAMAGES = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A report's seed, printed as `<carrier>:<seed>:<number>`, which draws its damages.

    Names behind it, each after a `+`, are the damages instead; a lone `+` means none.
    """

    carrier: str
    seed: int
    number: int
    named: tuple[str, ...] | None = None

    def __str__(self) -> str:
        named = "" if self.named is None else "".join(f"+{name}" for name in self.named) or "+"
        return f"{self.carrier}:{self.seed}:{self.number}{named}"


def parse_case(text: str) -> Case:
    """A case from its printed form. Raises ValueError for anything else."""
    place, *named = text.split("+")
    carrier, seed, number = place.split(":")
    return Case(carrier, int(seed), int(number), tuple(name for name in named if name) if named else None)


def choose_damages(case: Case, random: Random) -> list[Damage]:
    """None for every tenth report; then each damage by itself in turn; then up to five together."""
    possible = list_damages(case.carrier)
    if case.named is not None:
        return [find_damage(name) for name in case.named]
    share = random.random()
    if share < _UNDAMAGED_SHARE:
        return []
    if share < _SINGLE_SHARE:
        return [possible[case.number % len(possible)]]
    return random.sample(possible, random.randint(2, _MOST_DAMAGES))


def build_draft(case: Case) -> tuple[Draft, tuple[str, ...]]:
    """The damaged report before rendering, and the names of the damages that found a place in it.

    Facts, style and each damage draw from a seed of their own, so that naming fewer damages leaves the rest as it was.
    """
    place = f"{case.carrier}:{case.seed}:{case.number}"
    damages = choose_damages(case, Random(place))
    in_order = sorted(damages, key=lambda damage: STAGES.index(damage.stage))
    truth = draw_truth(Random(f"{place}:truth"))
    applied: list[str] = []
    for damage in in_order:
        if isinstance(damage, FigureDamage) and damage.change(truth, Random(f"{place}:{damage.name}")):
            applied.append(damage.name)
    draft = print_report(truth, Random(f"{place}:print"))
    draft.style = {"carrier": case.carrier, **RENDERERS[case.carrier].draw_style(Random(f"{place}:style"))}
    for damage in in_order:
        if isinstance(damage, PrintDamage) and damage.apply(draft, Random(f"{place}:{damage.name}")):
            applied.append(damage.name)
    return draft, tuple(applied)
