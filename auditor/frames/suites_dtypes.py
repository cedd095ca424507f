"""Expectations on the type of a column, or of each of its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from auditor.frames.suites_domain import Uninterpreted
from auditor.frames.suites_model import Expectation, Judgement

if TYPE_CHECKING:
    import pandas as pd

_OBJECT_NAMES = ("object", "object_", "O")
_NATIVE: Mapping[str, tuple[type, ...]] = {
    "none": (type(None),),
    "bool": (bool,),
    "int": (int,),
    "long": (int,),
    "float": (float,),
    "bytes": (bytes,),
    "complex": (complex,),
    "str": (str,),
    "string_types": (str,),
    "list": (list,),
    "dict": (dict,),
}


def by_type(expectation: Expectation, column: pd.Series) -> Judgement | None:
    """The judgement on the type of a column; None where that of each value decides."""
    import pandas as pd

    kind = column.dtype
    listed = "type_list" in expectation.kwargs
    named = expectation.kwargs["type_list"] if listed else [expectation.kwargs["type_"]]
    if kind.type.__name__ == "object_" and (listed or named[0] not in _OBJECT_NAMES):
        return None
    if isinstance(kind, pd.api.extensions.ExtensionDtype):
        raise Uninterpreted(f"the type {kind}")
    types = [t for name in named for t in types_of(name)]
    if listed:
        success = kind in [*types, *(np_type for name in named for np_type in _dtypes(name))]
    else:
        success = kind.type in types
    return Judgement(success=success, considered=len(column), observed=kind.type.__name__)


def types_of(name: str) -> list[type]:
    """The types that Great Expectations takes a name for."""
    import numpy as np
    import pandas as pd

    found: list[type] = [kind.type for kind in _dtypes(name)]
    if not found:
        for module in (pd, pd.api.types):
            kind = getattr(module, name, None)
            if isinstance(kind, type):
                found.append(kind)
    found.extend(_NATIVE.get(name.lower(), ()))
    if not found:
        raise Uninterpreted(f"the type {name}, which numpy {np.__version__} does not know")
    return found


def _dtypes(name: str) -> list[Any]:
    import numpy as np

    try:
        return [np.dtype(name)]
    except TypeError:
        return []
