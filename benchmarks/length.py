"""How the time of an audit grows with the length of the manuscript.

python benchmarks/length.py FILE.txt [--times 1,2,4,8]

Takes a manuscript as plain text or Markdown and audits it once, and written out several times
in one file. Printed are the times of reading and of the checks, and each as a ratio to the
shortest: what grows in step with the text has ratios equal to its length. A manuscript that
repeats itself is the worst case: every statement has a twin in every copy.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from auditor.discovery import load_rulebook
from auditor.engine import audit_manuscripts
from auditor.manuscript import read_manuscript
from auditor.readers import read_document


def timed(path: Path) -> tuple[float, float]:
    """CPU seconds of reading and of the checks, the better of two runs."""
    book = load_rulebook(None)
    best = (float("inf"), float("inf"))
    for _ in range(2):
        start = time.process_time()
        manuscript = read_manuscript(read_document(path))
        middle = time.process_time()
        audit_manuscripts([manuscript], book.checks, [book])
        end = time.process_time()
        best = (min(best[0], middle - start), min(best[1], end - middle))
    return best


def main() -> None:
    """Print one line for each length."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", default="1,2,4,8")
    arguments = parser.parse_args()
    text = arguments.file.read_text(encoding="utf-8")
    first: tuple[float, float] | None = None
    print("length  reading  ratio   checks  ratio")
    with tempfile.TemporaryDirectory() as folder:
        for times in (int(part) for part in arguments.times.split(",")):
            path = Path(folder) / f"long{arguments.file.suffix}"
            path.write_text("\n\n".join([text] * times), encoding="utf-8")
            reading, checks = timed(path)
            first = first or (reading, checks)
            print(
                f"{times:6}  {reading:6.2f}s  {reading / first[0]:5.1f}  "
                f"{checks:6.2f}s  {checks / first[1]:5.1f}"
            )


if __name__ == "__main__":
    main()
