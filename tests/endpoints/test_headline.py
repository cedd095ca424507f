"""What of the estimates goes into a report."""

from __future__ import annotations

import pytest

from auditor.claims import Population
from auditor.endpoints.headline import headline
from auditor.estimate import Estimate


@pytest.mark.parametrize(
    ("endpoint", "statistic", "of", "convention", "kept"),
    [
        ("ORR", "rate", "", "RECIST 1.1", True),
        ("ORR", "lower", "rate", "Clopper-Pearson 95%", True),
        ("ORR", "upper", "rate", "Wilson 95%", True),
        ("ORR", "upper", "rate", "Wilson with continuity correction 95%", False),
        ("ORR", "lower", "rate", "Wald 95%", False),
        ("BOR=CR", "count", "", "RECIST 1.1", True),
        ("BOR=CR", "lower", "rate", "Clopper-Pearson 95%", False),
        ("OS", "lower", "median", "plain 95%", True),
    ],
)
def test_headline(endpoint: str, statistic: str, of: str, convention: str, kept: bool) -> None:
    estimate = Estimate(endpoint, statistic, Population(), 0.5, (convention,), of=of)
    assert headline([estimate]) == ((estimate,) if kept else ())
