"""Good workbooks changed by chance, always the same for the same seed: their bytes, their parts, their XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from packages import zipped

Parts = dict[str, bytes]
NUMBERS = (b"0", b"-1", b"1048577", b"4294967296", b"99999999999999999999", b"1e308", b"NaN", b"", b"65536")
TEXTS = (
    b"XFD1048576",
    b"A0",
    b"ZZZZ1",
    b"s",
    b"e",
    b"inlineStr",
    b"true",
    b"../../x",
    b"2026-02-30",
    b"Dana",
    b"\xe2\x80\xae",
)
NO_XML = (b"&#0;", b"&lol;", b"\xff\xfe", b"<")
ATTRIBUTE = re.compile(rb'="[^"<>]*"')
ELEMENT = re.compile(rb"<[\w:]+[^<>]*>")
TEXT = re.compile(rb">[^<>]+<")


def mutated(content: bytes, chance: Random) -> bytes:
    """The file with a few things changed."""
    change = chance.choice((_bytes, _bytes, _zip, _zip, _xml, _xml, _xml, _xml))
    return change(content, chance)


def _bytes(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        at = chance.randrange(len(changed))
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                del changed[at : at + chance.choice((1, 16, 1024))]
            case 3:
                changed[at:at] = changed[: chance.choice((1, 16, 1024))]
            case _:
                changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"))
        if len(changed) < 8:
            break
    return bytes(changed)


def _parts(content: bytes) -> Parts | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return None


def _zip(content: bytes, chance: Random) -> bytes:
    """A part left out, exchanged with another, renamed, doubled, emptied or cut off."""
    parts = _parts(content)
    if parts is None:
        return _bytes(content, chance)
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    match chance.randrange(6):
        case 0:
            del parts[name]
        case 1:
            parts[name], parts[other] = parts[other], parts[name]
        case 2:
            parts[chance.choice(("../" + name, "/" + name, name.upper(), name.replace("/", "\\")))] = parts.pop(name)
        case 3:
            parts[name.swapcase()] = parts[other]
        case 4:
            parts[name] = b""
        case _:
            parts[name] = parts[name][: chance.randrange(len(parts[name]) + 1)]
    return zipped(parts.items())


def _xml(content: bytes, chance: Random) -> bytes:
    parts = _parts(content)
    if parts is None:
        return _bytes(content, chance)
    names = [name for name in sorted(parts) if name.endswith((".xml", ".rels")) and parts[name]]
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        name = chance.choice([*names, *(name for name in names if "/worksheets/sheet" in name)])
        parts[name] = chance.choice(XML_CHANGES)(parts[name], chance) or b" "
    return zipped(parts.items())


def _one(pattern: re.Pattern[bytes], xml: bytes, chance: Random) -> tuple[int, int]:
    found = [match.span() for match in pattern.finditer(xml)]
    return chance.choice(found) if found else (0, 0)


def _value(chance: Random) -> bytes:
    return chance.choice(chance.choice((NUMBERS, NUMBERS, NUMBERS, TEXTS, TEXTS, TEXTS, TEXTS, NO_XML)))


def _attribute(xml: bytes, chance: Random) -> bytes:
    start, end = _one(ATTRIBUTE, xml, chance)
    return xml[:start] + b'="' + _value(chance) + b'"' + xml[end:]


def _text(xml: bytes, chance: Random) -> bytes:
    start, end = _one(TEXT, xml, chance)
    return xml[:start] + b">" + _value(chance) + b"<" + xml[end:]


def _left_out(xml: bytes, chance: Random) -> bytes:
    start, end = _one(ELEMENT, xml, chance)
    return xml[:start] + xml[end:]


def _doubled(xml: bytes, chance: Random) -> bytes:
    start, end = _one(ELEMENT, xml, chance)
    return xml[:end] + xml[start:end] * chance.choice((1, 2, 500)) + xml[end:]


def _moved(xml: bytes, chance: Random) -> bytes:
    """A stretch of it somewhere else."""
    start, at = chance.randrange(len(xml)), chance.randrange(len(xml))
    return xml[:at] + xml[start : start + chance.choice((10, 100, 1000))] + xml[at:]


def _prefixed(xml: bytes, _chance: Random) -> bytes:
    return re.sub(rb"<(/?)(c|v|row|f)\b", rb"<\1x:\2", xml)


XML_CHANGES: Sequence[Callable[[bytes, Random], bytes]] = (
    _attribute, _attribute, _attribute, _text, _text, _text, _left_out, _doubled, _moved, _prefixed,
)  # fmt: skip
