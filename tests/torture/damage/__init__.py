"""Every damage there is. A new one is a function and a line in its module's `DAMAGES`."""

from tests.torture.damage import around, breaks, carrying, figures, labels, rows, text, traps
from tests.torture.damage.record import STAGES, Damage, FigureDamage, PrintDamage

__all__ = ["DAMAGES", "STAGES", "Damage", "FigureDamage", "PrintDamage", "find_damage", "list_damages"]

DAMAGES: tuple[Damage, ...] = (
    *figures.DAMAGES,
    *text.DAMAGES,
    *labels.DAMAGES,
    *rows.DAMAGES,
    *breaks.DAMAGES,
    *around.DAMAGES,
    *carrying.DAMAGES,
    *traps.TRAPS,
)


def list_damages(carrier: str) -> list[Damage]:
    """The damages that can happen to a carrier."""
    return [damage for damage in DAMAGES if damage.carriers is None or carrier in damage.carriers]


def find_damage(name: str) -> Damage:
    """The damage of this name. Raises KeyError for an unknown one."""
    for damage in DAMAGES:
        if damage.name == name:
            return damage
    raise KeyError(f"no damage `{name}`")
