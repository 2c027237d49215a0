"""Fonts packed by differences, unpacked by a reader that knows PNG's predictors."""

from __future__ import annotations

from zlib import compress

from hypothesis import given
from hypothesis import strategies as st
from pypdf.filters import FlateDecode
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from milestone_reports.render.packing import COLUMNS, differences


def unpacked(packed: bytes) -> bytes:
    how = DictionaryObject({NameObject("/Predictor"): NumberObject(12), NameObject("/Columns"): NumberObject(COLUMNS)})
    return FlateDecode.decode(packed, how)


@given(st.binary(min_size=1))
def test_a_reader_finds_what_was_packed_and_at_most_one_byte_more(content: bytes) -> None:
    assert unpacked(compress(differences(content))) == content + bytes(len(content) % COLUMNS)


def test_a_table_of_even_steps_takes_hardly_any_room() -> None:
    steps = b"".join(place.to_bytes(2, "big") for place in range(30_000))
    assert len(compress(differences(steps))) < 500 < len(compress(steps))
