"""A digest as an e-mail: text and HTML with the same words, and the rows as a spreadsheet.

Belongs here: MIME, and what stands where. Does not: which findings are told, or to which address.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from orchestration.alerts.digests import Digest, Entry
from orchestration.alerts.findings import Finding, Unit
from orchestration.alerts.links import page_url
from orchestration.alerts.outbox import ALERTS, Message
from orchestration.alerts.sheet import FINDINGS_NAME, findings_sheet
from orchestration.quality import severity_count
from orchestration.terminal import plain

SHOWN_PER_RULE = 8
"""Findings of one rule that stand in the text; the spreadsheet has all."""

_SPREADSHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_LONGEST_SUBJECT = 180


@dataclass(frozen=True)
class RuleBlock:
    """The findings of one rule and severity in one section."""

    first: Finding
    shown: tuple[Entry, ...]
    hidden: int


@dataclass(frozen=True)
class Section:
    """A part of the digest: news or reminder."""

    title: str
    blocks: tuple[RuleBlock, ...]


@dataclass(frozen=True)
class Link:
    """A page of the dashboard."""

    text: str
    url: str


def digest_message(digest: Digest, base_url: str | None, now: datetime) -> Message:
    """Write the message of a digest."""
    parts = {
        "unit": digest.unit,
        "digest": digest,
        "sections": _sections(digest),
        "links": _links(digest, base_url),
        "plans": _plan_names(digest),
        "summary": summary(digest),
        "attachment": FINDINGS_NAME,
    }
    return compose(
        ALERTS,
        digest.message_id,
        digest.unit,
        subject=f"Semáforo · {digest.unit.name}: {summary(digest)}",
        template="digest",
        parts=parts,
        attachment=(FINDINGS_NAME, findings_sheet(digest.entries)),
        now=now,
    )


def compose(
    kind: str,
    message_id: str,
    unit: Unit,
    *,
    subject: str,
    template: str,
    parts: dict[str, object],
    attachment: tuple[str, bytes],
    now: datetime,
) -> Message:
    """Put a message together, all but From and To."""
    mail = EmailMessage(policy=SMTP)
    # A name with a line break would end the header.
    mail["Subject"] = _cut(plain(" ".join(subject.split())))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "es"
    mail.set_content(_template(f"{template}.txt.j2").render(parts), cte="quoted-printable")
    mail.add_alternative(
        _template(f"{template}.html.j2").render(parts), subtype="html", cte="quoted-printable"
    )
    name, content = attachment
    mail.add_attachment(content, maintype=_SPREADSHEET[0], subtype=_SPREADSHEET[1], filename=name)
    return Message(message_id, kind, unit, str(mail["Subject"]), mail.as_bytes())


def addressed(content: bytes, sender: str, targets: Sequence[str]) -> bytes:
    """Give a message its From and To; nothing else of it changes from one attempt to the next."""
    head = EmailMessage(policy=SMTP)
    head["From"] = sender
    head["To"] = ", ".join(targets) or "undisclosed-recipients:;"
    return head.as_bytes().removesuffix(b"\r\n") + content


def summary(digest: Digest) -> str:
    """Say how many findings of which severity, in a few words."""
    said = []
    if digest.news:
        said.append(
            f"{counted(len(digest.news), 'novedad', 'novedades')} ({_by_severity(digest.news)})"
        )
    if digest.reminders:
        said.append(
            counted(len(digest.reminders), "hallazgo sigue abierto", "hallazgos siguen abiertos")
        )
    return " y ".join(said)


def counted(number: int, one: str, many: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def _by_severity(entries: Sequence[Entry]) -> str:
    severities = groupby(
        sorted(entries, key=lambda entry: entry.finding.rank),
        key=lambda entry: entry.finding.severity,
    )
    return ", ".join(severity_count(len(list(group)), severity) for severity, group in severities)


def _sections(digest: Digest) -> list[Section]:
    sections = [
        ("Novedades", digest.news),
        ("Siguen abiertos", digest.reminders),
    ]
    return [Section(title, _blocks(entries)) for title, entries in sections if entries]


def _blocks(entries: Sequence[Entry]) -> tuple[RuleBlock, ...]:
    def key(entry: Entry) -> tuple[int, str]:
        return entry.finding.rank, entry.finding.rule

    blocks = []
    for _, group in groupby(sorted(entries, key=key), key=key):
        found = tuple(group)
        blocks.append(
            RuleBlock(found[0].finding, found[:SHOWN_PER_RULE], len(found[SHOWN_PER_RULE:]))
        )
    return tuple(blocks)


def _plan_names(digest: Digest) -> dict[str, str]:
    """Name each plan, where findings of several stand side by side; plans share their codes."""
    names = {
        entry.finding.plan: entry.finding.plan_name
        for entry in digest.entries
        if entry.finding.plan
    }
    if len(names) < 2:
        return {}
    shared = {name for name, times in Counter(names.values()).items() if times > 1}
    return {plan: f"{name} ({plan})" if name in shared else name for plan, name in names.items()}


def _links(digest: Digest, base_url: str | None) -> list[Link]:
    plans = dict.fromkeys((entry.finding.plan, entry.finding.plan_name) for entry in digest.entries)
    links: dict[str, Link] = {}
    for plan, name in plans:
        url = page_url(base_url, digest.unit, plan)
        if url:
            links.setdefault(url, Link(f"Ver {digest.unit.name} en el tablero: {name}", url))
    return list(links.values())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SUBJECT else f"{text[: _LONGEST_SUBJECT - 1]}…"


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    environment.filters["day"] = lambda day: f"{day:%d/%m/%Y}"
    environment.filters["severity"] = lambda text: text.replace("critica", "crítica")
    return environment.get_template(name)
