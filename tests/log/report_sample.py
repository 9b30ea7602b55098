"""A believable quarter of a shop's conversations, and what some rules say of them.

Seeded: the same log each time. The verdicts are worked out here in plain Python, so that the report
is tested without the judge. `database` builds the tables of an audit; as a script, this writes the
page: `python -m tests.log.report_sample report.html [--pseudonymise] [--redact]`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from linter.log.columns import COLUMNS, quoted
from linter.log.pseudonyms import Pseudonyms
from linter.log.report import page
from linter.log.report.model import About, Count, Report
from linter.log.report.statistics import statistics
from linter.log.versions import Entry
from linter.model import Level
from linter.policy.model import Origin, Policy, Rule
from linter.reporters import PolicyInfo, RuleInfo

START = datetime(2026, 1, 5)
DAYS = 84
TEAM = ("Amira", "Ingrid", "Joost", "Kari", "Mehmet", "Sanne", "Tom")
TEMP = "Lena (intern)"
CUSTOMERS = (
    "Jens Hansen",
    "Marit Solberg",
    "Ola Nordmann",
    "Fatima El Idrissi",
    "Pieter de Vries",
    "Sofie Janssen",
    "Bram Bakker",
    "Emily Clarke",
    "Oliver Ward",
    "Priya Shah",
    "Hannah O’Neil",
    "Lars Lie",
    "Noor van Dijk",
    "Tomasz Nowak",
    "Grace Mbeki",
    "Eirik Aasen",
)
TEXTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "complaint": {
        "en": (
            "The kettle arrived with a dented lid and nobody answers my e-mails. Order 48213.",
            "Third week without my delivery. The tracking page has said “tomorrow” since Monday.",
            "You charged me twice for one pan. I would like one of the two back.",
            "The non-stick came off after a month of careful washing. Not what I paid for.",
        ),
        "nb": (
            "Kjelen lekker fra bunnen etter to uker. Jeg forventer en ny.",
            "Pakken skulle kommet fredag. Ingen sier noe om hvor den er.",
            "Jeg fikk feil farge, og returlappen virker ikke.",
        ),
        "nl": (
            "De pan is krom aangekomen en de doos was open. Zo kan ik hem niet cadeau geven.",
            "Al twee keer gebeld en twee keer weggedrukt. Waar blijft mijn bestelling?",
            "De steel zit los en de garantiepagina geeft een foutmelding.",
        ),
    },
    "emotional": {
        "en": ("I am so fed up with this shop!! Never again.",),
        "nb": ("Helt håpløst! Nå er jeg skikkelig skuffet over dere.",),
        "nl": ("Wat een ramp is dit, ik ben er helemaal klaar mee!",),
    },
    "praise": {
        "en": ("The new pan is wonderful, and it came a day early. Thank you!",),
        "nb": ("Supre gryter og rask levering. Takk!",),
        "nl": ("Prachtige ketel en heel vriendelijke bezorger. Dank jullie wel!",),
    },
    "question": {
        "en": ("Does the 28 cm pan work on induction?", "Is the Bergen shop open on Sunday?"),
        "nb": ("Kan kjelen vaskes i maskin?",),
        "nl": ("Wanneer is de rode ketel weer leverbaar?",),
    },
    "abuse": {
        "en": ("You are all idiots and I hope you go broke.",),
        "nb": ("Dere er noen udugelige tullinger.",),
        "nl": ("Stelletje sukkels, rot toch op.",),
    },
}
REPLIES = {
    "en": (
        "Hello {name}, I am sorry about this. I have ordered a new one for you; it leaves us "
        "today. I have sent you a message with the tracking number.",
        "Hello {name}, thank you for telling us. Could you send me your address in a private "
        "message? Then I can look it up at once.",
        "We apologize for any inconvenience this may have caused.",
    ),
    "nb": (
        "Hei {name}! Beklager at det ble slik. En ny er på vei til deg, og jeg har sendt deg "
        "sporingsnummeret i en melding.",
        "Hei {name}, takk for at du sier fra. Vi beklager eventuelle ulemper.",
    ),
    "nl": (
        "Dag {name}, wat vervelend. Ik heb een nieuwe voor u klaargezet; u krijgt van mij een "
        "bericht met de gegevens.",
        "Dag {name}, bedankt voor uw bericht. Ik kijk het vandaag nog voor u na.",
    ),
}
STOCK = ("apologize for any inconvenience", "eventuelle ulemper")
THANKS = {"en": "Great, thank you!", "nb": "Tusen takk!", "nl": "Top, bedankt!"}


def _rule(id_: str, level: Level, title: str, message: str, **guidelines: str) -> RuleInfo:
    return RuleInfo(id_, level, title, "response", message, "", guidelines)


RULES = {
    rule.id: rule
    for rule in (
        _rule(
            "keep-complaints",
            "error",
            "Keep complaints",
            "A complaint was removed by {actor} on ground {ground}.",
            N2="Never delete a customer’s complaint.",
        ),
        _rule(
            "reply-within-a-day",
            "error",
            "Reply within a day",
            "No reply to {author} within {limit}.",
            D20="Do not be late: at most 24 hours.",
        ),
        _rule(
            "reply-within-an-hour",
            "warning",
            "Reply within an hour",
            "No reply to {author} within {limit}.",
            D20="Do not be late: 42 % expect an answer within the hour.",
        ),
        _rule(
            "state-the-ground",
            "warning",
            "State the ground of a removal",
            "{actor} removed {target} without a ground.",
            D2="Announce the rules in advance.",
        ),
        _rule(
            "warn-on-obscenity",
            "warning",
            "Warn the author of obscenities",
            "{target} was removed as obscene; its author {author} was not warned.",
            D14="Remove the comment, warn its author.",
        ),
        _rule(
            "no-stock-phrase",
            "warning",
            "Say it in your own words",
            "“{found}” sounds like a form letter.",
            N7="Write as a person.",
        ),
        _rule(
            "keep-evidence",
            "note",
            "Keep a copy of what is removed",
            "No copy of {target} was kept before {actor} removed it.",
            D8="Make and keep a screenshot of the correspondence.",
        ),
        _rule(
            "statement-in-a-storm",
            "error",
            "Make a statement in a storm of criticism",
            "{n} negative comments in {limit} and no statement.",
            D16="Make an official statement.",
        ),
    )
}
POLICY = Policy("courteous-shop", Path("shop.yaml"), ("en", "nb", "nl"), ())


def entry(info: RuleInfo, **times: datetime) -> Entry:
    """A rule as it is applied."""
    rule = Rule(info.id, info.check, info.level, info.message, POLICY.name, Origin(()))
    return Entry(info.id, POLICY, rule, times.get("start"), times.get("end"), None)


ENTRIES = tuple(map(entry, RULES.values()))
ABOUT = About(
    version="1.0.0",
    policies=(PolicyInfo("courteous-shop", "2.1.0", "How our shop answers in public", "5e" * 32),),
    rows=None,
    ignored=(Count("note", 12),),
)


class Log:
    """Events in the making."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.rows: list[dict[str, Any]] = []

    def add(self, event: str, time: datetime, **values: Any) -> str:
        id_ = f"{event[0]}{len(self.rows) + 1}"
        row: dict[str, Any] = {
            "event": event,
            "id": id_,
            "time": time,
            "time.end": time,
            "file": f"log/2026-{time.month:02}.jsonl",
            "channel": "facebook",
            **{name.replace("__", "."): value for name, value in values.items()},
        }
        row["subject"] = row.get("target") or id_
        self.rows.append(row)
        return id_


def _wait(log: Log, at: datetime) -> timedelta:
    """Quick while somebody is there; what comes at night waits for the morning."""
    if log.random.random() < 0.06:
        return timedelta(hours=log.random.uniform(25, 110))
    work = timedelta(minutes=log.random.lognormvariate(3.3, 1.1))
    if at.weekday() < 6 and 8 <= at.hour < 20:
        return work
    morning = at.replace(hour=8, minute=0, second=0)
    while morning < at or morning.weekday() == 6:
        morning += timedelta(days=1)
    return morning - at + work


def events(seed: int = 1, conversations: int = 720) -> list[dict[str, Any]]:
    """The rows of the log, by time."""
    log = Log(seed)
    for number in range(1, conversations + 1):
        _conversation(log, f"post-{number}")
    rows = sorted(log.rows, key=lambda row: (row["time"], row["id"]))
    for place, row in enumerate(rows, 1):
        row["row"] = place
    return rows


def _conversation(log: Log, conversation: str) -> None:
    pick = log.random
    kind = pick.choices(
        ("complaint", "emotional", "praise", "question", "abuse"), (46, 9, 18, 20, 7)
    )[0]
    language = pick.choices(("en", "nb", "nl"), (5, 3, 3))[0]
    author = pick.choice(CUSTOMERS)
    hour = pick.choices(
        range(24), [1, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 8, 8, 8, 7, 7, 7, 8, 9, 9, 7, 4, 2]
    )[0]
    at = START + timedelta(days=pick.randrange(DAYS), hours=hour, seconds=pick.randrange(3600))
    recorded = pick.random() < 0.8
    comment = log.add(
        "comment",
        at,
        conversation=conversation,
        actor=author,
        author=author,
        actor__role="customer",
        text=pick.choice(TEXTS[kind][language]),
        language=language,
        kind=kind if recorded or pick.random() < 0.8 else None,
        kind__inferred=not recorded,
    )
    who = TEMP if pick.random() < 0.008 else pick.choices(TEAM, (9, 8, 6, 9, 4, 7, 5))[0]
    removed = pick.random() < {"abuse": 0.7, "complaint": 0.07, "emotional": 0.12}.get(kind, 0)
    if removed:
        _remove(log, conversation, comment, author, kind, who, at)
    answered = pick.random() < (0.25 if removed else 0.9 if kind != "praise" else 0.68)
    if answered:
        _answer(log, conversation, comment, author, language, who, at)


def _remove(
    log: Log, conversation: str, comment: str, author: str, kind: str, who: str, at: datetime
) -> None:
    pick = log.random
    then = at + timedelta(minutes=pick.lognormvariate(3, 1))
    common: dict[str, Any] = {
        "conversation": conversation,
        "actor": who,
        "actor__role": "moderator",
        "author": author,
        "target": comment,
    }
    if pick.random() < 0.55:
        log.add("action", then, action="evidence", evidence=[f"copies/{comment}.png"], **common)
    if kind == "abuse":
        ground = pick.choices((["insult"], ["obscenity"], ["hate", "insult"], None), (5, 4, 2, 1))[
            0
        ]
    else:
        ground = pick.choices((["spam"], ["off_topic"], ["other"], None), (3, 4, 2, 3))[0]
    verb = "hide" if pick.random() < 0.3 else "remove"
    reason = "Rule 2 of the page" if ground else None
    log.add(
        "action", then + timedelta(minutes=2), action=verb, ground=ground, reason=reason, **common
    )
    if ground and "obscenity" in ground and pick.random() < 0.6:
        log.add("action", then + timedelta(minutes=5), action="warn", **common)
    if pick.random() < 0.12:
        log.add("action", then + timedelta(hours=30), action="restore", **common)


def _answer(
    log: Log, conversation: str, comment: str, author: str, language: str, who: str, at: datetime
) -> None:
    pick = log.random
    then = at + _wait(log, at)
    text = pick.choices(REPLIES[language], (6, 4, 1)[: len(REPLIES[language])])[0]
    common: dict[str, Any] = {"conversation": conversation, "author": author, "language": language}
    if pick.random() < 0.2:
        log.add(
            "reply",
            at + timedelta(seconds=20),
            actor="autoreply",
            actor__role="bot",
            text="✓",
            target=comment,
            **common,
        )
    team: dict[str, Any] = {"actor": who, "actor__role": "team", **common}
    log.add("reply", then, text=text.format(name=author.partition(" ")[0]), target=comment, **team)
    if pick.random() < 0.4:
        log.add("private_message", then + timedelta(minutes=3), text="…", target=comment, **team)
    if pick.random() < 0.45:
        log.add(
            "comment",
            then + timedelta(minutes=pick.randrange(4, 400)),
            actor=author,
            actor__role="customer",
            text=THANKS[language],
            kind="praise",
            kind__inferred=True,
            **common,
        )
        if pick.random() < 0.3:
            log.add("resolution", then + timedelta(hours=30), target=comment, **team)


# --- verdicts ------------------------------------------------------------------------------------


@dataclass
class Verdicts:
    """What the rules say of the rows, in the tables' form."""

    violations: list[tuple[Any, ...]]
    tallies: dict[tuple[str, str, str | None], list[str]]

    def tell(
        self,
        rule: str,
        verdict: str,
        row: Mapping[str, Any],
        reason: str | None = None,
        **values: str,
    ) -> None:
        self.tallies.setdefault((rule, verdict, reason), []).append(f"{row['file']}:{row['row']}")
        if verdict == "violation":
            named = {name: _said(row.get(name)) for name in ("actor", "author", "target", "ground")}
            written = json.dumps({**named, **values}, ensure_ascii=False)
            self.violations.append(
                (
                    rule,
                    "violation",
                    row["id"],
                    values.get("other"),
                    row.get("conversation"),
                    row["time"],
                    row.get("actor"),
                    row["file"],
                    row["row"],
                    written,
                    None,
                    *_stretch(row, values.get("found")),
                )
            )


def _stretch(row: Mapping[str, Any], found: str | None) -> tuple[int | None, int | None]:
    if found is None:
        return None, None
    start = row["text"].index(found)
    return start, start + len(found)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "unknown" if value is None else str(value)


def judge(rows: Iterable[Mapping[str, Any]]) -> Verdicts:
    """The verdicts of the sample's rules."""
    rows = list(rows)
    by_conversation: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_conversation.setdefault(row["conversation"], []).append(row)
    by_id = {row["id"]: row for row in rows}
    end = rows[-1]["time"]
    found = Verdicts([], {})
    for row in rows:
        beside = by_conversation[row["conversation"]]
        if row["event"] == "comment" and row["subject"] == row["id"] and row is beside[0]:
            for rule, hours, limit in (
                ("reply-within-a-day", 24, "24 h"),
                ("reply-within-an-hour", 1, "1 h"),
            ):
                due = row["time"] + timedelta(hours=hours)
                if row.get("kind") is None:
                    found.tell(rule, "cannot tell", row, "kind is not known")
                elif row["kind"] not in ("complaint", "emotional", "question"):
                    continue
                elif any(
                    e["event"] == "reply" and e["actor.role"] == "team" and e["time"] <= due
                    for e in beside
                ):
                    found.tell(rule, "pass", row)
                elif due > end:
                    found.tell(rule, "pending", row)
                else:
                    found.tell(rule, "violation", row, limit=limit)
        if row["event"] == "reply" and row["actor.role"] == "team":
            phrase = next((phrase for phrase in STOCK if phrase in row["text"]), None)
            if phrase is None:
                found.tell("no-stock-phrase", "pass", row)
            else:
                found.tell("no-stock-phrase", "violation", row, found=phrase)
        if row.get("action") in ("remove", "hide"):
            _judge_removal(found, row, by_id[row["target"]], beside)
    return found


def _judge_removal(
    found: Verdicts,
    row: Mapping[str, Any],
    target: Mapping[str, Any],
    beside: Iterable[Mapping[str, Any]],
) -> None:
    ground, kind = row.get("ground"), target.get("kind")
    actions = {each.get("action"): each["id"] for each in beside if each["event"] == "action"}
    if kind is None:
        found.tell("keep-complaints", "cannot tell", row, "target.kind is not known")
    elif kind in ("complaint", "emotional"):
        if ground is None:
            found.tell("keep-complaints", "cannot tell", row, "ground is not known")
        else:
            fine = set(ground) & {"insult", "spam"}
            found.tell("keep-complaints", "pass" if fine else "violation", row, other=target["id"])
    found.tell("state-the-ground", "pass" if ground else "violation", row)
    found.tell("keep-evidence", "pass" if "evidence" in actions else "violation", row)
    if ground is None:
        found.tell("warn-on-obscenity", "cannot tell", row, "ground is not known")
    elif "obscenity" in ground:
        found.tell("warn-on-obscenity", "pass" if "warn" in actions else "violation", row)


REJECTS = (
    ("log/2026-01.jsonl", 118, None, "the line is not JSON", "{"),
    ("log/2026-02.jsonl", 64, "x1", 'the time "yesterday" cannot be read', "yesterday"),
    ("log/2026-02.jsonl", 65, "x2", 'the time "yesterday" cannot be read', "yesterday"),
    ("log/2026-03.jsonl", 9, "x3", 'there is no action called "zap"', "zap"),
)


def database(
    rows: Iterable[Mapping[str, Any]],
    verdicts: Verdicts,
    rejects: Iterable[tuple[Any, ...]] = (),
) -> Any:
    """The tables of an audit, in memory."""
    import duckdb

    con = duckdb.connect(":memory:")
    con.execute("set timezone = 'UTC'")
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in COLUMNS.items())
    con.execute(f"create table events ({columns})")
    con.execute(
        "create table found (task varchar, verdict varchar, event varchar, other varchar, "
        "conversation varchar, time timestamp, actor varchar, file varchar, row bigint, "
        '"values" varchar, reason varchar, "start" bigint, "end" bigint)'
    )
    con.execute('create view verdicts as select * exclude ("start", "end") from found')
    con.execute(
        """
        create view findings as
        select f.*, strftime(f.time, '%Y-%m-%dT%H:%M:%SZ') as happened, null::varchar as text,
            null::varchar as line, null::bigint as "offset", null::varchar as replacement,
            false as absent, null::varchar as language,
            coalesce(e."kind.inferred", false) as inferred,
            e.event = 'comment' as is_customer,
            coalesce(e.target = e.author, false) as is_account
        from found f left join events e on e.id = f.event
        """
    )
    con.execute(
        "create table tallies (task varchar, verdict varchar, reason varchar, count bigint, "
        "places varchar[])"
    )
    con.execute(
        "create table rejects (file varchar, row bigint, id varchar, reason varchar, raw varchar)"
    )
    _fill(con, "events", [tuple(row.get(name) for name in COLUMNS) for row in rows])
    _fill(con, "found", verdicts.violations)
    counted = [
        (*key, len(places), places[:3]) for key, places in sorted(verdicts.tallies.items(), key=str)
    ]
    _fill(con, "tallies", counted)
    _fill(con, "rejects", list(rejects))
    return con


def _fill(con: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Many rows a statement: DuckDB inserts single rows slowly."""
    for at in range(0, len(rows), 200):
        part = rows[at : at + 200]
        marks = ", ".join([f"({', '.join('?' * len(part[0]))})"] * len(part))
        con.execute(f"insert into {table} values {marks}", [each for row in part for each in row])


def report(seed: int = 1, conversations: int = 720) -> Report:
    """The figures of the sample."""
    rows = events(seed, conversations)
    con = database(rows, judge(rows), REJECTS)
    return statistics(con, ENTRIES, RULES, ABOUT)


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="utf-8", newline="\n") as file:
        page.write(
            report(),
            file,
            redact="--redact" in sys.argv,
            pseudonyms=Pseudonyms(b"sample") if "--pseudonymise" in sys.argv else None,
        )
