"""The sample audits, by name."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from auditor.audit import Audit


def _load() -> ModuleType:
    """``samples.py``, which is no test and so is not imported by pytest."""
    spec = importlib.util.spec_from_file_location(
        "report_samples", Path(__file__).with_name("samples.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SAMPLES = _load()


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    return _SAMPLES


@pytest.fixture(scope="session", params=sorted(_SAMPLES.ALL))
def audit(request: pytest.FixtureRequest) -> Audit:
    """Each sample audit in turn."""
    make: Callable[[], Audit] = _SAMPLES.ALL[request.param]
    return make()
