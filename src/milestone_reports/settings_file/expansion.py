"""How much an SVG draws when all that its elements refer to is counted as often as it is drawn.

Must not know what the drawing is for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

MOST_DRAWN = 10_000
"""Elements: a few lines that use one another can draw millions."""

LINKS = {"a", "animate", "animateMotion", "animateTransform", "set", "discard"}
"""Elements that name another without drawing it."""

REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^'\")]*)", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
CONDITION = re.compile(r"\[[^\]]*\]|:[\w-]+(?:\([^)]*\))?")
SIMPLE_SELECTOR = re.compile(r"[.#]?[\w-]+|\*")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a style sheet that refers to elements."""

    selector: frozenset[str]
    """What an element must be; conditions are left out, so that the rule holds rather too often."""
    names: tuple[str, ...]


def is_endless(root: Element) -> bool:
    """Whether a drawing draws itself, or far more than a logo needs."""
    named: defaultdict[str, list[Element]] = defaultdict(list)
    for element in root.iter():
        named[element.get("id", "")].append(element)
    rules = list(rules_in(root))
    waiting, n_drawn = [root], 0
    while waiting and n_drawn <= MOST_DRAWN:
        element = waiting.pop()
        n_drawn += 1
        waiting.extend(element)
        for name in filter(None, used_by(element, rules)):
            waiting.extend(named.get(name, ()))
    return n_drawn > MOST_DRAWN


def used_by(element: Element, rules: Iterable[Rule]) -> Iterator[str]:
    """The names of the elements that are drawn in the course of this one, apart from those inside it."""
    for attribute, value in element.attrib.items():
        if local(attribute) == "href" and local(element.tag) not in LINKS:
            yield unquote(value.strip().removeprefix("#"))
        yield from references(value)
    for rule in rules:
        if rule.selector <= selectors_of(element):
            yield from rule.names


def references(style: str) -> Iterator[str]:
    """The names that a style refers to."""
    return (unquote(name.strip()) for name in REFERENCE.findall(style))


def rules_in(root: Element) -> Iterator[Rule]:
    """The rules in a drawing's style sheets that refer to elements."""
    for element in root.iter():
        if local(element.tag).lower() == "style":
            for selectors, style in RULE.findall(COMMENT.sub("", "".join(element.itertext()))):
                if names := tuple(references(style)):
                    yield from (Rule(selector, names) for selector in subjects(selectors))


def subjects(selectors: str) -> Iterator[frozenset[str]]:
    """Of each selector of a rule what its element itself must be, whatever it lies in."""
    for selector in CONDITION.sub("", selectors).split(","):
        *_, last = ["", *re.split(r"[\s>+~]+", selector.strip())]
        yield frozenset(SIMPLE_SELECTOR.findall(last))


def selectors_of(element: Element) -> set[str]:
    """The simple selectors that an element meets."""
    classes = {f".{name}" for name in element.get("class", "").split()}
    return {"*", local(element.tag), f"#{element.get('id', '')}", *classes}


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]
