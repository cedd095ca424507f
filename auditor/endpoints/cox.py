"""Cox regression on groups: hazard ratios with Wald intervals, ties by Efron or Breslow.

lifelines has Efron's rule alone, so both are fitted here by one Newton iteration; a test holds
Efron's against lifelines and R, Breslow's against R.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from auditor.endpoints.timefix import Times, timefix
from auditor.statistics.normal import normal_quantile

_STEPS = 50
_DIVERGED = 20.0  # a log hazard ratio beyond this has no maximum: a group without events


@dataclass(frozen=True, slots=True)
class CoxFit:
    """Coefficients (log hazard ratios) and their covariance matrix."""

    coefficients: Times
    covariance: Times


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """A hazard ratio with its Wald interval and two-sided Wald p-value."""

    ratio: float
    lower: float
    upper: float
    p: float


def hazard_ratios(
    times: ArrayLike,
    events: ArrayLike,
    group: ArrayLike,
    reference: object,
    ties: str = "efron",
    level: float = 0.95,
) -> dict[str, HazardRatio | None]:
    """Hazard ratios of each group against the reference, from one model of all groups.

    None for all groups where a coefficient does not converge (a group without events).
    """
    from scipy.special import ndtr

    labels = np.asarray(group)
    distinct = [label for label in np.unique(labels).tolist() if label != reference]
    others = [str(label) for label in distinct]
    design = np.column_stack([labels == label for label in distinct]).astype(np.float64)
    fit = cox(times, events, design, ties)
    if fit is None:
        return dict.fromkeys(others)
    z = normal_quantile(level)
    found: dict[str, HazardRatio | None] = {}
    for i, name in enumerate(others):
        beta, se = float(fit.coefficients[i]), float(np.sqrt(fit.covariance[i, i]))
        found[name] = HazardRatio(
            ratio=float(np.exp(beta)),
            lower=float(np.exp(beta - z * se)),
            upper=float(np.exp(beta + z * se)),
            p=float(2 * ndtr(-abs(beta / se))),
        )
    return found


def cox(times: ArrayLike, events: ArrayLike, design: Times, ties: str = "efron") -> CoxFit | None:
    """The maximum of the partial likelihood, by Newton's method.

    Args:
        times, events: one a subject.
        design: subjects x covariates.
        ties: "efron" or "breslow".

    Returns:
        None where there is no finite maximum.

    Raises:
        ValueError: there is no such rule of ties.

    References:
        Cox, J R Stat Soc B 1972;34:187. Efron, J Am Stat Assoc 1977;72:557.
        Breslow, Biometrics 1974;30:89.
    """
    if ties not in ("efron", "breslow"):
        raise ValueError(f"no rule of ties is called {ties!r}")
    at = timefix(np.asarray(times, dtype=np.float64))
    order = np.argsort(-at, kind="stable")
    happened = np.asarray(events, dtype=bool)[order]
    covariates = design[order] - design.mean(axis=0)
    if not happened.any():
        return None
    risk_sets = _risk_sets(at[order], happened, ties)
    beta = np.zeros(design.shape[1])
    likelihood, score, information = _derivatives(beta, covariates, happened, risk_sets)
    for _ in range(_STEPS):
        try:
            step = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            return None
        # Halve a step that would make the likelihood worse, as R does.
        for _ in range(_STEPS):
            trial = _derivatives(beta + step, covariates, happened, risk_sets)
            if trial[0] >= likelihood - 1e-9 * abs(likelihood) - 1e-12:
                break
            step = step / 2
        beta, (likelihood, score, information) = beta + step, trial
        if np.abs(beta).max() > _DIVERGED:
            return None
        if np.abs(step).max() < 1e-12:
            break
    return CoxFit(beta, np.asarray(np.linalg.inv(information), dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class _RiskSets:
    """One row for each event, subjects sorted by falling time.

    last: position of the last subject at risk at the event's time.
    tie: which of the tied events it belongs to; fraction: how much of the tied events' own
    risk is taken off (Efron: 0, 1/d, 2/d, ...; Breslow: 0).
    """

    last: np.ndarray
    tie: np.ndarray
    fraction: Times


def _risk_sets(at: Times, happened: np.ndarray, ties: str) -> _RiskSets:
    times_of_events = at[happened]
    last = np.searchsorted(-at, -times_of_events, side="right") - 1
    _, tie, size = np.unique(-times_of_events, return_inverse=True, return_counts=True)
    starts = np.cumsum(size) - size
    rank = np.arange(times_of_events.size) - starts[tie]
    fraction = rank / size[tie] if ties == "efron" else np.zeros(times_of_events.size)
    return _RiskSets(last, tie, fraction)


def _derivatives(
    beta: Times, x: Times, happened: np.ndarray, sets: _RiskSets
) -> tuple[float, Times, Times]:
    """Log partial likelihood, its gradient and minus its Hessian."""
    eta = x @ beta
    risk = np.exp(eta)
    first = risk[:, None] * x
    second = first[:, :, None] * x[:, None, :]
    groups = int(sets.tie[-1]) + 1

    def at_events(values: Times) -> Times:
        tied = np.zeros((groups, *values.shape[1:]))
        np.add.at(tied, sets.tie, values[happened])
        shape = (-1, *([1] * (values.ndim - 1)))
        return np.asarray(
            values.cumsum(axis=0)[sets.last] - sets.fraction.reshape(shape) * tied[sets.tie]
        )

    s0, s1, s2 = at_events(risk), at_events(first), at_events(second)
    mean = s1 / s0[:, None]
    likelihood = float(eta[happened].sum() - np.log(s0).sum())
    score = x[happened].sum(axis=0) - mean.sum(axis=0)
    information = (s2 / s0[:, None, None]).sum(axis=0) - mean.T @ mean
    return likelihood, score, information
