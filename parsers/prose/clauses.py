"""Cuts a sentence's tokens into clauses around its figures, and gives each figure of a paired list its own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.prose.frames import load_grammar
from parsers.prose.tokens import Token

_LINKS = frozenset("、")
_BRACKETS = {"(": 1, ")": -1}
_FEWEST_MEMBERS = 2
_OF = "的"


@dataclass(slots=True)
class Clause:
    """Tokens up to the next stop. `opener` is the stop before; `depth` counts open brackets. `pairs` holds, where
    `分别` or `均` shares figures out, the words of each figure in order.
    """

    opener: str
    depth: int
    tokens: list[Token] = field(default_factory=list)
    pairs: list[list[Token]] = field(default_factory=list)

    @property
    def has_value(self) -> bool:
        """Whether a figure stands in it."""
        return any(token.is_value for token in self.tokens)

    @property
    def flags(self) -> set[str]:
        """All marks of its words."""
        return {flag for token in self.tokens for flag in token.flags}


def split_clauses(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses in order. A bracket without a figure stays in its clause, without its unknown words; a list before
    its figure stays together, figures of a list are clauses of their own.
    """
    clauses = [Clause("", 0)]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        current = clauses[-1]
        place += 1
        if token.text == "(" and token.kind == "stop":
            end = _find_closing(tokens, place)
            inside = tokens[place:end]
            if not any(t.is_value for t in inside):
                current.tokens.extend(_take_aside(inside))
                place = end + 1
                continue
            clauses.append(Clause("(", current.depth + 1))
        elif token.text == ")" and token.kind == "stop":
            clauses.append(Clause(")", max(0, current.depth - 1)))
        elif token.text in _LINKS and _goes_on(tokens, place, current):
            continue
        elif _joins_nouns(token, tokens, place, current):
            current.tokens.append(token)
        elif _is_boundary(token, current, tokens[place] if place < len(tokens) else None):
            clauses.append(Clause("、" if "and" in token.flags else token.text, current.depth))
        else:
            current.tokens.append(token)
    kept = [clause for clause in clauses if clause.tokens]
    _share_out(kept)
    return kept


def _take_aside(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words of a bracket without a figure: what it names, and that something was carried over; no other verb."""
    for token in tokens:
        verbs = tuple(verb for verb in token.meaning.verbs if verb in load_grammar().ruling_verbs)
        if token.kind == "word":
            yield replace(token, meaning=replace(token.meaning, verbs=verbs))


def _find_closing(tokens: Sequence[Token], start: int) -> int:
    depth = 1
    for place in range(start, len(tokens)):
        if tokens[place].kind != "stop" or tokens[place].text not in _BRACKETS:
            continue
        depth += _BRACKETS[tokens[place].text]
        if depth == 0:
            return place
    return len(tokens)


def _is_boundary(token: Token, current: Clause, following: Token | None) -> bool:
    if "and" in token.flags:
        return current.has_value
    if token.kind != "stop":
        return False
    if token.text in _LINKS:
        return current.has_value or not current.tokens
    if token.text == ":":
        return current.has_value or not (following is not None and following.is_value and current.tokens)
    return True


def _goes_on(tokens: Sequence[Token], start: int, current: Clause) -> bool:
    """Whether what follows a figure is a list before its noun: 举办8场稳就业、保供应等方面的新闻发布会."""
    behind: list[Token] = []
    for token in tokens[start:]:
        if token.kind == "stop" and token.text not in _LINKS:
            break
        behind.append(token)
    while behind and behind[-1].meaning.verbs and behind[-1].meaning.noun is None:
        behind.pop()
    if not current.tokens or not behind or behind[-1].meaning.noun is None or current.tokens[-1].is_value:
        return False
    is_plain = not any(t.figure is not None or t.meaning.verbs or t.flags for t in behind)
    return current.has_value and is_plain and any(t.text.startswith(_OF) for t in behind[:-1])


def _joins_nouns(token: Token, tokens: Sequence[Token], start: int, current: Clause) -> bool:
    """Whether a figure stands before two things that it counts together: 办理18件人大代表建议和政协提案."""
    if not (token.text in _LINKS or "and" in token.flags) or not current.has_value:
        return False
    if current.tokens[-1].meaning.noun is None or start >= len(tokens):
        return False
    end = next((n for n in range(start, len(tokens)) if tokens[n].kind == "stop"), len(tokens))
    following = tokens[start:end]
    is_plain = not any(t.figure is not None or t.meaning.verbs or "and" in t.flags for t in following)
    return is_plain and bool(following) and following[-1].meaning.noun == current.tokens[-1].meaning.noun


def _share_out(clauses: list[Clause]) -> None:
    """Pairs the members of a list with the figures behind `分别`, or with one figure behind `均`."""
    for no, clause in enumerate(clauses):
        values = [place for place, token in enumerate(clause.tokens) if token.is_value]
        if len(values) != 1:
            continue
        left = clause.tokens[: values[0]]
        mark = next((n for n, t in enumerate(left) if t.flags & {"respectively", "each_of"}), None)
        if mark is None:
            _share_zero(clause, left)
            continue
        members, after = _find_members(clauses, no, left, mark)
        if len(members) < _FEWEST_MEMBERS:
            continue
        if "respectively" in left[mark].flags:
            run = [clause, *_follow_list(clauses, no + 1)][: len(members)]
            if len(run) == len(members):
                for each, member in zip(run, _complete_members(members), strict=True):
                    each.pairs = [[*member, *after]]
            continue
        members = _gather_rates(members)
        if len(members) >= _FEWEST_MEMBERS and all(_names_rate_or_case(member) for member in members):
            clause.pairs = [[*member, *after] for member in members]


def _find_members(
    clauses: Sequence[Clause], no: int, left: list[Token], mark: int
) -> tuple[list[list[Token]], list[Token]]:
    """The members that stand before the mark, in the clause before or behind the mark, and the words they share."""
    before, after = left[:mark], left[mark + 1 :]
    if not any(t.meaning.is_cue for t in before) and no and not clauses[no - 1].has_value:
        before = clauses[no - 1].tokens
    members = split_members(before)
    return (members, after) if len(members) >= _FEWEST_MEMBERS else (split_members(after), [])


def _share_zero(clause: Clause, left: list[Token]) -> None:
    """行政复议、行政诉讼0件 is zero of each."""
    value = next(token for token in clause.tokens if token.is_value)
    if value.figure is None or value.figure.value != 0:
        return
    members = split_members(left)
    nouns = [next((t.meaning.noun for t in reversed(m) if t.meaning.noun), None) for m in members]
    if len(members) >= _FEWEST_MEMBERS and None not in nouns and len(set(nouns)) == len(nouns):
        clause.pairs = members


def split_members(tokens: Sequence[Token]) -> list[list[Token]]:
    """The members of a list, each with a word that names something; what stands under the first one's verb stands
    under it in all.
    """
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in _LINKS or "and" in token.flags:
            groups.append([])
            continue
        groups[-1].append(token)
    named = [group for group in groups if any(_is_name(t) for t in group)]
    if len(named) < _FEWEST_MEMBERS:
        return named
    shared = [token for token in named[0] if token.meaning.verbs or "via" in token.flags]
    return [named[0], *([*shared, *group] for group in named[1:])]


def _gather_rates(members: list[list[Token]]) -> list[list[Token]]:
    """建议、提案办复率 is one member of a list of rates, of both."""
    if not any(token.meaning.rate for member in members for token in member):
        return members
    gathered: list[list[Token]] = []
    waiting: list[Token] = []
    for member in members:
        waiting = [*waiting, *member]
        if any(token.meaning.rate for token in member):
            gathered.append(waiting)
            waiting = []
        else:
            waiting.append(Token("stop", member[-1].end, member[-1].end, "、"))
    return gathered


def _complete_members(members: list[list[Token]]) -> list[list[Token]]:
    """建议、提案办复率分别为: what the last member is counted in holds for all."""
    last = members[-1]
    name = next((n for n, token in enumerate(last) if token.meaning.parts), len(last))
    shared = [t for n, t in enumerate(last) if t.meaning.rate or (n > name and t.meaning.is_cue)]
    return [member if any(_is_counted(t) for t in member) else [*member, *shared] for member in members[:-1]] + [last]


def _is_counted(token: Token) -> bool:
    return bool(token.meaning.verbs or token.meaning.rate)


def _is_name(token: Token) -> bool:
    return bool(token.meaning.noun or token.meaning.parts or token.meaning.rate)


def _names_rate_or_case(member: Sequence[Token]) -> bool:
    head = next(t for t in reversed(member) if _is_name(t))
    return head.meaning.rate is not None or (head.meaning.noun is not None and not head.meaning.is_weak)


def _says_something(token: Token) -> bool:
    return token.meaning.is_cue or token.kind == "unknown"


def _follow_list(clauses: Sequence[Clause], start: int) -> list[Clause]:
    """The clauses behind that hold nothing but one figure each of the same list."""
    found = []
    for clause in clauses[start:]:
        value = next((n for n, t in enumerate(clause.tokens) if t.is_value), None)
        if clause.opener not in ("、", ",") or value is None or any(map(_says_something, clause.tokens[:value])):
            break
        found.append(clause)
        if any(map(_says_something, clause.tokens[value + 1 :])):
            break
    return found
