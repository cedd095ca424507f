"""Words call a difference significant, and the P value beside them says otherwise.

## What it does
Ties "significantly higher", "no significant difference", "did not differ", "were similar" and the
like to the P value that the same clause carries, and holds both against the level of significance:
0.05, and every other level that the methods name; the words are accused where they are wrong under
all of them. A P value printed as the level itself ("0.05") is open. Exceptions and contrasts
("except", "but", "whereas"), other senses ("clinically significant", "significant toxicity"), P
values for non-inferiority, interaction or trend, lists paired by "respectively", and what other
studies found are left alone. Where tests are corrected for their number, "not significant" is
doubted only below 0.001, or below the corrected level that the methods print. A further P value of
a list is never more than a note.

## Why it matters
Readers remember the word, not the number; one of both is wrong.

## Example
"The response rate was significantly higher with the combination (38% against 31%, P = 0.12)."

## References
Nuijten MB et al. The prevalence of statistical reporting errors in psychology. Behav Res Methods
2016;48:1205-1226 (decision errors).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.check import check
from auditor.errors import NotEvaluable
from auditor.finding import Finding, Judged, Severity, Verdict
from auditor.manuscript import Manuscript
from auditor.reanalysis.levels import USUAL, Levels, levels
from auditor.reanalysis.significance_words import Says
from auditor.reanalysis.wording import WordedP, worded_p_values
from auditor.statistics.printed_p import significant

_FAR = 0.2  # "marginally significant" above this is only a manner of speaking


@check(code="WRD001", name="significance-wording")
def significance_wording(manuscript: Manuscript) -> Iterator[Finding | Judged]:
    """Yield a finding for every P value whose own clause words it wrongly."""
    judged = 0
    named = levels(manuscript)
    for one in worded_p_values(manuscript):
        judged += 1
        yield Judged(one.claims, others=1)
        severity = _severity(one, named)
        if severity is not None:
            yield _finding(one, named, severity)
    if not judged:
        raise NotEvaluable("no P value of the text stands beside words on its significance")


def _severity(one: WordedP, named: Levels) -> Severity | None:
    usual = significant(one.p, float(USUAL))
    if one.says is Says.BORDER:
        return Severity.NOTE if significant(one.p, _FAR) is False else None
    if one.says is Says.SIGNIFICANT:
        if usual is not False:
            return None
        everywhere = significant(one.p, float(named.greatest)) is False
    else:
        if usual is not True:
            return None
        everywhere = significant(one.p, float(named.least)) is True
    return Severity.WARNING if everywhere and not one.chained else Severity.NOTE


def _finding(one: WordedP, named: Levels, severity: Severity) -> Finding:
    words = " ".join(one.words.split())
    shown = " or ".join(f"{float(level):g}" for level in sorted(named.all))
    expected = "significant" if one.says in (Says.NOT, Says.ALIKE) else "not significant"
    if one.says is Says.BORDER:
        expected = "far from significant"
    side = "below" if expected == "significant" else "not below"
    open_reading = one.says in (Says.ALIKE, Says.BORDER) or severity is Severity.NOTE
    lines = [f"{one.place.quote}: {side} {shown}"]
    if named.multiple and expected == "significant":
        lines.append("tests are corrected for their number, so the level may be stricter")
    return Finding(
        severity=severity,
        verdict=Verdict.QUERY if open_reading else Verdict.DISAGREES,
        message=f"{one.sentence.title or one.sentence.section}: “{words}” is written beside "
        f"{one.place.quote}, which is {expected}: “{_quoted(one)}”",
        places=(one.place,),
        reported=words,
        expected=expected,
        arithmetic=tuple(lines),
    )


def _quoted(one: WordedP, limit: int = 220) -> str:
    text = one.sentence.text
    return text if len(text) <= limit else text[:limit].rstrip() + "…"
