"""Small papers for tests of the vocabulary, and what is read from them."""

from __future__ import annotations

from auditor.linking.facts import facts
from auditor.linking.read_topic import read_topic
from auditor.linking.vocabulary import Vocabulary, vocabulary
from auditor.manuscript import Manuscript
from auditor.testing import read_text
from auditor.topic import Fact, Topic

TRIAL = """\
# Drug A with or without chemotherapy in thymic tumours

## Methods

The objective response rate (ORR), disease control rate (DCR), progression-free survival (PFS) and
adverse events (AEs) were recorded. Thymic carcinoma (TC) was confirmed. Group B (drug A plus
chemotherapy) got both.

Table 1. Patient characteristics

| Characteristic              | Thymoma (n = 19) | Thymic carcinoma (n = 32) |
| --------------------------- | ---------------- | ------------------------- |
| Age, median (range), years  | 55 (30-70)       | 60 (33-81)                |
| Sex, n (%)                  |                  |                           |
| Male                        | 9 (47)           | 20 (63)                   |
| Female                      | 10 (53)          | 12 (38)                   |
| ECOG performance status     |                  |                           |
| 0-1                         | 15 (79)          | 25 (78)                   |
| 2-3                         | 4 (21)           | 7 (22)                    |
| Previous surgery, n (%)     |                  |                           |
| Yes                         | 15 (79)          | 17 (53)                   |
| No                          | 4 (21)           | 15 (47)                   |
| Distant metastases, n (%)   |                  |                           |
| Lung                        | 4 (21)           | 16 (50)                   |
| Liver                       | 3 (16)           | 9 (28)                    |
| Therapy, n (%)              |                  |                           |
| Drug A alone                | 13 (68)          | 19 (59)                   |
| Drug A plus chemotherapy    | 6 (32)           | 13 (41)                   |
| Treatment line, n (%)       |                  |                           |
| First line                  | 3 (16)           | 6 (19)                    |
| Second line                 | 9 (47)           | 16 (50)                   |
| Third line or later         | 7 (37)           | 10 (31)                   |

Table 2. ORR and DCR of patients with TC by line

| Line               | Drug A               | Drug A plus chemotherapy | Total                  |
| ------------------ | -------------------- | ------------------------ | ---------------------- |
| First line         | 25 (1/4), 50 (2/4)   | 50 (1/2), 100 (2/2)      | 33 (2/6), 67 (4/6)     |
| Second line        | 25 (2/8), 88 (7/8)   | 50 (4/8), 88 (7/8)       | 38 (6/16), 88 (14/16)  |
| Beyond second line | 0 (0/7), 57 (4/7)    | 0 (0/3), 33 (1/3)        | 0 (0/10), 50 (5/10)    |

Table 3. Survival

|                          | PFS (months) |          |
|                          | Median       | 95% CI   |
| ------------------------ | ------------ | -------- |
| Thymoma                  | 9.3          | 6.2-12.4 |
| Thymic carcinoma         | 5.2          | 4.1-6.3  |

Table 4. Treatment-related adverse events, n (%)

| Event              | Grade 1-2 | Grade 3-4 | Any grade |
| ------------------ | --------- | --------- | --------- |
| Hand-foot syndrome | 12 (24)   | 1 (2)     | 13 (25)   |
| Diarrhoea          | 8 (16)    | 0 (0)     | 8 (16)    |
| Hypertension       | 3 (6)     | 2 (4)     | 5 (10)    |
"""


def manuscript(text: str = TRIAL) -> Manuscript:
    return read_text(text, "markdown")


def words(text: str = TRIAL) -> Vocabulary:
    """The vocabulary of a paper given as Markdown."""
    paper = manuscript(text)
    return vocabulary(paper.document, paper.tables, paper.partitions)


def told(text: str = TRIAL) -> tuple[Fact, ...]:
    """The facts of its tables."""
    paper = manuscript(text)
    known = vocabulary(paper.document, paper.tables, paper.partitions)
    return facts(paper.tables, paper.judged, known)


def about(text: str, known: Vocabulary, role: str = "what") -> tuple[str, list[str]]:
    """Concept and keys of the groups, where nothing is left over."""
    topic = read_topic(text, known, role=role)
    assert topic.residue == (), topic
    return topic.concept, keys(topic)


def keys(topic: Topic) -> list[str]:
    return sorted(term.key for term in topic.terms)
