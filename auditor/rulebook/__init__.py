"""The built-in rulebook: checks, schemas, expectations and report templates.

These folders lie at the root of the repository, without ``__init__.py``, where people look
for them. They would collide with a user's own folders of those names as top-level packages,
so they are reached through this one: a check is ``auditor.rulebook.checks.percent_mismatch``
both in the source tree and in the wheel, where the folders lie beside this file.
"""

from __future__ import annotations

from pathlib import Path

from auditor.errors import RulebookError


def _folder() -> Path:
    """Root of the source tree if this is one, else this folder (the wheel)."""
    here = Path(__file__).resolve().parent
    root = here.parent.parent
    project = root / "pyproject.toml"
    # Foreign `checks` folders lie in site-packages at times: the file beside them decides.
    if not (here / "checks").is_dir() and project.is_file():
        return root
    return here


FOLDER = _folder()
__path__ = [str(FOLDER)]


def rulebook_file(name: str) -> Path:
    """The path of a file of the built-in rulebook, such as ``reports/templates/report.html``.

    ``examples/...`` are found here as well.

    Raises:
        RulebookError: there is no such file; the installation is damaged.
    """
    path = FOLDER.joinpath(*name.split("/"))
    if ".." in path.parts or not path.is_file():
        raise RulebookError(
            "the built-in rulebook has no such file",
            source=name,
            hint="Reinstall auditor: its files are incomplete.",
        )
    return path
