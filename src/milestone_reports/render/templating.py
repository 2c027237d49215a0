"""Jinja, set up: a company's own templates before ours, and what is wrong with one in a sentence. Its only importer.

A template of one's own can extend the one it replaces as `original/<its name>`. Must not know what pages say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.sandbox import SandboxedEnvironment

from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.render.language import gettext, ngettext, npgettext, pgettext, said, spoken
from milestone_reports.render.template_folders import ORIGINAL, TemplateFolders, is_plain_text, name_of

SITE_STAYS = "nothing was published and the old site is as it was"
"""What an own template at fault comes to, where pages are made."""

LANGUAGE: Mapping[str, object] = MappingProxyType({
    "_": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext, "said": said, "spoken": spoken,
})  # fmt: skip
"""By what every template says a text in its reader's language."""

FIRST_COMMENT = re.compile(r"\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
FIRST_SENTENCE = re.compile(r".*?[.;](?=\s|$)")
MISSING = re.compile(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'")


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """A template that ships."""

    path: str
    says: str
    """What it is: the first sentence of the comment that it begins with."""
    extends: str
    """The template whose blocks it fills; empty where there is none."""
    blocks: tuple[str, ...]
    """Those of its own that can be replaced one by one, in their order."""

    @property
    def name(self) -> str:
        """Its path without the suffix, as commands take it."""
        return name_of(self.path)


class Templating:
    """Fills templates; they are loaded once a process."""

    def __init__(self, folders: TemplateFolders, names: Mapping[str, object], comes_to: str = SITE_STAYS) -> None:
        self._own, self._comes_to = folders.own, comes_to
        # A folder of templates may come along with a workbook: what is in it reaches nothing but what pages are given.
        environment = SandboxedEnvironment if folders.own else Environment
        self.environment = environment(
            loader=_loader(folders, comes_to),
            autoescape=lambda path: not is_plain_text(path),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.globals |= {**LANGUAGE, **names}

    def filled(self, path: str, said: Mapping[str, object]) -> str:
        """The template's text with the values named.

        Raises: PublishingFailedError where one of the company's own templates is at fault.
        """
        try:
            return self.environment.get_template(path).render(said)
        except PublishingFailedError:
            raise
        except Exception as error:
            place = own_place(error, self._own) if self._own else None
            if place is None:
                raise
            raise PublishingFailedError(
                f"{place}: {fault_of(error)}; {self._comes_to}. "
                "Fix: mend that line; docs/templates.md lists what each template is given, and milestone-reports "
                "templates export writes ours to compare it with."
            ) from error


class OwnTemplates(FileSystemLoader):
    """The company's own templates, as files that an editor may have saved in any encoding."""

    def __init__(self, folder: Path, comes_to: str) -> None:
        super().__init__(folder)
        self._comes_to = comes_to

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """As Jinja has it.

        Raises: PublishingFailedError where the file is not UTF-8.
        """
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            raise PublishingFailedError(
                f"{Path(self.searchpath[0], template)}: this template is not UTF-8; {self._comes_to}. "
                "Fix: save it as UTF-8."
            ) from error


def catalogue(folders: TemplateFolders) -> tuple[TemplateEntry, ...]:
    """The templates that ship, those of whole pages first."""
    return tuple(_entry(path, (folders.shipped / path).read_text("utf-8")) for path in folders.template_paths())


def own_place(error: BaseException, own: Path) -> str | None:
    """The last line of an own template that an error went through; None where it went through none."""
    if isinstance(error, TemplateSyntaxError) and error.filename and Path(error.filename).is_relative_to(own):
        return f"{error.filename}, line {error.lineno}"
    lines = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(own)]
    return f"{lines[-1].filename}, line {lines[-1].lineno}" if lines else None


def fault_of(error: Exception) -> str:
    """What is wrong with a template, in words."""
    if isinstance(error, RecursionError):
        return f"it extends or includes itself; the template that it replaces has the name {ORIGINAL} and its own"
    if isinstance(error, TemplateNotFound):
        return f"there is no template '{error.message}'"
    return MISSING.sub(r"\1 has no '\2'", str(error)).rstrip(".")


def _loader(folders: TemplateFolders, comes_to: str) -> BaseLoader:
    shipped = FileSystemLoader(folders.shipped)
    if folders.own is None:
        return shipped
    return ChoiceLoader([OwnTemplates(folders.own, comes_to), PrefixLoader({ORIGINAL.rstrip("/"): shipped}), shipped])


def _entry(path: str, source: str) -> TemplateEntry:
    tree = Environment(autoescape=True).parse(source)
    comment = FIRST_COMMENT.match(source)
    says = FIRST_SENTENCE.match(" ".join(comment[1].split())) if comment else None
    parents = [node.template.value for node in tree.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)]
    return TemplateEntry(
        path,
        says[0].rstrip(".;") if says else "",
        parents[0] if parents else "",
        tuple(block.name for block in tree.find_all(nodes.Block)),
    )
