"""The one jinja2 environment that renders the templates of the built-in rulebook."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.discovery import rulebook_file


@cache
def environment() -> Environment:
    """Templates escape everything by default, and a misspelt variable is an error.

    Raises:
        RulebookError: the templates are missing; the installation is damaged.
    """
    return Environment(
        loader=FileSystemLoader(rulebook_file("reports/templates/report.html.j2").parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
