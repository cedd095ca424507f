"""The sample audits, by name."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from auditor.audit import Audit


def _load(name: str) -> ModuleType:
    """A file beside this one, under the name by which the others import it.

    Whether the folder of the tests can be imported from depends on how pytest was started.
    """
    full = f"tests.report.{name}"
    spec = importlib.util.spec_from_file_location(full, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[full] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_load("builders")
_SAMPLES = _load("samples")
_EXTREMES = _load("extremes")
_COHORTS = _load("cohorts")
_TEXTS = _load("texts")

AUDITS: dict[str, Callable[[], Audit]] = {
    "realistic": _SAMPLES.realistic,
    "clean": _SAMPLES.clean,
    "incomplete": _SAMPLES.incomplete,
    "hostile": _EXTREMES.hostile,
    "many": _EXTREMES.many,
    "two_documents": _EXTREMES.two_documents,
    "extract": _COHORTS.extract,
    "clean_extract": _COHORTS.clean_extract,
    "manuscript_and_extract": _COHORTS.manuscript_and_extract,
    "text": _TEXTS.text,
    "hostile_text": _TEXTS.hostile_text,
}


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    return _SAMPLES


@pytest.fixture(scope="session")
def extremes() -> ModuleType:
    return _EXTREMES


@pytest.fixture(scope="session")
def texts() -> ModuleType:
    return _TEXTS


@pytest.fixture(scope="session")
def cohorts() -> ModuleType:
    return _COHORTS


@pytest.fixture(scope="session")
def audits() -> dict[str, Callable[[], Audit]]:
    """Makers of all sample audits."""
    return AUDITS


@pytest.fixture(scope="session", params=sorted(AUDITS))
def audit(request: pytest.FixtureRequest) -> Audit:
    """Each sample audit in turn."""
    return AUDITS[request.param]()
