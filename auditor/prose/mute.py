"""Which numbers of a sentence are no results: grades, doses, schedules, dates, pointers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.prose.tokens import Token, muted

_YEARS = range(1900, 2101)
_DAYS = range(1, 32)
_LISTS = ("comma", "and", "or", "to", "dash", "quantifier")
_PEOPLE = ("those", "tumors", "tumours", "disease")
_JOINTS = ("dash", "slash", "comma", "and", "or", "to", "plus-minus")


def without_names(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with every number that names or doses something turned into a word.

    Citations and pointers in brackets ("[5, 27]", "(Table 2)") lose their numbers too.
    """
    result = list(tokens)
    names = (_levels, _pointers, _dates, _citations, _named, _ratios)
    for rule in (*names, _doses, _schedules, _compounds, _aged, _ages, _bounds, _groups):
        for start, end in rule(result):
            for at in range(start, end):
                if result[at].number is not None:
                    result[at] = muted(result[at])
    return tuple(result)


Spans = list[tuple[int, int]]


def _levels(tokens: Sequence[Token]) -> Spans:
    """The 95% of "95% CI", also in "CI 95%" and "95% (confidence interval"."""
    found = []
    for at, token in enumerate(tokens):
        if not token.is_("ci"):
            continue
        if at and _percent(tokens[at - 1]):
            found.append((at - 1, at))
        elif at + 1 < len(tokens) and _percent(tokens[at + 1]):
            found.append((at + 1, at + 2))
        elif at > 1 and tokens[at - 1].text == "%" and tokens[at - 2].number is not None:
            found.append((at - 2, at - 1))
    return found


def _percent(token: Token) -> bool:
    return token.number is not None and token.number.percent


def _pointers(tokens: Sequence[Token]) -> Spans:
    """ "(Table 2; Figure 3A)" and "Tables 3 and 4"."""
    return _after(tokens, lambda t: t.is_("names.pointers"), limit=10_000)


def _named(tokens: Sequence[Token]) -> Spans:
    """ "grade 3 or 4", "stage III", "week 8", "ECOG 0-1"."""
    return _after(tokens, lambda t: t.is_("names.before"), limit=400)


def _after(tokens: Sequence[Token], leads: Callable[[Token], bool], limit: int) -> Spans:
    found = []
    for at, token in enumerate(tokens):
        if not leads(token):
            continue
        end = at + 1
        while end < len(tokens) and end - at < 3 and tokens[end].is_("close"):
            end += 1  # "Eastern Cooperative Oncology Group (ECOG) 0-1"
        score = token.is_("names.score")
        if score and end < len(tokens) and tokens[end].is_("equals", "of"):
            end += 1
        start = end
        while end < len(tokens):
            step = end
            if step > start:
                if not tokens[step].is_(*_JOINTS):
                    break
                step += 1
                if (
                    step < len(tokens)
                    and tokens[step - 1].is_("comma")
                    and tokens[step].is_("and", "or")
                ):
                    step += 1
            if step >= len(tokens):
                break
            level = token.is_("names.level") and _plain(tokens[step]) and _opens(tokens, step + 1)
            if not level and not _name_like(tokens, step, limit):
                break
            end = step + 1
        if end > start:
            found.append((start, end))
    return found


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_("open")


def _name_like(tokens: Sequence[Token], at: int, limit: int) -> bool:
    number = tokens[at].number
    if number is None or number.percent:
        return False
    if tokens[at].spelled and (not tokens[at - 1].is_("names.spelled") or number.value > 12):
        return False
    if number.value >= limit or (number.decimals and limit < 1000):
        return number.decimals == 1 and number.value < 10 and not _counted(tokens, at + 1)
    return not _counted(tokens, at + 1)


def _counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether patients, a unit of time or a share follow: then it is a quantity after all."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.is_("patients", "time", "percent-sign") or (
        token.is_("of") and at + 1 < len(tokens) and tokens[at + 1].number is not None
    ):
        return True
    if token.is_("open") and at + 1 < len(tokens):
        return tokens[at + 1].number is not None
    return False


def _citations(tokens: Sequence[Token]) -> Spans:
    """ "[5, 27]" and "[8-10]" behind a word; behind a number square brackets hold a result."""
    found = []
    for at, token in enumerate(tokens):
        if token.text != "[" or not at or tokens[at - 1].number is not None:
            continue
        if tokens[at - 1].is_("close", "patients", "time"):
            continue
        end = at + 1
        while end < len(tokens) and (
            tokens[end].is_("comma", "dash", "semicolon") or _plain(tokens[end])
        ):
            end += 1
        if end < len(tokens) and tokens[end].is_("close") and end > at + 1:
            found.append((at + 1, end))
    return found


def _plain(token: Token) -> bool:
    number = token.number
    return number is not None and number.integer is not None and not token.spelled


def _dates(tokens: Sequence[Token]) -> Spans:
    """Months with day and year, and years that stand alone."""
    found = []
    for at, token in enumerate(tokens):
        if token.is_("names.months"):
            start, end = at, at + 1
            while start and (_day_or_year(tokens[start - 1])):
                start -= 1
            while end < len(tokens) and (
                _day_or_year(tokens[end])
                or (tokens[end].is_("comma") and end + 1 < len(tokens) and _year(tokens[end + 1]))
            ):
                end += 1
            found.append((start, end))
        elif _year(token) and _dated(tokens, at):
            found.append((at, at + 1))
    return found


def _dated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number like 2017 is a year, and not 2,017 patients."""
    before = tokens[at - 1] if at else None
    if before is not None and before.is_("equals"):
        return False
    follows = at + 1 < len(tokens) and tokens[at + 1].is_("patients")
    placed = before is not None and before.is_("prep", "to", "with")
    return not follows and (placed or not _counted(tokens, at + 1))


def _year(token: Token) -> bool:
    return (
        _plain(token)
        and token.number is not None
        and "," not in token.text
        and int(token.number.value) in _YEARS
    )


def _day_or_year(token: Token) -> bool:
    return _year(token) or (
        _plain(token) and token.number is not None and int(token.number.value) in _DAYS
    )


def _doses(tokens: Sequence[Token]) -> Spans:
    """ "10 mg or 8 mg", "15 to 60 Gy", "5 cm": a number with a unit that is no time."""
    found = []
    for at, token in enumerate(tokens):
        if not token.is_("dose") or not at:
            continue
        end = at
        while end and tokens[end - 1].is_("dash", "hyphen"):
            end -= 1
        start = end
        while start and _measured(tokens[start - 1]):
            start -= 1
            joined = start > 1 and tokens[start - 1].is_("dash", "to", "slash", "plus-minus", "or")
            if not joined or tokens[start - 2].number is None:
                break
            start -= 1
        if start < end:
            found.append((start, end))
    return found


def _measured(token: Token) -> bool:
    return token.number is not None and not token.number.percent


def _schedules(tokens: Sequence[Token]) -> Spans:
    """ "every 3 weeks", "on day 1", "once daily for 14 days", "a 21-day cycle"."""
    found = []
    for at, token in enumerate(tokens[:-1]):
        following = tokens[at + 1]
        if following.number is None:
            continue
        end = at + 2
        while (
            end + 1 < len(tokens)
            and tokens[end].is_("dash", "to", "or", "and")
            and tokens[end + 1].number
        ):
            end += 2
        if end < len(tokens) and tokens[end].is_("hyphen"):
            end += 1
        if end < len(tokens) and tokens[end].is_("time") and token.is_("names.schedule"):
            found.append((at + 1, end))
    return found


def _compounds(tokens: Sequence[Token]) -> Spans:
    """ "3-weekly", "a 2-arm trial", "1-sided", "2P": a number within a word counts nothing."""
    found = []
    for at, token in enumerate(tokens[:-1]):
        following = tokens[at + 1]
        if not _digits(token) or following.start != token.end:
            continue
        behind = tokens[at + 2] if at + 2 < len(tokens) else None
        glued = following.is_("hyphen") and behind is not None and behind.start == following.end
        compound = glued and behind is not None and behind.word and not behind.is_("time", "line")
        if compound or (following.is_("p") and following.text == "P"):
            found.append((at, at + 1))
    return found


def _aged(tokens: Sequence[Token]) -> Spans:
    """ "aged 75-79", "aged 75-79, 80-84 and >= 85 years"; not the 12 of "12 aged"."""
    found = []
    for at, token in enumerate(tokens):
        if token.norm != "aged":
            continue
        end = step = at + 1
        while step < len(tokens) and (
            tokens[step].is_(*_JOINTS)
            or (tokens[step].number is not None and not tokens[step].spelled)
        ):
            following = tokens[step + 1] if step + 1 < len(tokens) else None
            if tokens[step].number is not None:
                if following is not None and following.word and not following.is_("time", *_JOINTS):
                    break
                end = step + 1
            step += 1
        found.append((at + 1, end))
    return found


def _digits(token: Token) -> bool:
    return token.number is not None and not token.spelled


def _ages(tokens: Sequence[Token]) -> Spans:
    """ ">= 18 years", "> 5 cm": a bound with a unit is a threshold."""
    found = []
    for at, token in enumerate(tokens):
        number = token.number
        if number is None or number.relation in ("=", "~") or number.percent:
            continue
        back = list(tokens[max(0, at - 2) : at])
        if any(t.is_("p", "ci") for t in back) or (back and back[-1].is_("dash", "to")):
            continue
        if at + 1 < len(tokens) and tokens[at + 1].is_("open", "slash"):
            continue
        found.append((at, at + 1))
    return found


def _bounds(tokens: Sequence[Token]) -> Spans:
    """ "a score of 5 or more" and "a score below 5"; "over 30 patients" counts them."""
    found = []
    for at, token in enumerate(tokens):
        if not _plain(token) and not token.spelled:
            continue
        after = tokens[at + 1 : at + 3]
        more = len(after) == 2 and after[0].is_("or") and after[1].is_("names.more")
        below = at > 0 and tokens[at - 1].is_("names.below")
        if more or (below and not (after and _counts_on(after[0]))):
            found.append((at, at + 1))
    return found


def _groups(tokens: Sequence[Token]) -> Spans:
    """Numbers that define a group: "in those with two or three", "for less than 1%"."""
    found = []
    for at, token in enumerate(tokens):
        if at and token.norm in ("with", "without") and _names_people(tokens[at - 1]):
            found += _listed(tokens, at + 1)
        if token.is_("of") or token.norm in ("for", "with"):
            bound = at + 1 < len(tokens) and tokens[at + 1].is_("quantifier", "names.below")
            start = at + 1 + bound
            end = start + 1
            while end < len(tokens) and (tokens[end].is_("dash", "to") or _percent(tokens[end])):
                end += 1
            share = end <= len(tokens) and any(_percent(t) for t in tokens[start:end])
            wide = bound or (end - start == 3 and not token.is_("of"))
            on = end < len(tokens) and tokens[end].is_("of", "open")
            if share and wide and not on:
                found.append((start, end))
    return found


def _names_people(token: Token) -> bool:
    return token.is_("patients", "time") or token.norm in _PEOPLE


def _listed(tokens: Sequence[Token], start: int) -> Spans:
    """A list of small numbers that counts no patients: "0, 1 and at least 2 risk factors"."""
    end = at = start
    while at < len(tokens) and (tokens[at].number is not None or tokens[at].is_(*_LISTS)):
        number = tokens[at].number
        if number is not None:
            if number.integer is None or number.value > 10 or _counted(tokens, at + 1):
                break
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is not None and following.is_("slash", "with"):
                break
            end = at + 1
        at += 1
    return [(start, end)] if end > start else []


def _counts_on(token: Token) -> bool:
    """Whether a word behind a number can be what it counts."""
    return token.word and not token.is_("prep", "and", "or", "copula", "have", "verb", "light")


def _ratios(tokens: Sequence[Token]) -> Spans:
    """ "randomised 2:1", and dates like 3/4/2012."""
    found = [
        (at - 1, at + 2)
        for at in range(1, len(tokens) - 1)
        if tokens[at].is_("colon") and _small(tokens[at - 1]) and _small(tokens[at + 1])
    ]
    for at in range(2, len(tokens) - 2):
        slashes = tokens[at - 1].is_("slash") and tokens[at + 1].is_("slash")
        if slashes and all(_plain(tokens[i]) for i in (at - 2, at, at + 2)):
            found.append((at - 2, at + 3))
    return found


def _small(token: Token) -> bool:
    return _plain(token) and token.number is not None and token.number.value < 10
