"""What a message's HTML would run, or load from elsewhere: ours has none of it, one made by an own template may have.

Must not know what messages say.
"""

from __future__ import annotations

from html.parser import HTMLParser

FORBIDDEN = frozenset({
    "applet", "audio", "base", "bgsound", "button", "embed", "form", "frame", "iframe", "image", "img", "input", "link",
    "math", "object", "picture", "script", "source", "svg", "template", "track", "video",
})  # fmt: skip
LOADING = frozenset({
    "action", "background", "cite", "codebase", "data", "dynsrc", "formaction", "longdesc", "lowsrc", "manifest",
    "ping", "poster", "src", "srcset",
})  # fmt: skip
"""Attributes that name something to load."""

READABLE = ("https://", "http://", "mailto:")
"""What a link may begin with."""

IN_STYLES = ("url(", "@import", "@font-face", "expression(", "image(", "\\")
"""A backslash could spell any of the others."""


def asks_of(html: str) -> list[str]:
    """What is in a message that must not be, each as a person finds it in the template."""
    return _Asks(html).found


class _Asks(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if tag in FORBIDDEN:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            self._look_at(tag, name, value or "")

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._look_at_style(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_comment(self, data: str) -> None:
        # Outlook reads what is in a comment that begins with [if.
        self.found += asks_of(data)

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if name in LOADING or name.startswith("on"):
            self.found.append(f"the attribute {name} of <{tag}>")
        elif name == "http-equiv" and value.strip().lower() == "refresh":
            self.found.append("a refresh")
        elif name.rpartition(":")[2] == "href" and not value.strip().lower().startswith(READABLE):
            self.found.append(f"the link '{value[:60]}'")
        elif name == "style":
            self._look_at_style(value)

    def _look_at_style(self, rules: str) -> None:
        self.found += [f"{part} in a style" for part in IN_STYLES if part in rules.lower()]
