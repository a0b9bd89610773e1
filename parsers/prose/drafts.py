"""What is known while a sentence is read: the statements so far, and what the next figure can inherit from them."""

from dataclasses import dataclass, field
from decimal import Decimal

from parsers.prose.catalogue import Breakdown
from parsers.prose.clauses import Clause
from parsers.prose.tokens import Token
from parsers.report import Bound
from parsers.report import StatementPeriod as Period
from parsers.report import StatementSubject as Subject


@dataclass(slots=True)
class Draft:
    """A statement as far as its sentence goes. `whole` is the draft it is a part of."""

    metric_id: str
    value: Decimal
    unit: str
    unit_kind: str
    bound: Bound = "exact"
    breakdown: Breakdown | None = None
    part_id: str | None = None
    subject: Subject = "own"
    period: Period = "year"
    is_in_words: bool = False
    whole: "Draft | None" = None
    is_contained: bool = False
    has_unread_parts: bool = False
    statement_no: int | None = None

    @property
    def is_part(self) -> bool:
        """Whether it is a part of something."""
        return self.whole is not None


@dataclass(slots=True)
class PartsOf:
    """The parts that are being listed: of which whole, from which depth of brackets and which clause on, the noun and
    verb that hold again behind them, and whether the whole is said to contain them.
    """

    whole: Draft
    depth: int
    clause: Clause
    noun: str | None
    verb: str | None
    is_contained: bool


@dataclass(slots=True)
class SentenceState:
    """What the next figure can inherit. `waiting` is a count of cases still being handled, which the next clause may
    carry out. `near_channels` are those named last, `hinted_channels` those of accounts that are only run. `told`
    counts the statements that were handed on already.
    """

    report_year: int | None
    own_name: str
    drafts: list[Draft] = field(default_factory=list)
    noun: str | None = None
    verb: str | None = None
    channels: tuple[str, ...] = ()
    subject: Subject = "own"
    period: Period = "year"
    base_year: int | None = None
    is_until: bool = False
    is_plan: bool = False
    parts: PartsOf | None = None
    noun_ahead: str | None = None
    named_noun: str | None = None
    named_topics: tuple[str, ...] = ()
    waiting: Draft | None = None
    near_channels: tuple[str, ...] = ()
    hinted_channels: tuple[str, ...] = ()
    has_fresh_channel: bool = False
    told: int = 0
    pending: list[Token] = field(default_factory=list)

    @property
    def last(self) -> Draft | None:
        """The statement before."""
        return self.drafts[-1] if self.drafts else None
