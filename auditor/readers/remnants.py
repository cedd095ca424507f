"""Remnants of HTML, LaTeX and Markdown in plain text, read as what they were meant to show."""

from __future__ import annotations

import html
import re

from auditor.readers.runs import Run

_COMMANDS = {
    "pm": "±", "times": "×", "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥",
    "geqslant": "≥", "approx": "≈", "sim": "~", "neq": "≠", "cdot": "·", "alpha": "α",
    "beta": "β", "gamma": "γ", "delta": "δ", "kappa": "κ", "lambda": "λ", "mu": "μ", "chi": "χ",
    "sigma": "σ", "eta": "η", "dagger": "†", "ddagger": "‡", "S": "§", "P": "¶", "ast": "*",
    "infty": "∞", "rightarrow": "→", "to": "→", "lt": "<", "gt": ">", "circ": "°", "prime": "′",
    "ldots": "…", "dots": "…", "quad": " ", "qquad": " ", "left": "", "right": "", "rm": "",
    "bf": "", "it": "", "Delta": "Δ", "Omega": "Ω", "Sigma": "Σ", "degree": "°", "mid": "|",
    "prod": "∏", "sum": "∑", "sqrt": "√", "ell": "ℓ", "percent": "%", "displaystyle": "",
}  # fmt: skip

_FARTHEST = 400  # characters that emphasis may embrace
_TOKEN = re.compile(
    r"""
      (?P<tag></?(?:i|b|em|strong|u|sup|sub|small|span|font|p|br|sc)\b[^<>\n]{0,200}>)
    | (?P<entity>&(?:\#\d{1,7}|\#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    | (?P<escape>\\[%$&\#_*|`~{}\[\]()\\,;:!\ <>+.-])
    | \\(?:math(?:rm|bf|it|sf|tt|bb|cal|frak|regular)|text(?:rm|bf|it|sc|up|sf|tt)?|operatorname
        |mbox|emph|boldsymbol|bm)\s*(?P<style>\{)
    | \\frac\s*\{(?P<over>[^{}]*)\}\s*\{(?P<under>[^{}]*)\}
    | \\(?P<command>[A-Za-z]+)\*?\ ?
    | \^(?P<power>\{[^{}\n]{0,40}\}|[−-]?\d{1,2}|[A-Za-z*†‡§¶\#])
    | _(?P<low>\{[^{}\n]{0,40}\})
    | (?P<math>(?<!\\)\$\$?(?=\S))(?=[^$\n]{1,400}\$)
    | (?P<mathend>\$\$?)
    | (?P<strong>\*\*|__)
    | (?P<emph>[*_])
    | (?P<brace>[{}])
    """,
    re.VERBOSE,
)


def runs_of(text: str) -> list[Run]:
    """The runs that ``text`` means: tags, entities, LaTeX commands and emphasis resolved."""
    if not any(ch in text for ch in "<&\\^_$*{"):
        return [Run(text)] if text else []
    return [run for run, _ in _resolve(text)]


def plain_text(text: str) -> tuple[str, list[int]]:
    """``text`` as meant, and for every character of it the offset in ``text`` it comes from.

    Superscripts of letters and digits are written ``^x``, subscripts plainly.
    """
    characters: list[str] = []
    offsets: list[int] = []
    raised_before = False
    for run, start in _resolve(text):
        shown = run.text
        if run.raised and not raised_before and any(ch.isalnum() for ch in shown):
            shown = "^" + shown
            offsets.append(start)
            offsets.extend(range(start, start + len(run.text)))
        elif text.startswith(run.text, start):
            offsets.extend(range(start, start + len(shown)))
        else:
            offsets.extend([start] * len(shown))
        characters.append(shown)
        raised_before = run.raised
    return "".join(characters), offsets


def _resolve(text: str) -> list[tuple[Run, int]]:
    """Runs with the offset in ``text`` at which each begins."""
    result: list[tuple[Run, int]] = []
    raised = bold = 0
    closers: list[str] = []  # what the open braces of LaTeX belong to
    open_strong: list[str] = []
    open_emph: list[str] = []
    in_math = False
    position = 0

    def put(piece: str, start: int, *, up: bool = False) -> None:
        if piece:
            is_bold = bool(bold or open_strong)
            result.append((Run(piece, raised=up or raised > 0, bold=is_bold), start))

    for match in _TOKEN.finditer(text):
        if match.start() < position:
            continue
        put(text[position : match.start()], position)
        position = match.end()
        kind, start = match.lastgroup, match.start()
        if kind == "tag":
            name = match["tag"].strip("</>").split()[0].rstrip("/").lower()
            step = -1 if match["tag"].startswith("</") else 1
            if name == "sup":
                raised = max(0, raised + step)
            elif name in ("b", "strong"):
                bold = max(0, bold + step)
            elif name == "br":
                put("\n", start)
        elif kind == "entity":
            put(html.unescape(match["entity"]), start)
        elif kind == "escape":
            put({",": " ", ";": " ", ":": " ", " ": " ", "!": ""}.get(
                match["escape"][1], match["escape"][1] if match["escape"][1] not in "()[]" else
                "" if in_math else match["escape"][1]), start)
        elif kind == "style":
            closers.append("style")
        elif kind == "under":
            put(f"{match['over']}/{match['under']}", start)
        elif kind == "command":
            known = _COMMANDS.get(match["command"])
            put(known if known is not None else match[0], start)
        elif kind in ("power", "low"):
            inner = (match["power"] or match["low"]).strip("{}")
            inner = "".join(run.text for run in runs_of(inner)).replace(" ", "")
            put(inner, start + (match[0].find(inner[:1]) if inner else 0), up=kind == "power")
        elif kind == "math":
            in_math = True
        elif kind == "mathend":
            if in_math:
                in_math = False
            else:
                put(match[0], start)
        elif kind in ("strong", "emph"):
            stack = open_strong if kind == "strong" else open_emph
            if stack and stack[-1] == match[0] and _closes(text, match):
                stack.pop()
            elif _opens(text, match):
                stack.append(match[0])
            else:
                put(match[0], start)
        elif kind == "brace":
            if match[0] == "}" and closers:
                closers.pop()
            elif not in_math:
                put(match[0], start)
    put(text[position:], position)
    return result


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a Markdown delimiter opens emphasis that is closed again in the same line."""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if not after or after.isspace() or after in "*_" or before.isalnum() or before in (")", "%"):
        return False
    delimiter = re.escape(match[0])
    closing = re.compile(rf"(?<![\s*_]){delimiter}(?![\w*_])")
    end = text.find("\n", match.end())
    limit = match.end() + _FARTHEST  # a bound, so that stray stars cannot cost quadratic time
    found = closing.search(text, match.end() + 1, min(end, limit) if end >= 0 else limit)
    return found is not None


def _closes(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return not before.isspace() and not (after.isalnum() and match[0][0] == "_")
