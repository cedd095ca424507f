"""The names of a document as they are gathered, table by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.document import Document
from auditor.extraction.partitions import Partition
from auditor.extraction.reading import Row, RowKind, TableReading
from auditor.lexicon.phrases import Words
from auditor.linking.abbreviations import Abbreviations
from auditor.linking.aliases import arm_aliases, lettered
from auditor.linking.dimensions import common, dimensions, header, without_list
from auditor.linking.everybody import everybodys
from auditor.linking.labels import category_names, components, group_names, label_words, vague
from auditor.linking.meanings import Meaning, RowKey, Vocabulary, index, without_announcement
from auditor.linking.misnamed import meanings_of
from auditor.linking.people import counted
from auditor.linking.read_topic import read_topic, survival
from auditor.topic import Term, Topic

_RESPONSES = ("ORR", "DCR", "CBR", "BOR=CR", "BOR=PR", "BOR=SD", "BOR=PD", "BOR=NE")


@dataclass(slots=True)
class Draft:
    """What has been gathered so far. Groups are known by their key until all are there."""

    base: Vocabulary
    labels: dict[str, str] = field(default_factory=dict)
    sets: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    names: list[tuple[Words, Meaning]] = field(default_factory=list)
    named: list[tuple[Words, str]] = field(default_factory=list)
    loose: list[tuple[Words, str, tuple[str, ...]]] = field(default_factory=list)
    columns: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    arms: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    rows: dict[RowKey, str] = field(default_factory=dict)
    concepts: dict[RowKey, str] = field(default_factory=dict)
    grades: Counter[tuple[int, int]] = field(default_factory=Counter)
    headers: set[Words] = field(default_factory=set)
    repeated: dict[int, frozenset[Words]] = field(default_factory=dict)

    def read(self, text: str, role: str) -> Topic:
        return read_topic(text, self.base, role=role)

    def words(self, text: str) -> Words:
        return label_words(text, self.base.book, self.base.abbreviations)

    def columns_of(self, table: TableReading) -> None:
        """The groups that the header names: what is neither a concept, a grade nor a number."""
        levels: dict[int, dict[str, None]] = {}
        events = self.events(table)
        shared = common(table)
        for column in table.columns:
            keys = []
            for level, text in enumerate(t for t in header(column) if t not in shared):
                topic = self.read(text, "grade" if events else "column")
                if topic.grades:
                    self.grades[topic.grades] += 1
                words = self.words(text)
                if not words or not topic.residue or topic.concept or topic.grades:
                    continue
                if self.garbled(text):
                    continue
                key = self.group(text, words)
                self.headers.add(words)
                levels.setdefault(level, {})[key] = None
                keys.append(key)
            if keys:
                self.columns[table.table.index, column.index] = tuple(dict.fromkeys(keys))
        for members in levels.values():
            if len(members) > 1:
                self.sets.append(("", tuple(members)))
                self.arms.append((table.table.index, tuple(members)))

    def garbled(self, text: str) -> bool:
        """Whether a label is an undefined name that differs by a letter from a defined one."""
        name = without_announcement(text).strip(" ,.:")
        base = self.base
        return name.isupper() and bool(meanings_of(name, base.abbreviations, base.book))

    def group(self, text: str, words: Words) -> str:
        """A group of patients by its label; its key."""
        names = group_names(text, self.base.book, self.base.abbreviations) or (words,)
        known = dict(self.named)
        first = next((known[name] for name in names[:2] if name in known), "")
        rest = tuple(w for w in words if w != "alone") or words
        key = first or " plus ".join(sorted(" ".join(part) for part in components(rest)))
        self.labels.setdefault(key, text.strip())
        self.named += [(name, key) for name in names]
        return key

    def partition(self, table: TableReading, block: Partition) -> None:
        """The categories of a block that shares out the patients."""
        sums = len(block.sums)
        if not block.exact or 2 * len(block.exact) < sums:
            return
        if block.multiple and not block.exclusive and len(block.exact) < max(2, sums):
            return
        heading = self.words(block.heading)
        if not self.of_patients(block):
            return
        if table.table.index not in self.repeated:
            self.repeated[table.table.index] = self.under_several(table)
        keys = []
        for row in block.rows:
            words = self.words(row.label)
            if not words:
                return
            several = words in self.repeated[table.table.index]
            keys.append(self.category(heading, row, words, several=several))
        for row, key in zip(block.rows, keys, strict=True):
            self.rows[(table.table.index, *row.key)] = key
        self.sets.append((" ".join(heading), tuple(keys)))

    def of_patients(self, block: Partition) -> bool:
        """Whether a block shares out patients by what they are, not by response or grade."""
        for row in block.rows:
            topic = self.read(row.label, "row")
            if topic.grades or (topic.concept in _RESPONSES and self.announces(row)):
                return False
        return True

    def announces(self, row: Row) -> bool:
        """Whether the headings above a row only announce what it names itself."""
        for text in row.groups:
            topic = self.read(text, "heading")
            if topic.residue or topic.modifiers or topic.concept not in ("", "ORR", "AE"):
                return False
        return True

    def under_several(self, table: TableReading) -> frozenset[Words]:
        """Labels that stand under several headings of a table: "wild type" of two genes."""
        over: dict[Words, set[str]] = {}
        for row in table.rows:
            if row.groups:
                over.setdefault(self.words(row.label), set()).add(row.groups[-1])
        return frozenset(words for words, headings in over.items() if len(headings) > 1)

    def category(self, heading: Words, row: Row, words: Words, *, several: bool = False) -> str:
        """A category as a group; one that is vague by itself is known with its heading."""
        book = self.base.book
        if "line" in heading and words[0] in _ORDINALS and "line" not in words:
            words = self.words(f"{row.label} line")
        alone = words in self.headers or not vague(words, book) and not several
        if alone:
            names = group_names(row.label, book, self.base.abbreviations)
            first = next((key for name, key in self.named if name in names[:1]), "")
            key = first or self.group(row.label, words)
        else:
            key = " ".join((*heading, ">", *words))
            self.labels.setdefault(key, row.path)
        for name in category_names(heading, words, book):
            if name == words and not alone:
                continue
            self.named.append((name, key))
            less = tuple(w for w in name if w not in _LOOSE)
            if less and less != name and not vague(less, book):
                self.loose.append((less, key, tuple(w for w in name if w in _LOOSE)))
        return key

    def rows_of(self, table: TableReading) -> None:
        """What is left: rows that are groups of a table of outcomes, and rows by their label."""
        t = table.table.index
        events = self.events(table)
        outcome = self.outcome(table)
        known = dict(self.named)
        heading = self.words(" ".join(table.columns[0].path)) if table.columns else ()
        fresh: dict[Words, list[str]] = {}
        partition = {self.words(label) for label in self.labels.values()}
        for row in table.rows:
            key = (t, *row.key)
            if key in self.rows or row.kind in _SKIPPED:
                continue
            topic = self.read(row.label, "grade" if events else "row")
            if topic.grades:
                self.grades[topic.grades] += 1
            words = self.words(row.label)
            plain = self.words(without_list(row.label))
            head = row.label.partition(",")[0]
            if head != row.label and self.words(head) in known and plain not in partition:
                continue  # "Thymoma, combination": a group and another, each read by itself
            # "Disease control" is a response, though an arm be called "control".
            response = topic.concept in _RESPONSES and not topic.residue
            if plain and plain in known and not response and not vague(plain, self.base.book):
                self.rows[key] = known[plain]
                continue
            if topic.concept and not topic.residue and self.announces(row):
                continue
            if self.garbled(row.label):
                continue
            if outcome and words and not topic.concept:
                over = self.words(row.groups[-1]) if row.groups else ()
                found = self.outcome_group(row, over or heading)
                self.rows[key] = found
                fresh.setdefault(over or heading, []).append(found)
                continue
            self.concept(key, row, words, events=events)
        for over, keys in fresh.items():
            for alike in [keys] if over else _alike(keys):
                if len(alike) > 1:
                    self.sets.append((" ".join(over), tuple(dict.fromkeys(alike))))

    def outcome_group(self, row: Row, heading: Words) -> str:
        label = without_list(row.label)
        words = self.words(label)
        if vague(words, self.base.book):
            return self.category(heading, row, words)
        return self.group(label, words)

    def events(self, table: TableReading) -> bool:
        """Whether a table is one of adverse events."""
        return table.events or self.read(table.table.caption, "caption").concept == "AE"

    def outcome(self, table: TableReading) -> bool:
        """Whether header or caption name responses or survival, so that rows are of groups."""
        texts = [(text, "column") for column in table.columns for text in column.path]
        named = {self.read(text, role).concept for text, role in texts}
        caption = self.read(table.table.caption, "caption")
        named |= {caption.concept, *caption.residue}
        rows = {self.read(row.label, "row").concept for row in table.rows}
        if any(c in _RESPONSES or survival(c) for c in rows):
            return False
        return any(c in _RESPONSES or survival(c) for c in named)

    def concept(self, key: RowKey, row: Row, words: Words, *, events: bool) -> None:
        """A row that is no group: an event, a measurement, one of several that may apply."""
        headings = [w for text in row.groups if (w := self.words(text))]
        book = self.base.book
        inner = headings[-1] if headings else ()
        label = self.read(row.label, "grade" if events else "row")
        if not label.residue and not label.concept and (label.grades or label.at):
            words = ()
        if not words:
            if inner and not self.lexical(row.groups[-1]):
                self.concepts[key] = name = "row:" + " ".join(inner)
                self.names.append((inner, Meaning(concept=name)))
            return
        alone = not headings or self.announces(row) or (events and not vague(words, book))
        name = "row:" + (" ".join(words) if alone else f"{' '.join(inner)}>{' '.join(words)}")
        self.concepts[key] = name
        names = {words} if alone else set(category_names(inner, words, book))
        self.names += [(n, Meaning(concept=name)) for n in sorted(names)]
        if not alone and inner and not any(name == inner for name, _ in self.names):
            self.names.append((inner, Meaning(concept="row:" + " ".join(inner))))

    def lexical(self, text: str) -> bool:
        topic = self.read(text, "row")
        return bool(topic.concept) and not topic.residue

    def finish(self, document: Document, tables: Sequence[TableReading]) -> Vocabulary:
        """Give every group its dimension and put all names together."""
        dimension = dimensions(self.sets, self.labels)
        terms = {k: Term(dimension[k], k, label) for k, label in self.labels.items()}
        taken = {name for name, _ in self.named} | {name for name, _ in self.names}
        names = [(name, Meaning(term=terms[key])) for name, key in self.named]
        names += [
            (name, Meaning(term=terms[key], loose=lost))
            for name, key, lost in self.loose
            if name not in taken
        ]
        names += self.names
        found = index(names)
        for name in self.shared():
            found[name] = (*found.get(name, ()), Meaning())
        for name in everybodys(document, self.base):
            found.setdefault(name, (Meaning(),))
        for name, key in self.aliases():
            meaning = Meaning(term=terms[key])
            if meaning not in found.setdefault(name, ()) and name not in taken:
                found[name] = (*found[name], meaning)
        found = {name: meanings for name, meanings in found.items() if meanings}
        rows = {key: Meaning(term=terms[name]) for key, name in self.rows.items()}
        rows |= {key: Meaning(concept=name) for key, name in self.concepts.items()}
        severe = [g for g in self.grades if g[0] == 3 and g[1] > 3]
        made = Vocabulary(
            book=self.base.book,
            abbreviations=self.base.abbreviations,
            names=found,
            terms=tuple(terms.values()),
            rows=rows,
            columns={at: tuple(terms[k] for k in keys) for at, keys in self.columns.items()},
            given=self.given(tables),
            severe=severe[0] if len(severe) == 1 else (3, 4),
            longest=max(map(len, found), default=1),
        )
        return counted(tables, made)

    def given(self, tables: Sequence[TableReading]) -> frozenset[str]:
        """What the captions of all tables of adverse events say alike."""
        captions = [self.read(t.table.caption, "caption") for t in tables if self.events(t)]
        said = [frozenset(c.modifiers & _OF_EVENTS) for c in captions]
        return frozenset.intersection(*said) if said else frozenset()

    def shared(self) -> set[Words]:
        """What every arm of a table gets: the bare name of it says nothing."""
        found: set[Words] = set()
        for _, arms in self.arms:
            parts = [{tuple(p.split()) for p in key.split(" plus ")} for key in arms]
            found |= set.intersection(*parts)
        return found

    def aliases(self) -> list[tuple[Words, str]]:
        """Other names of the arms of each table, each once."""
        found: dict[tuple[Words, str], None] = {}
        for _, arms in self.arms:
            for alias in arm_aliases(arms, self.base.book):
                found[alias] = None
        return list(found)

    def merged(self) -> None:
        """Take a group for the arm that it is another name of: "twice daily" in one table is
        "twice daily radiotherapy" in another."""
        known = dict(self.named)
        same: dict[str, str] = {}
        for name, key in self.aliases():
            other = known.get(name, "")
            together = any(other in members and key in members for _, members in self.sets)
            if other and other != key and not together and other == " ".join(name):
                same[other] = key
        if not same:
            return
        new = {key: same.get(key, key) for key in self.labels}
        self.labels = {key: label for key, label in self.labels.items() if key not in same}
        self.named = [(name, new[key]) for name, key in self.named]
        self.loose = [(name, new[key], lost) for name, key, lost in self.loose]
        self.sets = [(h, tuple(dict.fromkeys(new[k] for k in keys))) for h, keys in self.sets]
        self.arms = [(t, tuple(dict.fromkeys(new[k] for k in keys))) for t, keys in self.arms]
        self.columns = {
            at: tuple(dict.fromkeys(new[k] for k in keys)) for at, keys in self.columns.items()
        }
        self.rows = {at: new[key] for at, key in self.rows.items()}

    def called(self, words: Mapping[str, Sequence[str]]) -> None:
        """What a study calls the groups and rows of the tables."""
        groups, rows = dict(self.named), dict(self.names)
        for label, others in words.items():
            for name in self.spelt(label):
                for other in (spelt for text in others for spelt in self.spelt(text)):
                    if name in groups:
                        self.named.append((other, groups[name]))
                    elif name in rows:
                        self.names.append((other, rows[name]))

    def spelt(self, text: str) -> tuple[Words, ...]:
        return group_names(text, self.base.book, self.base.abbreviations)

    def letters(self, document: Document) -> None:
        """Groups that the text calls by a letter."""
        known = dict(self.named)

        def find(text: str) -> str:
            for name in group_names(text, self.base.book, self.base.abbreviations):
                if name in known:
                    return known[name]
            return ""

        found: dict[Words, set[str]] = {}
        for name, key in lettered(document, find):
            for words in group_names(name, self.base.book, _NONE):
                found.setdefault(words, set()).add(key)
        self.named += [
            (words, keys.pop())
            for words, keys in found.items()
            if len(keys) == 1 and words not in known
        ]


_NONE = Abbreviations()
_OF_EVENTS = frozenset(("treatment related", "treatment emergent", "immune related", "serious"))
_SKIPPED = (RowKind.HEADER, RowKind.SUBHEADER, RowKind.HEADING)
_LOOSE = frozenset(("history", "prior", "previous", "previously"))
_ORDINALS = frozenset(("1st", "2nd", "3rd", "4th", "beyond", "≥"))


def _alike(keys: Sequence[str]) -> list[list[str]]:
    """Rows without a common heading by the words that they share: those of one kind may exclude
    each other ("no risk factor", "one risk factor"), others need not."""
    found: list[list[str]] = []
    for key in keys:
        words = set(key.split())
        near = next((g for g in found if any(words & set(k.split()) for k in g)), None)
        if near is None:
            found.append([key])
        else:
            near.append(key)
    return found if any(len(group) > 1 for group in found) else [list(keys)]
