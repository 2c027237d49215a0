"""The sending: each letter of a week to its recipient once, over as many runs as it takes.

It must not know where letters come from, and has no clock: the command line gives the time and does the waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from milestone_reports.delivery.connecting import NoConnectionError
from milestone_reports.delivery.ledger import Ledger, LedgerEntry
from milestone_reports.delivery.letters import Post, Recipient
from milestone_reports.delivery.messages import Envelope, made_message_id, message_id_of, message_of, notice_of
from milestone_reports.delivery.parcels import Parcel, parcels
from milestone_reports.delivery.server import InDoubtError, PostponedError, RefusedError, Route, Session
from milestone_reports.domain.address import domain_of, plain_address
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import quoted
from milestone_reports.render.mail import Mails
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.settings_file.password import Password

Outcome = Literal[
    "sent", "sent before", "changed since", "in doubt", "refused", "not now", "not tried", "withheld", "left"
]

DELIVERED: frozenset[Outcome] = frozenset({"sent", "sent before", "left"})
"""What nobody has to look after."""

BUILT_ANEW = "The site was built anew meanwhile. Fix: run the command again."


@dataclass(frozen=True, slots=True)
class Order:
    """How a post is to be sent."""

    mail: MailSettings
    to: str = ""
    """Empty, or the one address that gets everything for a trial."""
    resend: bool = False
    """Whether what was sent, or may have been, is sent once more."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of something that was to be sent."""

    to: Recipient
    address: str
    """Where it went; on a trial not the recipient's."""
    outcome: Outcome
    said: str
    """One sentence, with a remedy where one is needed; empty of what is still to be sent."""
    at: datetime | None = None
    """When the server took it, or may have, in the zone of the clock of then; None where it never did."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a sending needs of the world outside."""

    password: Password | None
    clock: Callable[[], datetime]
    """The time, with its zone."""
    pause: Callable[[float], None]
    """Waits for so many seconds."""
    tell: Callable[[Delivery], None]
    """Is told of each delivery as it is settled."""
    is_current: Callable[[], bool]
    """Whether what is sent is still what was published last; asked before each letter."""


def deliver(post: Post, order: Order, ledger: Ledger, means: Means) -> list[Delivery]:
    """What became of each letter, and of what is withheld; what the server does not take for now is tried again.

    Nothing is lost, and nothing is sent twice, where this is cut short at any moment: the next run goes on.

    Raises: CannotGoOnError where nothing can be sent, or the ledger cannot be written any more.
    """
    refuse_unready(order)
    with ledger.alone():
        run = _Run(post, order, ledger, means)
        try:
            return [*run.delivered(list(parcels(post, order.to))), *_without_letters(post)]
        finally:
            run.hang_up()


def standing(post: Post, ledger: Ledger, to: str = "") -> list[Delivery]:
    """What would become of each letter, where nothing is sent: what was sent before, and "not tried" for the rest."""
    known = [
        _before(ledger, parcel, post.everyone) or Delivery(parcel.letter.to, parcel.address, "not tried", "")
        for parcel in parcels(post, to)
    ]
    return [*known, *_without_letters(post)]


def report_failures(week: str, deliveries: Sequence[Delivery], order: Order, mails: Mails, means: Means) -> str:
    """Why the message of what was not delivered did not go out; empty where it did, or nobody is to have it.

    Raises: CannotGoOnError where one of the company's own templates is at fault.
    """
    lines = [(one.to.name, one.to.address, one.said) for one in deliveries if one.outcome not in DELIVERED]
    address = order.mail.error_to and (order.to or order.mail.error_to)
    if not lines or not address:
        return ""
    if fault := _fault_of(address, order.mail):
        return f"mail.error_to: {fault}"
    text, at = mails.failures(week, lines), means.clock()
    message_id = made_message_id(f"{week}{at.isoformat()}{text.text}", order.mail.sender)
    message = notice_of(text, _envelope(order.mail, address, at, message_id)).as_bytes()
    try:
        session = Session(order.mail, means.password)
    except NoConnectionError as error:
        return error.said
    try:
        session.hand_over(message, Route(order.mail.sender, address), lambda: None)
    except (PostponedError, RefusedError, InDoubtError) as error:
        return error.said
    finally:
        session.leave()
    return ""


def refuse_unready(order: Order) -> None:
    """Nothing is sent where it is not said how, as whom, and to which domains.

    Raises: CannotGoOnError.
    """
    mail = order.mail
    for name, value, example in (
        ("host", mail.host, '"mail.example.com"'),
        ("from", mail.sender, '"reports@example.com"'),
        ("allowed_domains", mail.allowed_domains, '["example.com"]'),
    ):
        if not value:
            raise CannotGoOnError(
                f"mail.{name}: it is not set, so nothing is sent. Fix: write {name} = {example}, with what is yours, "
                "under [mail] in the settings."
            )
    if order.to and (fault := _fault_of(order.to, mail)):
        raise CannotGoOnError(f"Trial address: {fault}")


class _Run:
    """One run over a post, with the session that it has at the moment."""

    def __init__(self, post: Post, order: Order, ledger: Ledger, means: Means) -> None:
        self._everyone = post.everyone
        self._order, self._ledger, self._means = order, ledger, means
        self._before_this_run = ledger.last_number()
        self._session: Session | None = None
        self._was_connected = False
        self._settled: dict[Parcel, Delivery] = {}
        self._postponed: dict[Parcel, str] = {}

    def delivered(self, all_parcels: Sequence[Parcel]) -> list[Delivery]:
        """What became of each parcel, in their order."""
        waiting = list(all_parcels)
        for seconds in (0.0, *self._order.mail.retry_after):
            if waiting and seconds:
                self.hang_up()  # a server would not keep an idle session for so long
                self._means.pause(seconds)
            waiting = self._round(waiting)
        for parcel in waiting:
            self._settle(parcel, "not now", self._postponed[parcel])
        return [self._settled[parcel] for parcel in all_parcels]

    def hang_up(self) -> None:
        """End the session, if there is one."""
        if self._session:
            self._session.leave()
        self._session = None

    def _round(self, waiting: Sequence[Parcel]) -> list[Parcel]:
        """One attempt at each; what is worth another one."""
        for place, parcel in enumerate(waiting):
            if self._is_settled_without_server(parcel):
                continue
            try:
                session = self._open_session()
            except NoConnectionError as error:
                return self._without_connection(waiting[place:], error, [*self._left(waiting[:place])])
            if not self._means.is_current():
                return self._stopped(self._left(waiting))
            self._attempt(session, parcel)
        return self._left(waiting)

    def _stopped(self, left: Sequence[Parcel]) -> list[Parcel]:
        """Nothing is sent any more that may have been corrected since, neither the old text nor to the old address."""
        for parcel in left:
            if not self._is_settled_without_server(parcel):
                self._settle(parcel, "not tried", BUILT_ANEW)
        return []

    def _left(self, tried: Sequence[Parcel]) -> list[Parcel]:
        return [parcel for parcel in tried if parcel not in self._settled]

    def _without_connection(
        self, untried: Sequence[Parcel], error: NoConnectionError, left: Sequence[Parcel]
    ) -> list[Parcel]:
        """Where there was or is a server, it may be there again later; else the run ends here."""
        if error.for_now and (self._was_connected or error.answered):
            for parcel in untried:
                self._postponed.setdefault(parcel, error.said)
            return [*left, *untried]
        for parcel in [*left, *untried]:
            if parcel in self._postponed:
                self._settle(parcel, "not now", self._postponed[parcel])
            else:
                self._settle(parcel, "not tried", error.said)
        return []

    def _open_session(self) -> Session:
        if self._session is None or not self._session.is_open:
            self._session = Session(self._order.mail, self._means.password)
            self._was_connected = True
        return self._session

    def _is_settled_without_server(self, parcel: Parcel) -> bool:
        """Whether it must not go out, or did, were it a moment ago: a post may have the same letter twice."""
        after = self._before_this_run if self._order.resend else 0
        if fault := _fault_of(parcel.address, self._order.mail):
            self._settle(parcel, "withheld", fault)
        elif known := _before(self._ledger, parcel, self._everyone, after):
            self._settle(parcel, known.outcome, known.said, known.at)
        return parcel in self._settled

    def _attempt(self, session: Session, parcel: Parcel) -> None:
        letter, mail, at = parcel.letter, self._order.mail, self._means.clock()
        message_id = message_id_of(letter, parcel.address, mail.sender, self._ledger.n_sent(parcel))
        envelope = _envelope(mail, parcel.address, at, message_id, trial_for=parcel.trial_for, reply_to=letter.reply_to)
        message = message_of(letter, envelope).as_bytes()
        number = self._ledger.begin(parcel, message_id, at)
        try:
            said = session.hand_over(
                message, Route(mail.sender, parcel.address), lambda: self._ledger.handing_over(number)
            )
        except PostponedError as error:
            self._ledger.ended(number, "postponed", error.said, self._means.clock())
            self._postponed[parcel] = error.said
        except RefusedError as error:
            self._ledger.ended(number, "refused", error.said, self._means.clock())
            self._settle(parcel, "refused", error.said)
        except InDoubtError as error:
            self._ledger.ended(number, "handing over", error.said, self._means.clock())
            self._settle(parcel, "in doubt", f"{error.said} {_remedy_of_doubt(parcel, message_id)}")
        else:
            at = self._means.clock()
            self._ledger.ended(number, "sent", said, at)
            self._settle(parcel, "sent", f"The server took it: {said}.", at)

    def _settle(self, parcel: Parcel, outcome: Outcome, said: str, at: datetime | None = None) -> None:
        self._settled[parcel] = Delivery(parcel.letter.to, parcel.address, outcome, said, at)
        self._means.tell(self._settled[parcel])


def _before(ledger: Ledger, parcel: Parcel, everyone: Collection[Recipient], after: int = 0) -> Delivery | None:
    """What became of a letter at attempts of higher numbers; None where it can be sent."""
    if entry := ledger.last_handed_over(parcel, after):
        outcome, said = _told_again(entry, parcel)
    elif entry := ledger.last_to_another(parcel, everyone, after):
        outcome, said = _told_of_another(entry, parcel)
    else:
        return None
    return Delivery(parcel.letter.to, parcel.address, outcome, said, entry.ended_at or entry.begun_at)


def _told_again(entry: LedgerEntry, parcel: Parcel) -> tuple[Outcome, str]:
    at = _moment_of(entry)
    if entry.state == "handing over":
        return "in doubt", (
            f"A sending on {at} was cut short when the server may have had it already. "
            f"{_remedy_of_doubt(parcel, entry.message_id)}"
        )
    if entry.figures != parcel.letter.figures:
        return (
            "changed since",
            f"Sent on {at}; its figures are others since. Fix: to send the new ones too, {_once_more(parcel)}.",
        )
    return "sent before", f"Sent on {at}, and nothing is sent twice; to send it once more, {_once_more(parcel)}."


def _told_of_another(entry: LedgerEntry, parcel: Parcel) -> tuple[Outcome, str]:
    """Of what the address had, or may have, when the rep or the team was called otherwise."""
    at, former = _moment_of(entry), f"the team {quoted(entry.team)}"
    if parcel.letter.to.kind == "scorecard":
        former = f"{quoted(entry.name)} in {former}"
    if entry.state == "handing over":
        return "in doubt", (
            f"A sending on {at}, as that of {former}, was cut short when the server may have had it already. "
            f"{_remedy_of_doubt(parcel, entry.message_id)}"
        )
    return "changed since", (
        f"Sent on {at} as that of {former}, which the week does not have any more. "
        f"Fix: to send it under the new name too, {_once_more(parcel)}."
    )


def _moment_of(entry: LedgerEntry) -> str:
    return f"{entry.ended_at or entry.begun_at:%Y-%m-%d at %H:%M}"  # as that day's clock had it, which was a local one


def _remedy_of_doubt(parcel: Parcel, message_id: str) -> str:
    return (
        f"It is not sent again by itself. Fix: ask {parcel.address} or look in the server's log for the Message-ID "
        f"{message_id}; if it is not there, {_once_more(parcel)}."
    )


def _once_more(parcel: Parcel) -> str:
    return f"add --rep '{parcel.letter.to.name}' --resend" if parcel.letter.to.slug else "add --resend"


def _fault_of(address: str, mail: MailSettings) -> str:
    """Why nothing goes to an address, whoever let it through to here; empty where it may."""
    if plain_address(address) != address:
        return "this is not one plain address, so nothing is sent to it. Fix: write one such as dana@example.com."
    if domain_of(address) not in mail.allowed_domains:
        return (
            f"'{address}' is outside the domains that messages may go to. "
            f"Fix: correct it, or add '{domain_of(address)}' to mail.allowed_domains."
        )
    return ""


def _without_letters(post: Post) -> list[Delivery]:
    withheld = [Delivery(one.to, one.to.address, "withheld", one.reason) for one in post.withheld]
    return [*withheld, *(Delivery(one.to, one.to.address, "left", one.reason) for one in post.not_due)]


def _envelope(
    mail: MailSettings, address: str, at: datetime, message_id: str, *, trial_for: str = "", reply_to: str = ""
) -> Envelope:
    return Envelope(mail.sender, mail.sender_name, mail.reply_to or reply_to, address, at, message_id, trial_for)
