"""A page on which every figure, date, limit, name and quoted text is masked: a digit left was written by hand."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pandas
import pytest

from resolution_monitor import wording
from resolution_monitor.brief.figures import Figure, FigureBook
from resolution_monitor.brief.kinds import AnySnapshot
from resolution_monitor.brief.sentences import Messages
from resolution_monitor.catalogue.by_language import Names

MASK = "¤"
# Attributes whose text is read: by screen readers, and as the name of a drawing.
_READ = {"title", "alt", "aria-label", "desc"}
_UNREAD = {"style", "script", "head"}
# Where the lines of a list bear their numbers.
_RANKS = {("div", "rank"), ("div", "n"), ("th", "b")}
_VOID = {"meta", "link", "br", "hr", "img", "col", "input"}
# Columns of a snapshot that quote what others wrote.
_QUOTED = (
    *("text", "cost_of_delay", "text_vi", "action_vi", "raw_value"),
    *("question", "reply", "product", "file_name", "document"),
)


def masked(text: str) -> str:
    return re.sub(r"\d", MASK, text)


def with_masked_quotes(snapshot: AnySnapshot) -> AnySnapshot:
    """The same with every digit masked in what others wrote."""
    frames = {name: getattr(snapshot, name) for name in snapshot.__dataclass_fields__}
    quoting = {name: _masked(frame) for name, frame in frames.items() if isinstance(frame, pandas.DataFrame)}
    return replace(snapshot, **quoting)


def _masked(frame: pandas.DataFrame) -> pandas.DataFrame:
    columns = {name: frame[name].map(_masked_value) for name in _QUOTED if name in frame}
    return frame.assign(**columns)


def _masked_value(value: Any) -> Any:
    return masked(value) if isinstance(value, str) else value


def _masked_name(name: Callable[..., str]) -> Callable[..., str]:
    return lambda *asked: masked(name(*asked))


@contextmanager
def numbers_masked() -> Iterator[None]:
    """Whatever is a figure, a date, a limit or a name of the catalogue is written without digits."""
    add, given = FigureBook._add, Messages.given

    def masked_figure(book: FigureBook, *made: Any) -> Figure:
        figure = replace(add(book, *made), text=MASK)
        book.figures[-1] = figure
        return figure

    def masked_words(messages: Messages, words: Mapping[str, str]) -> Messages:
        return given(messages, {key: masked(word) for key, word in words.items()})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FigureBook, "_add", masked_figure)
        patch.setattr(Messages, "given", masked_words)
        for called in ("body", "item", "short_item", "resolution", "short_resolution", "block", "screen"):
            patch.setattr(Names, called, _masked_name(getattr(Names, called)))
        for written in ("day", "day_of_month", "month"):
            patch.setattr(wording, written, lambda *_: MASK)
        yield


@dataclass(frozen=True)
class Piece:
    """A text that a person reads, or hears; where it stands tells what it may be."""

    text: str
    is_drawn: bool
    is_rank: bool


class _Read(HTMLParser):
    """The pieces of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._open: list[str] = []
        self._rank_at: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        read = [value for name, value in attrs if name in _READ and value]
        self.pieces += [Piece(text, "svg" in self._open, is_rank=False) for text in read]
        if tag in _VOID:
            return
        self._open.append(tag)
        if (tag, dict(attrs).get("class")) in _RANKS:
            self._rank_at = len(self._open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._rank_at == len(self._open):
            self._rank_at = None
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not _UNREAD & set(self._open):
            self.pieces.append(Piece(" ".join(data.split()), "svg" in self._open, self._rank_at is not None))


def pieces_of(html: str) -> list[Piece]:
    """What a person reads of a page, or hears."""
    reader = _Read()
    reader.feed(html)
    return reader.pieces
