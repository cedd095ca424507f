"""Which responses are confirmed by a later one."""

from __future__ import annotations

import numpy as np

from auditor.endpoints.response_records import CR, NE, PR, SD


def confirmed(
    subject: np.ndarray,
    day: np.ndarray,
    label: np.ndarray,
    *,
    days: int,
    max_ne: int | None,
    max_sd: int | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Masks of the confirmed CR and of the confirmed PR among assessments sorted by day.

    CR is confirmed by the first CR at least ``days`` later if all between are CR or NE; PR by
    the first CR or PR at least ``days`` later if all between are CR, PR, SD or NE and no PR
    comes after a CR. At most ``max_ne`` NE and ``max_sd`` SD may stand between (None: any).
    RECIST 1.1, sections 4.4.3 and 4.4.4 ("PR-NE-PR" is confirmed); admiralonco,
    derive_param_confirmed_bor.
    """
    n = len(label)
    complete, partial = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    seek = np.flatnonzero((label == CR) | (label == PR))
    ne, sd = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    seen_cr = np.zeros(n, dtype=bool)
    # One step looks at the next assessment of every response that is still open.
    for step in range(1, n):
        after = seek + step
        seek = seek[after < n]
        after = seek + step
        seek = seek[subject[after] == subject[seek]]
        if not len(seek):
            break
        after = seek + step
        found, of_cr = label[after], label[seek] == CR
        ne[seek] += found == NE
        sd[seek] += found == SD
        stays = (found == CR) | (found == NE) | (~of_cr & ((found == PR) | (found == SD)))
        stays &= ~((found == PR) & seen_cr[seek])
        if max_sd is not None:
            stays &= sd[seek] <= max_sd
        if max_ne is not None:
            stays &= ne[seek] <= max_ne
        seen_cr[seek] |= found == CR
        enough = day[after] - day[seek] >= days
        ends = stays & enough & ((found == CR) | (~of_cr & (found == PR)))
        complete[seek[ends & of_cr]] = True
        partial[seek[ends & ~of_cr]] = True
        seek = seek[stays & ~ends]
    return complete, partial
