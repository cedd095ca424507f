"""A statement in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.prose.items import Bracket, Item, Times, Word
from auditor.prose.phrases import After, Before, Span
from auditor.prose.tokens import Token
from auditor.prose.value import Value


@dataclass(slots=True, eq=False)
class Draft:
    """A value, or a bracket with values, and what is known of it; phrases are spans of tokens.

    Attributes:
        joint: what joins it to the draft before it: "list", "versus", "part" (of it), "beside"
            (a bracket right behind it), "clause" (a new one), or "".
        lead: words in front of the value within its gap, ``tail``: those behind it.
        comma: whether a comma alone joins it; ``parent``: of the bracket it stands in.
        nested: whether it stands in a phrase of the value before it ("0.51 in the 70 men");
            ``among``: the phrase with such a number.
        mode: whether its name stands "before" or "after" it, or nowhere ("bare").
        what: phrases that name it; ``shared``: phrases of whom of its head, ``own``: those
            behind the value itself.
        sides: names of the two sides that are compared.
        pair: which member of a coordinated head it is paired with.
        whole: the draft whose parts the list gives that it is a member of.
        basis: the 44 of "Of the 44 patients" in front of its clause.
    """

    value: Value | Bracket
    joint: str = ""
    lead: list[Item] = field(default_factory=list)
    tail: list[Item] = field(default_factory=list)
    exhaustive: bool = False
    comma: bool = False
    nested: bool = False
    among: Span | None = None
    parent: Draft | None = None
    before: Before = field(default_factory=Before)
    after: After = field(default_factory=After)
    mode: str = "bare"
    what: list[Span] = field(default_factory=list)
    shared: list[Span] = field(default_factory=list)
    own: list[Span] = field(default_factory=list)
    setting: list[Span] = field(default_factory=list)
    p: Token | None = None
    at: Times | None = None
    series: int | None = None
    item: int = 0
    pair: int = 0
    sides: tuple[Span, ...] = ()
    versus: bool = False
    respectively: bool = False
    order_open: bool = False
    whole: Draft | None = None
    basis: Token | None = None
    quantifier: str = ""

    @property
    def measured(self) -> Value | None:
        """Its value, or None for a bracket."""
        return self.value if isinstance(self.value, Value) else None

    @property
    def counted(self) -> bool:
        """Whether it counts patients or events."""
        return isinstance(self.value, Value) and self.value.count is not None

    @property
    def listed(self) -> bool:
        """Whether it goes on with the list of the draft before it."""
        return self.joint in ("list", "versus")

    @property
    def apposed(self) -> bool:
        """Whether it is a bracket that explains the value before it."""
        return isinstance(self.value, Bracket) and self.joint in ("beside", "")

    @property
    def direct(self) -> bool:
        """Whether its name stands directly before it: "ORR (14%)"."""
        return not isinstance(self.value, Value) or self.value.bracketed

    def first(self, phrase: Span) -> str:
        """The word that a phrase of it begins with, in lower case, or ""."""
        for item in (*self.lead, *self.tail):
            if isinstance(item, Word) and item.start == phrase[0]:
                return item.token.norm
        return ""
