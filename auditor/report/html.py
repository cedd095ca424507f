"""The HTML report: one self-contained file that works offline, printed and without script."""

from __future__ import annotations

import base64
import hashlib
import re

from markupsafe import Markup

from auditor.audit import Audit
from auditor.report.templates import environment
from auditor.report.view import context

# HTML has no character for these; U+FFFD says that something unreadable stood there.
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def render(audit: Audit) -> str:
    """The audit as one HTML page; the same audit gives the same bytes.

    All text from inputs is escaped. A content policy lets run only the page's own style and
    script, by their hashes, so that nothing an input smuggles in could run or load.
    """
    env = environment()
    # A carriage return would be normalised by the browser and the hash would no longer fit.
    style = env.get_template("report.css.j2").render().replace("\r", "")
    script = env.get_template("report.js").render().replace("\r", "")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    # Our own files and hashes: no input text has come near them.
    own = {
        "policy": Markup(policy),  # noqa: S704
        "style": Markup(style),  # noqa: S704
        "script": Markup(script),  # noqa: S704
    }
    page = env.get_template("report.html.j2").render(context(audit), **own)
    return _UNREADABLE.sub("\ufffd", page)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")
