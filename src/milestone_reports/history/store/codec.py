"""A team's parts as JSON and back, by their types: what is read is equal to what was written.

A field that a later version adds has its default in what an earlier one wrote; one that it drops is passed over.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from milestone_reports.domain.message import Message

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Kind = TypeVar("Kind")

Read = Callable[..., object]


def encoded(value: object) -> Json:
    """A value as JSON; what its type says is not written."""
    match value:
        case Message():
            return {"pattern": value.pattern, "values": {name: _tagged(one) for name, one in value.values.items()}}
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case Enum():
            return cast("str", value.value)
        case tuple():
            return [encoded(one) for one in value]
    if is_dataclass(value):
        return {one.name: encoded(getattr(value, one.name)) for one in fields(value) if one.init}
    raise TypeError(f"not a part of a team: {value!r}")


def decoded(kind: type[Kind], value: Json) -> Kind:
    """The value of a type that `encoded` wrote.

    Raises: ValueError, TypeError or LookupError where it did not.
    """
    return cast("Kind", _reader(cast("Any", kind))(value))


def _tagged(value: object) -> Json:
    """What a message was filled in with, which no type tells."""
    return {"day": encoded(value)} if isinstance(value, date) else encoded(value)


def _untagged(value: Any) -> object:  # noqa: ANN401  JSON, whatever it is
    if isinstance(value, dict):
        return _day(value["day"]) if "day" in value else _text(value)
    return value


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _text(value: Any) -> str:  # noqa: ANN401  JSON, whatever it is
    if isinstance(value, str):
        return value
    return Message(value["pattern"], {name: _untagged(one) for name, one in value["values"].items()})


@cache
def _reader(kind: Any) -> Read:  # noqa: ANN401  a type, or what typing makes of several
    """What reads a type's JSON."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return partial(_read_optional, _reader(next(one for one in parts if one is not type(None))))
    if origin is tuple:
        return partial(_read_tuple, _reader(parts[0]))
    if is_dataclass(kind):
        return partial(
            _read_dataclass, cast("Read", kind), _readers(kind, [one.name for one in fields(kind) if one.init])
        )
    if issubclass(kind, tuple):
        return partial(_read_named_tuple, kind, _readers(kind, kind._fields))
    return _leaf(kind)


def _leaf(kind: type) -> Read:
    if issubclass(kind, Enum):
        return kind
    if issubclass(kind, date):
        return kind.fromisoformat
    return _text if issubclass(kind, str) else _as_it_is


def _readers(kind: Any, names: Iterable[str]) -> Mapping[str, Read]:  # noqa: ANN401  a class with typed fields
    hints = get_type_hints(kind)
    return {name: _reader(hints[name]) for name in names}


def _read_optional(read: Read, value: Json) -> object:
    return None if value is None else read(value)


def _read_tuple(read: Read, value: list[Json]) -> object:
    return tuple(map(read, value))


def _read_dataclass(kind: Read, readers: Mapping[str, Read], value: Mapping[str, Json]) -> object:
    return kind(**{name: read(value[name]) for name, read in readers.items() if name in value})


def _read_named_tuple(kind: Read, readers: Mapping[str, Read], value: list[Json]) -> object:
    return kind(*(read(one) for read, one in zip(readers.values(), value, strict=False)))


def _as_it_is(value: object) -> object:
    return value
