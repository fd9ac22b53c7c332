"""The tables whose rows are versions, and how a statement of sql/queries/versions is written out for each of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Template

from resolution_monitor.errors import DatabaseError


@dataclass(frozen=True, slots=True)
class Grain:
    """
    A table that is only appended to: of the rows with one key the newest holds.

    Attributes:
        key: Columns that say what a row is about.
        values: Columns of which one that differs makes a new version.
        beside: Columns that are kept with a version and make none by themselves.
        ending: Column that is true of a row by which a key ends; None where keys never end.
        within: Columns of the key that say what a merge is about: it ends nothing outside. None named: the whole table.
        order: Columns by which new rows are sorted, and numbered where the table numbers them.
        item: Column of the key that names the indicator or task a row is about; None where rows are about none.
    """

    table: str
    key: tuple[str, ...]
    values: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    ending: str | None = None
    within: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    item: str | None = None

    def __post_init__(self) -> None:
        """
        Refuse what could be anything but a name: these words become part of statements.

        Raises:
            DatabaseError: A table or column is no plain name.
        """
        given = (name for name in (self.ending, self.item) if name)
        names = (self.table, *self.columns, *self.within, *self.order, *given)
        wrong = [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)]
        if wrong:
            raise DatabaseError(f"grain {self.table!r}: {wrong[0]!r} is no name of a column; expected a-z, 0-9 and _")

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of a version as it is staged, in the order of its COPY."""
        return (*self.key, *self.beside, *self.values)

    def written_out(self, statement: str) -> str:
        """
        A statement of sql/queries/versions for this table.

        Args:
            statement: Its words with a dollar sign are $table, $key and the first column of it, $columns, $ending,
                $order, $within, $item, and the columns of rows by the name they have in a statement: all
                ($staged_columns, $newest_columns), or those that make a version ($staged_version).
        """
        compared = self.values if self.ending else (*self.key, *self.values)
        return Template(statement).substitute(
            table=self.table,
            key=_list(self.key),
            first=self.key[0],
            columns=_list(self.columns),
            ending=self.ending,
            order=_list(self.order or self.key),
            within=" and ".join(f"{column} = any(%({column}s)s)" for column in self.within) or "true",
            item=self.item,
            newest_columns=_list(_of("newest", self.columns)),
            version_columns=_list(_of("version", self.columns)),
            staged_columns=_list(_of("staged", self.columns)),
            staged_version=_list([*_of("staged", compared), *["false" for _ in self._endings]]),
            latest_columns=_list(_of("latest", self.columns)),
            latest_version=_list(_of("latest", (*compared, *self._endings))),
        )

    @property
    def _endings(self) -> tuple[str, ...]:
        return (self.ending,) if self.ending else ()


def _of(rows: str, columns: Iterable[str]) -> list[str]:
    return [f"{rows}.{column}" for column in columns]


def _list(columns: Iterable[str]) -> str:
    return ", ".join(columns)


_SUBMISSION = ("submission_id",)
_REPORT = ("submission_id", "agency_id", "period_kind", "period_end")
_INDICATOR = ("submission_id", "agency_id", "indicator_id", "period_kind", "period_end")
_INDICATOR_ORDER = ("submission_id", "period_end", "indicator_id", "agency_id")
_NUMBER_ORDER = ("submission_id", "period_end", "number", "agency_id")
_ITEM = ("period_name", "agency_id", "item_kind", "item_id")
_PLACE = ("sheet", "cell")
_WORDS = ("reason", "author")
_SOURCE = ("source", "confidence")

# What files say: a reading of a file replaces what was read from it before.
_READ = (
    Grain(
        table="target",
        key=_INDICATOR,
        values=("value", "unit", "raw_text", "printed_name", "form", *_PLACE),
        ending="is_retraction",
        within=_SUBMISSION,
        order=_INDICATOR_ORDER,
    ),
    Grain(
        table="observation",
        key=_INDICATOR,
        values=(
            *("value", "unit", "value_state", "numerator", "denominator", "explanation"),
            *("raw_text", "printed_name", "form", *_PLACE),
        ),
        ending="is_retraction",
        within=_SUBMISSION,
        order=_INDICATOR_ORDER,
        item="indicator_id",
    ),
    Grain(
        table="task_report",
        key=("submission_id", "agency_id", "task_id", "period_kind", "period_end"),
        values=("state", "done_pct", "done_on", "product", "note", "evidence", "schedule", *_PLACE),
        ending="is_retraction",
        within=_SUBMISSION,
        order=("submission_id", "period_end", "task_id", "agency_id"),
        item="task_id",
    ),
    Grain(
        table="obstacle",
        key=(*_REPORT, "number"),
        values=("task_id", "kind", "text", "resolver", "is_resolved", *_PLACE),
        ending="is_retraction",
        within=_SUBMISSION,
        order=_NUMBER_ORDER,
    ),
    Grain(
        table="request",
        key=(*_REPORT, "number"),
        values=("kind", "task_id", "text", "decider", "proposed_due_on", "cost_of_delay", *_PLACE),
        ending="is_retraction",
        within=_SUBMISSION,
        order=_NUMBER_ORDER,
    ),
    Grain(
        table="finding",
        key=("submission_id", "scope", "fingerprint"),
        # The fingerprint is made of these: they cannot differ under one key.
        beside=("check_code", *_PLACE, "raw_value", "details"),
        values=("severity", "text_vi", "action_vi"),
        ending="is_withdrawn",
        within=("submission_id", "scope"),
        order=("submission_id", *_PLACE, "check_code"),
    ),
    Grain(
        table="submission_state",
        key=_SUBMISSION,
        values=("state", "periods", "document", "catalogue_sha256", "is_demonstration", "is_report"),
    ),
)

# What is owed, under the catalogue of the day.
_OWED = (
    Grain(
        table="obligation",
        key=_ITEM,
        beside=("period_kind", "period_end"),
        values=("calendar", "opens_at", "due_at", "cut_off_at", "closes_at", "weight", "is_weight_assumed"),
        ending="is_ended",
        within=("period_name",),
        order=("period_end",),
    ),
)

# What people decide: the newest decision on a matter holds; one that says the same again is none.
_DECIDED = (
    Grain(table="waiver", key=_ITEM, values=(*_WORDS, "is_withdrawn")),
    Grain(table="reopening", key=("agency_id", "period_name", *_WORDS)),
    Grain(
        table="baseline_decision", key=("agency_id", "indicator_id"), values=("submission_id", *_WORDS, "is_withdrawn")
    ),
    Grain(table="retraction", key=("submission_id", "item_kind", "item_id"), values=(*_WORDS, "is_withdrawn")),
    Grain(table="name_decision", key=("name_key",), beside=("written_name", *_WORDS), values=("agency_id",)),
    Grain(table="screen_reply", key=("question_id",), values=("text", "author")),
    Grain(
        table="verification",
        key=("agency_id", "indicator_id", "period_name"),
        beside=("period_kind", "period_end"),
        values=("found", "source", "author"),
    ),
    Grain(
        table="document_verification",
        key=("agency_id", "item_id", "document_key"),
        beside=("document",),
        values=("verdict", "issued_on", "source", "author"),
    ),
)


# The catalogue: a table holds all entries, so that one no longer there has ended.
_ENTRIES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("agency", ("agency_id",), (
        "kind", "block", "official_code", "name_vi", "short_vi", "name_en", "name_norm", "valid_from", "valid_to",
        *_SOURCE, "parent_id",
    )),
    ("agency_succession", ("predecessor_id",), ("successor_id", "effective_on", *_SOURCE)),
    ("agency_group", ("group_id",), ("name_vi", "name_en", *_SOURCE)),
    ("agency_group_member", ("group_id", "agency_id"), ()),
    ("commune", ("commune_code",), ("name_vi", "kind", "province_id")),
    ("resolution", ("resolution_code",), (
        "number", "issued_on", "issued_on_confidence", "title_vi", "title_en", "steering", "focal_agency_id",
        "confidence",
    )),
    ("indicator", ("indicator_id",), (
        "name_vi", "name_en", "unit", "kind", "direction", "min_step", "aggregation", "frequency", "trajectory",
        *_SOURCE, "resolution_code", "lead_id", "bodies", "publication_lag_days", "t0", "weight", "assumed", "note",
    )),
    ("indicator_target", ("indicator_id", "year"), ("operator", "value", "low", "high")),
    ("indicator_target_revision", ("indicator_id", "revised_on", "year"), (
        "operator", "value", "low", "high", "document", "approved_by", "is_approved",
    )),
    ("indicator_baseline", ("indicator_id",), ("value", "as_at", *_SOURCE)),
    ("task", ("task_id",), (
        "resolution_code", "parent_id", "lead_group_id", "name_vi", "name_en", "due_on", "is_due_assumed", "product",
        "coordinating_as_written", "weight", "assumed", "note", *_SOURCE,
    )),
    ("assignment", ("task_id", "agency_id"), ("role",)),
)  # fmt: skip
_CATALOGUE = [Grain(table, key, values, ending="is_ended") for table, key, values in _ENTRIES]

GRAINS = {grain.table: grain for grain in (*_READ, *_OWED, *_DECIDED, *_CATALOGUE)}
