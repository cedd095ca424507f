"""Parquet files."""

from __future__ import annotations

from pathlib import Path

from auditor.errors import InputError
from auditor.frames.extract import Delivered
from auditor.frames.readers.arrow import to_assembly
from auditor.frames.readers.source import Contents, broken, check_names, check_size

_MOST = 32 * 1024**3  # bytes of the columns without compression


def read_parquet(path: Path, name: str) -> Contents:
    """The table in a Parquet file; what pandas kept as its index is a column.

    Raises:
        InputError: damaged, cut off, encrypted, or larger than can be read.
    """
    import pyarrow as pa
    from pyarrow import parquet

    check_size(path)
    try:
        file = parquet.ParquetFile(path)
        unpacked = sum(
            file.metadata.row_group(at).total_byte_size for at in range(file.num_row_groups)
        )
        if unpacked > _MOST:
            raise InputError(
                f"the table has {unpacked:,} bytes; at most {_MOST:,} are read",
                source=str(path),
            )
        check_names(file.schema_arrow.names, str(path))
        made = to_assembly(table := file.read())
    except (pa.ArrowException, OSError, ValueError) as problem:
        encrypted = "encrypt" in str(problem).lower()
        raise broken(path, "Parquet file", "it is encrypted" if encrypted else "") from None
    frame = made.frame(table.num_rows, str(path))
    return Contents((Delivered(path.stem, name, "parquet", frame, made.notes),))
