"""Responses as a passage counts them: CR, PR, SD, PD and the rates made of them.

Source of the identities: RECIST 1.1 (Eisenhauer EA et al. Eur J Cancer 2009;45:228-247): every
patient has one best response; ORR is CR + PR, DCR is CR + PR + SD.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.passages.mentions import Mention, Passage
from auditor.printed import PrintedNumber
from auditor.statement import Kind, Sentence

CATEGORIES = ("CR", "PR", "SD", "PD", "NE")
_SUMS = {"ORR": ("CR", "PR"), "DCR": ("CR", "PR", "SD"), "CBR": ("CR", "PR", "SD")}

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("ORR", r"\bORRs?\b|(?i:\b(?:objective|overall) (?:tumou?r )?(?:response|remission)s?"
                r"(?: rates?)?\b|(?<!complete )(?<!partial )\bresponse rates?\b)"),
        ("DCR", r"\bDCRs?\b|(?i:\b(?:disease|tumou?r)[- ]control(?: rates?)?\b)"),
        ("CBR", r"\bCBRs?\b|(?i:\bclinical benefit(?: rates?)?\b)"),
        ("CR", r"\b[cu]?CRs?\b|(?i:\bcomplete (?:\w+ )?(?:responses?|remissions?|responders?)\b)"),
        ("PR", r"\b[cu]?PRs?\b|(?i:\bpartial (?:\w+ )?(?:responses?|remissions?|responders?)\b)"),
        ("SD", r"\bSDs?\b|(?i:\bstable diseases?\b|\bdisease stabili[sz]ations?\b)"),
        ("PD", r"\bPDs?\b|(?i:\bprogressive diseases?\b)"),
        ("NE", r"\bNEs?\b|(?i:\b(?:not|non|un|in)-?\s?(?:evalua(?:ble|ted)|assess(?:able|ed))\b)"),
    )
)  # fmt: skip

_OTHER = re.compile(
    r"(?i:\b(?:confirmed|unconfirmed|independent|central(?:ly)?|review(?:er)?|committee|irc|bicr|"
    r"investigator|pathologic(?:al)?|molecular|cytogenetic|metabolic|biochemical|psa|pet|choi|"
    r"mrecist|irecist|irrc|intracranial|cns|lesions?|serological|hematologic(?:al)?|clinical "
    r"complete|duration|time to|median|received|until|after|before|without|prior|previous(?:ly)?|"
    r"inclusion|unknown|expected|assum\w+|hypothes\w+|null|major|near|minor|week|months?|cycles?)\b)"
)
"""Words that make it another response than the best one of each patient."""


def categories(text: str) -> tuple[str, ...]:
    """The responses and rates that the words name, in their order."""
    found = [(m.start(), key) for key, pattern in _WORDS for m in pattern.finditer(text)]
    return tuple(dict.fromkeys(key for _, key in sorted(found)))


def special(text: str) -> bool:
    """Whether the words speak of another response than the best response of all patients."""
    return bool(_OTHER.search(text))


@dataclass(frozen=True)
class Rate:
    """A printed rate made of responses: ``key`` is ORR, DCR or CBR; ``arm`` its position in
    an opposition ("6% versus 38%"), or None."""

    key: str
    mention: Mention
    percent: PrintedNumber
    arm: int | None = None


@dataclass(frozen=True)
class Counts:
    """Counts of responses that speak of the same patients, by category."""

    by: dict[str, Mention]
    rates: tuple[Rate, ...] = ()

    @property
    def total(self) -> int:
        return sum(m.number or 0 for m in self.by.values())

    def number(self, key: str) -> int:
        """Of one category; 0 where it is not counted."""
        return (self.by[key].number or 0) if key in self.by else 0

    def responders(self, key: str) -> int:
        """Numerator of ORR, DCR or CBR."""
        return sum(self.number(k) for k in _SUMS[key])

    @property
    def complete(self) -> bool:
        """Whether all that a rate is made of is counted: PR, SD and PD at least."""
        return {"PR", "SD", "PD"} <= set(self.by)

    @property
    def words(self) -> str:
        """Such as "0 CR + 6 PR + 16 SD"."""
        return " + ".join(f"{self.number(k)} {k}" for k in CATEGORIES if k in self.by)


_TURN = re.compile(
    r"^(?:(?:however|moreover|besides|further(?:more)?|similarly|conversely|in contrast|"
    r"by contrast),?\s+)?"
    r"(?:among|in(?! (?:addition|total|all|summary|this study|our study|the present))|for|of|with|"
    r"patients|when|if|by|regarding|within|after|before|according|using|considering)\b",
    re.IGNORECASE,
)


_ENOUGH = frozenset({"PR", "SD", "PD"})
_GROUPS = re.compile(r"\b(?:groups|arms|cohorts)\b", re.IGNORECASE)


def turns(sentence: Sentence) -> bool:
    """Whether a sentence begins by saying whom it speaks of."""
    return bool(_TURN.match(sentence.text))


def clause(mention: Mention) -> str:
    """The words next to a number, up to the nearest sign on either side."""
    left = re.split(r"[;:.]|,\s", mention.before)[-1]
    right = re.split(r"[;:.]|,\s", mention.after, maxsplit=1)[0]
    return f"{left} {right}"


def category_of(mention: Mention) -> tuple[str, ...]:
    """The responses that a count names; several where one number stands for each of them ("no
    CR or PR")."""
    if mention.number is None:
        return ()
    behind = re.split(r"[,;:]|\band\b", mention.after, maxsplit=1)[0]
    for words in (mention.statement.place.quote, behind, mention.head):
        named = tuple(k for k in categories(words) if k in CATEGORIES)
        if len(named) > 1 and mention.number:
            return ()  # only none is a number of several responses at once
        if named:
            return named
    return ()


def response_counts(passage: Passage) -> tuple[Counts, ...]:
    """The counts of responses of the passage, one set for each group of patients, in order.

    A set ends where a category comes again and where a sentence says whom it speaks of; with
    each set go the rates that follow it before the next one.
    """
    sets: list[Counts] = []
    current: dict[str, Mention] = {}
    rates: list[Rate] = []
    sentence: Sentence | None = None
    away = False

    def close() -> None:
        if current or rates:
            sets.append(Counts(dict(current), tuple(rates)))
        current.clear()
        rates.clear()

    for mention in passage.mentions:
        if mention.sentence is not sentence:
            sentence = mention.sentence
            away = bool(current) and (away or turns(sentence))
            if away and not set(current) >= _ENOUGH:
                close()
        if not mention.own:
            continue
        rate = rate_of(mention, next(iter(current.values()), None))
        if rate is not None:
            behind = bool(current) and all(m.sentence is not sentence for m in current.values())
            if behind and mention.statement.whom:
                continue  # it names whom it is of, and the counts before are of others
            if not away or (rate.arm is not None and _GROUPS.search(mention.sentence.text)):
                rates.append(rate)
            continue
        keys = category_of(mention)
        if not keys or special(clause(mention)):
            continue
        if any(k in current for k in keys) or rates or away:
            close()
            away = False
        current.update(dict.fromkeys(keys, mention))
    close()
    return tuple(sets)


def rate_of(mention: Mention, counted: Mention | None = None) -> Rate | None:
    """The rate of responses that a statement prints, or None.

    ``counted`` is the first response counted in front of it: words in front of both ("by central
    review, 4 patients had CR and 9 PR, for an ORR of 31%") tell nothing apart, unless several
    rates stand side by side.
    """
    statement = mention.statement
    if statement.kind is not Kind.PERCENT and statement.percent is None:
        return None
    if statement.at is not None or not statement.what or statement.value.relation != "=":
        return None
    if any(b.of in ("", "range") for b in statement.bounds):
        return None
    words = statement.what[0].text
    named = tuple(k for k in categories(words) if k in _SUMS)
    shared = ""
    if counted and counted.sentence is mention.sentence and statement.series is None:
        shared = mention.sentence.text[: counted.start]
    setting = (p for p in statement.setting if p.text not in shared)
    around = (p.text for p in (*statement.whom, *setting))
    if len(named) != 1 or special(" ".join((words, clause(mention), *around))):
        return None
    arm = statement.item if statement.versus else None
    return Rate(named[0], mention, statement.percent or statement.value, arm)
