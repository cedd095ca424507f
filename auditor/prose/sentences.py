"""The sentences of a document's running text, legends, captions and notes."""

from __future__ import annotations

from auditor.document import Document
from auditor.prose.citations import citation_style, citations, pointers, table_numbers
from auditor.prose.origin import with_origins
from auditor.prose.passages import passages
from auditor.prose.splitting import sentence_spans
from auditor.statement import Sentence


def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of ``document`` in reading order, each with its origin.

    Takes time proportional to the length of the text.
    """
    read = passages(document)
    style = citation_style(
        [p.text for p in read], [p.text for p in read if p.section == "introduction"]
    )
    numbers = table_numbers(document.tables)
    result: list[Sentence] = []
    for number, passage in enumerate(read):
        for start, end in sentence_spans(passage.text):
            text = passage.text[start:end]
            if not any(ch.isalnum() for ch in text):
                continue
            spans, tables = pointers(text, numbers)
            result.append(
                Sentence(
                    index=len(result),
                    passage=number,
                    text=text,
                    offsets=passage.offsets[start:end],
                    section=passage.section,
                    title=passage.title,
                    path=passage.path,
                    source=passage.source,
                    table=passage.table,
                    citations=citations(text, style, passage.section),
                    pointers=spans,
                    tables=tables,
                )
            )
    return with_origins(result, document.title)
