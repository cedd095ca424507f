"""Words of a sentence that no statement's phrases hold: what was not read may change it all.

In "Norapar was reduced in 41 men" a phrase that holds "Norapar" alone speaks of something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from auditor.linking import discourse
from auditor.statement import Prose, Sentence, Statement
from auditor.topic import Topic

_BREAK = re.compile(r"[;:]")
_ASIDE = re.compile(r"\([^()\d]*\)|\[[^\[\]\d]*\]")
_COMMENT = re.compile(
    r",\s+(?:(?:and|but|so|although|though|because)\s+(?:the|this|these|it|we|our)\b"
    r"|which\s+(?:may|might|could|can|would|suggest|indicat|explain|confirm|support)"
    r"|(?:suggest|indicat|confirm|support)ing\b"
    r"|(?:similar|comparable|consistent|in (?:line|keeping))\b)"
)
"""Behind a number: what the authors make of it, in a clause of its own."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")

Read = Callable[[str, str], Topic]


def leftovers(prose: Prose, read: Read) -> Mapping[str, tuple[str, ...]]:
    """Content words before (and, for the last of a clause, behind) each statement that stand in
    no phrase, by id of statement; statements without any are left out."""
    sentences = {sentence.index: sentence for sentence in prose.sentences}
    together: dict[int, list[Statement]] = defaultdict(list)
    for statement in prose.statements:
        together[statement.sentence].append(statement)
    found: dict[str, tuple[str, ...]] = {}
    for index, members in together.items():
        sentence = sentences[index]
        bare = _bare(sentence, members)
        for statement, stretch in _stretches(sentence, members, bare):
            words = _content(stretch, read)
            if words:
                found[statement.id] = words
    return found


def _bare(sentence: Sentence, members: Sequence[Statement]) -> str:
    """The sentence with all that was read, citations and asides blanked out."""
    letters = list(_ASIDE.sub(lambda m: " " * len(m[0]), sentence.text))
    spans = [(p.start, p.end) for m in members for p in (*m.what, *m.whom, *m.setting)]
    spans += [(m.place.start or 0, m.place.end or 0) for m in members]
    for start, end in spans:
        for at in range(bisect_left(sentence.offsets, start), bisect_left(sentence.offsets, end)):
            letters[at] = " "
    for start, end in (*sentence.citations, *sentence.pointers):
        for at in range(start, end):
            letters[at] = " "
    return "".join(letters)


def _stretches(
    sentence: Sentence, members: Sequence[Statement], bare: str
) -> list[tuple[Statement, str]]:
    """What stands between a statement and the one before it, or the clause's beginning; behind
    the last of a clause also what follows it."""
    ordered = sorted(members, key=lambda m: m.place.start or 0)
    found: list[tuple[Statement, str]] = []
    last = 0
    for statement, following in zip(ordered, (*ordered[1:], None), strict=True):
        start = bisect_left(sentence.offsets, statement.place.start or 0)
        end = bisect_left(sentence.offsets, statement.place.end or 0)
        until = len(bare)
        if following is not None:
            until = bisect_left(sentence.offsets, following.place.start or 0)
        before = _BREAK.split(bare[last:start])[-1]
        stop = _BREAK.search(bare, end, until)
        behind = ""
        if stop is not None:
            behind = bare[end : stop.start()]
        elif following is None:
            behind = _COMMENT.split(bare[end:], maxsplit=1)[0]
        found.append((statement, f"{before} {behind}"))
        last = end
    return found


def _content(stretch: str, read: Read) -> tuple[str, ...]:
    if not _WORD.search(stretch):
        return ()
    topic = read(" ".join(stretch.split()), "what")
    return tuple(word for word in topic.residue if not discourse.light(word))
