"""What in an SVG runs or loads something, and how large it is.

Must not know how it was read.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from milestone_reports.domain.names import quoted
from milestone_reports.settings_file.expansion import local

LARGEST_SIDE = 1_000_000
"""Of the numbers of a viewBox; printers lose their way in larger ones."""

ACTIVE = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"}
"""Elements that run something or bring in a page, in whatever case."""
PAGE = "{http://www.w3.org/1999/xhtml}"

INNER_ADDRESS = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
ADDRESS_IN_STYLE = re.compile(
    r"url\(\s*['\"]?\s*(?P<address>[^'\")]*)|(?P<rule>@import|image-set\(|\b(?:image|src)\()|(?P<escape>\\)",
    re.IGNORECASE,
)
LENGTH = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)(?:px|pt|pc|mm|cm|in|Q)?\s*")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")

Size = tuple[float, float]


def unsafe_part(root: Element) -> str:
    """The first part of a drawing that runs or loads something; empty where there is none."""
    return next((fault for element in root.iter() if (fault := fault_of(element))), "")


def fault_of(element: Element) -> str:
    """What one element runs or loads; empty where it does not."""
    tag = local(element.tag)
    if tag.lower() in ACTIVE or element.tag.startswith(PAGE):
        return f"there is an element <{tag}>"
    if tag.lower() == "style" and loads("".join(element.itertext())):
        return "its style loads a file"
    for name, value in element.attrib.items():
        if fault := attribute_fault(local(name), value):
            return fault
    return ""


def attribute_fault(name: str, value: str) -> str:
    """What one attribute runs or loads; empty where it does not."""
    if name.lower().startswith("on"):
        return f"there is an attribute {name}"
    if name == "base":
        return "there is an attribute xml:base"
    if name.lower() in {"href", "src"} and not INNER_ADDRESS.match(value.strip()):
        return f"there is a reference to {quoted(value)}"
    if name == "attributeName" and value.strip().rpartition(":")[2] == "href":
        return "there is an animation of a reference"
    return f"its {name} loads a file" if loads(value) else ""


def loads(style: str) -> bool:
    """Whether a style names anything outside the drawing; one that hides its letters is taken to."""
    return any(
        match["rule"] or match["escape"] or not INNER_ADDRESS.match(match["address"].strip())
        for match in ADDRESS_IN_STYLE.finditer(style)
    )


def svg_sizes(root: Element) -> list[Size]:
    """Width and height of a drawing by its viewBox, and those it gives itself; empty where it says neither."""
    return [(sides[-2], sides[-1]) for sides in (view_box(root), own_lengths(root)) if len(sides) > 1]


def can_be_shown(root: Element) -> bool:
    """Whether all numbers of a drawing's size are such as a page can show."""
    box, lengths = view_box(root), own_lengths(root)
    return all(abs(number) <= LARGEST_SIDE for number in (*box, *lengths)) and min((*box[2:], *lengths), default=1) > 0


def view_box(root: Element) -> list[float]:
    """The four numbers of the viewBox; empty where there are not four."""
    numbers = [float(number) for number in NUMBER.findall(root.get("viewBox", ""))]
    return numbers if len(numbers) == len("xywh") else []


def own_lengths(root: Element) -> list[float]:
    """The width and the height that the drawing gives itself, those of them that are lengths."""
    lengths = (LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    return [float(length[1]) for length in lengths if length]
