"""What is sent to whom, as a terminal shows it. Makes what rich prints; prints nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from milestone_reports.delivery.letters import Recipient
from milestone_reports.delivery.sending import DELIVERED, Delivery, Order, Outcome
from milestone_reports.domain.visible import LONGEST_NAME, visible
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.terminal.tables import head, table_of

TROUBLES: Mapping[Outcome, str] = {
    "withheld": "Withheld",
    "in doubt": "In doubt",
    "changed since": "Changed since it was sent",
    "refused": "Refused by the mail server",
    "not now": "Not taken for now",
    "not tried": "Not tried",
}
"""What is told below the table with its reason, in this order, each under its heading."""

STYLES: Mapping[Outcome, str] = {
    "sent": "green",
    "sent before": "dim",
    "withheld": "bold red",
    "in doubt": "bold red",
    "refused": "bold red",
    "changed since": "yellow",
    "not now": "yellow",
    "not tried": "yellow",
}
WOULD_BE_SENT = "would be sent"
TRIED_AGAIN: Collection[Outcome] = ("withheld", "refused", "not now", "not tried")
"""What the next run sends, if it can."""

AGAIN: Collection[Outcome] = ("sent before", "changed since", "in doubt")
"""What --resend sends once more."""


ROOM_BESIDE = 26
"""Characters that names and statuses take at least beside an address."""


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A table in which names, which break between words, give way before addresses, which then cannot be checked."""

    table: Table
    longest_address: int

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """The table; where it is so narrow that no name would be left, its addresses break too."""
        has_room = options.max_width >= self.longest_address + ROOM_BESIDE
        for column in self.table.columns:
            column.no_wrap = has_room and column.header == "Address"
        yield self.table


def planned(found: Sequence[Delivery], week: str, order: Order) -> Iterator[RenderableType]:
    """Who would get what, and why some would not: nothing of it was tried."""
    yield _title(week, order)
    table = _table_for(found)
    for one in _still_there(found):
        is_going = _would_go(one, order)
        again = " again" if is_going and one.at else ""
        outcome = Text(f"{WOULD_BE_SENT}{again}") if is_going else _outcome(one)
        table.add_row(*_who(one, table), outcome)
    yield _Fitted(table, max((len(one.address) for one in found), default=0))
    yield from to_look_after([one for one in found if not _would_go(one, order)])
    yield from _of_leavers(found)


def drafted(found: Sequence[Delivery], order: Order, n_drafts: int, folder: Path) -> Text:
    """The last line of a dry run: what was written, and how to go on."""
    going = sum(_would_go(one, order) for one in found)
    withheld = sum(one.outcome == "withheld" for one in found)
    if not n_drafts:
        return Text(f"\n{_no_drafts(withheld)}")
    written = f"{_many(n_drafts, 'draft')} in {folder}, {withheld:,} withheld. Nothing was sent"
    if not going:
        return Text(f"\n{written}, and nothing would be: the table says why.")
    lacking = _lacking(order.mail)
    before = f" Before that, write under [mail] in milestone-reports.toml: {', '.join(lacking)}." if lacking else ""
    it = f"{going:,} of them" if going < n_drafts else "these" if going > 1 else "it"
    return Text(f"\n{written}. The same command with --really sends {it}.{before}")


def _no_drafts(n_withheld: int) -> str:
    if not n_withheld:
        return "No drafts: nothing is due."
    return f"No drafts: {f'all {n_withheld:,} are' if n_withheld > 1 else 'the only one is'} withheld; see above."


def delivered(found: Sequence[Delivery], week: str, order: Order) -> Iterator[RenderableType]:
    """What became of each, and why some were not delivered."""
    yield _title(week, order)
    table = _table_for(found)
    due = _still_there(found)
    for one in due:
        table.add_row(*_who(one, table), _outcome(one))
    yield _Fitted(table, max((len(one.address) for one in found), default=0))
    yield from to_look_after(due)
    yield from _of_leavers(found)
    n_delivered = sum(one.outcome in DELIVERED for one in due)
    goes_on = any(one.outcome in TRIED_AGAIN for one in found) and not order.resend
    of_each = f": {counts(due)}" if due else ""
    again = " Once that is mended the same command sends what is missing." if goes_on else ""
    yield Text(f"\n{n_delivered:,} of {len(due):,} delivered{of_each}.{again}")


def to_look_after(found: Sequence[Delivery]) -> Iterator[RenderableType]:
    """Under a heading for each kind what somebody has to know, and to do; once where it is the same for many."""
    for outcome, heading in TROUBLES.items():
        these = [one for one in found if one.outcome == outcome]
        if these:
            yield from _listed(f"{heading} ({len(these):,})", these)


def _listed(heading: str, these: Sequence[Delivery]) -> Iterator[RenderableType]:
    yield head(heading)
    by_reason: dict[str, list[str]] = {}
    for one in these:
        by_reason.setdefault(visible(one.said), []).append(_name(one.to).plain)
    for reason, names in by_reason.items():
        line = Text(", ".join(names), style="bold").append(f": {reason}", style="not bold")
        yield Padding(line, (0, 0, 0, 2), expand=False)


def _of_leavers(found: Sequence[Delivery]) -> Iterator[RenderableType]:
    left = [one for one in found if one.outcome == "left"]
    if left:
        yield from _listed(f"Not there any more ({len(left):,})", left)


def _still_there(found: Sequence[Delivery]) -> Sequence[Delivery]:
    return [one for one in found if one.outcome != "left"]


def stopped(settled: Sequence[Delivery], known: Sequence[Delivery], order: Order) -> Iterator[RenderableType]:
    """What was sent until a run was cut short, and how to go on."""
    sent = [one for one in settled if one.outcome == "sent"]
    names = ", ".join(visible(one.to.name or "the manager", LONGEST_NAME) for one in sent)
    yield Text(f"Stopped. Sent in this run: {names or 'nothing'}.")
    yield from to_look_after([one for one in known if one.outcome == "in doubt"])
    if order.resend:
        yield Text("The same command would send these once more. To go on, name the others with --rep.")
    else:
        yield Text("Nothing is sent twice: the same command goes on where this one stopped.")


def counts(found: Sequence[Delivery]) -> str:
    """How many there are of each outcome, such as "7 sent, 1 sent before, 2 withheld"."""
    number = Counter(one.outcome for one in found)
    return ", ".join(f"{number[outcome]:,} {outcome}" for outcome in STYLES if number[outcome])


def _title(week: str, order: Order) -> Text:
    trial = f": a trial, all of it to {order.to}" if order.to else ""
    return Text(f"Week {week}{trial}", style="bold")


def _table_for(found: Sequence[Delivery]) -> Table:
    """A table without rows, with a column for the team where there are several."""
    several = len({one.to.team for one in found}) > 1
    table = table_of("Who", *["Team"] * several, "Address", "Status")
    table.columns[0].overflow = "ellipsis"
    return table


def _who(one: Delivery, table: Table) -> Sequence[Text]:
    has_team = any(column.header == "Team" for column in table.columns)
    team = [_text(one.to.team)] if has_team else []
    who = _name(one.to)
    if not one.to.slug:
        who.append(f", {one.to.kind}")
    return [who, *team, _text(one.address or "–")]


def _outcome(one: Delivery) -> Text:
    """The outcome in a few words, with the time where it was sent at an earlier one."""
    at = f"{one.at.day} {one.at:%b %H:%M}" if one.at else ""
    said = {
        "sent before": f"sent {at}",
        "changed since": f"sent {at}, changed since",
        "in doubt": f"in doubt, {at}" if at else "in doubt",
    }
    return Text(said.get(one.outcome, one.outcome), style=STYLES[one.outcome])


def _would_go(one: Delivery, order: Order) -> bool:
    return one.outcome == "not tried" or (order.resend and one.outcome in AGAIN)


def _lacking(mail: MailSettings) -> Sequence[str]:
    """What the settings do not say, and sending takes."""
    wanted = {"host": mail.host, "from": mail.sender, "allowed_domains": mail.allowed_domains}
    return [name for name, value in wanted.items() if not value]


def _name(to: Recipient) -> Text:
    return _text(to.name or "the manager")


def _text(text: str) -> Text:
    return Text(visible(text, LONGEST_NAME))


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'s' if count != 1 else ''}"
