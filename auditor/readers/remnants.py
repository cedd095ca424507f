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
    | \\(?P<command>[A-Za-z]+)\*?
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
    resolver = _Resolver(text)
    position = 0
    for match in _TOKEN.finditer(text):
        resolver.put(text[position : match.start()], position)
        position = match.end()
        getattr(resolver, match.lastgroup or "")(match)
    resolver.put(text[position:], position)
    return resolver.result


class _Resolver:
    """Keeps the style that is open; one method for each kind of token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.result: list[tuple[Run, int]] = []
        self._raised = 0
        self._bold = 0
        self._in_math = False
        self._styles = 0  # open braces of \\mathrm and the like
        self._open: dict[str, list[str]] = {"strong": [], "emph": []}

    def put(self, piece: str, start: int, *, up: bool = False) -> None:
        if piece:
            bold = bool(self._bold or self._open["strong"])
            self.result.append((Run(piece, raised=up or self._raised > 0, bold=bold), start))

    def tag(self, match: re.Match[str]) -> None:
        name = match[0].strip("</>").split()[0].rstrip("/").lower()
        step = -1 if match[0].startswith("</") else 1
        if name == "sup":
            self._raised = max(0, self._raised + step)
        elif name in ("b", "strong"):
            self._bold = max(0, self._bold + step)
        elif name == "br":
            self.put("\n", match.start())

    def entity(self, match: re.Match[str]) -> None:
        self.put(html.unescape(match[0]), match.start())

    def escape(self, match: re.Match[str]) -> None:
        escaped = match["escape"][1]
        if escaped in ",;: ":
            self.put(" ", match.start())
        elif escaped != "!" and not (escaped in "()[]" and self._in_math):
            self.put(escaped, match.start())

    def style(self, _: re.Match[str]) -> None:
        self._styles += 1

    def under(self, match: re.Match[str]) -> None:
        self.put(f"{match['over']}/{match['under']}", match.start())

    def command(self, match: re.Match[str]) -> None:
        self.put(_COMMANDS.get(match["command"], match[0]), match.start())

    def power(self, match: re.Match[str]) -> None:
        self._script(match, match["power"], up=True)

    def low(self, match: re.Match[str]) -> None:
        self._script(match, match["low"], up=False)

    def _script(self, match: re.Match[str], written: str, *, up: bool) -> None:
        braced = written.startswith("{")
        inner = "".join(run.text for run in runs_of(written.strip("{}"))).replace(" ", "")
        self.put(inner, match.start() + (2 if braced else 1), up=up)

    def math(self, _: re.Match[str]) -> None:
        self._in_math = not self._in_math

    def mathend(self, match: re.Match[str]) -> None:
        if not self._in_math:
            self.put(match[0], match.start())
        self._in_math = False

    def strong(self, match: re.Match[str]) -> None:
        self._emphasis(match, "strong")

    def emph(self, match: re.Match[str]) -> None:
        self._emphasis(match, "emph")

    def _emphasis(self, match: re.Match[str], kind: str) -> None:
        stack = self._open[kind]
        if stack and stack[-1] == match[0] and _closes(self._text, match):
            stack.pop()
        elif _opens(self._text, match):
            stack.append(match[0])
        else:
            self.put(match[0], match.start())

    def brace(self, match: re.Match[str]) -> None:
        if match[0] == "}" and self._styles:
            self._styles -= 1
        elif not self._in_math:
            self.put(match[0], match.start())


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
