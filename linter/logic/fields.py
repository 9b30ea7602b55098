"""What a condition may ask of a reply, and of an event of a log.

The names of an event's fields are also the columns of the event log (`schemas/event.schema.json`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from linter.model import KINDS

FieldType = Literal["text", "number", "flag", "list", "time", "any"]


@dataclass(frozen=True, slots=True)
class Field:
    """What a condition may ask of a field. `values`: all that it can be, where that is known;
    `same_as`: the field that this one is another name of; `only`: the sort of event that alone can
    have it, so that a condition on it fails, rather than being undecided, for any other."""

    type: FieldType
    summary: str
    values: tuple[str, ...] = ()
    same_as: str | None = None
    only: str | None = None


Fields = Mapping[str, Field]
"""The fields of one sort of record, by name. Further ones are asked for as `fields.NAME`."""

OWN_FIELD = Field("any", "a further field of the record")
OWN_PREFIX = "fields."


def field_of(name: str, fields: Fields) -> Field:
    """What is known of a field. Raises KeyError for one that no such record has."""
    return OWN_FIELD if name.startswith(OWN_PREFIX) else fields[name]


REPLY: Fields = {
    "id": Field("text", "the reply's name in its file"),
    "path": Field("text", "the reply's file, with forward slashes"),
    "language": Field("text", "the reply's language, such as nb"),
    "channel": Field("text", "where the reply is given, such as twitter"),
    "author": Field("text", "the customer's display name"),
    "rating": Field(
        "number",
        "the stars that the customer gave; the same as comment.rating",
        same_as="comment.rating",
    ),
    "tags": Field("list", "the reply's tags; one of them is enough"),
    "comment.kind": Field("text", "what kind of comment the customer wrote", KINDS),
    "comment.text": Field("text", "the customer's comment"),
    "comment.rating": Field("number", "the stars that the customer gave"),
    "comment.acts": Field("list", "what the customer's comment does; one act is enough"),
    "reply.acts": Field("list", "what the reply does; one act is enough"),
}

EVENTS = (
    "comment",
    "reply",
    "private_message",
    "action",
    "resolution",
    "release",
    "announcement",
)
"""The sorts of event. A moderation decision, such as a removal, is an action."""

ROLES = ("customer", "team", "moderator", "bot", "platform", "other")
"""Who acts: "other" is anybody else in public, such as another customer who answers."""

ACTIONS = (
    "remove",
    "hide",
    "restore",
    "approve",
    "edit",
    "label",
    "demote",
    "lock",
    "unlock",
    "warn",
    "mute",
    "unmute",
    "ban",
    "unban",
    "suspend",
    "unsuspend",
    "terminate",
    "escalate",
    "note",
    "notify",
    "report_external",
    "evidence",
    "appeal_open",
    "appeal_accept",
    "appeal_reject",
)
"""The canonical verbs of moderation. What is hidden can still be seen by its author; what is
removed cannot. "evidence" keeps a copy; "report_external" tells the police or the platform."""

GROUNDS = (
    "insult",
    "obscenity",
    "hate",
    "racism",
    "bullying",
    "threat",
    "spam",
    "bot",
    "fake",
    "trolling",
    "off_topic",
    "personal_data",
    "illegal",
    "copyright",
    "fraud",
    "minors",
    "self_harm",
    "violence",
    "other",
)
"""The usual grounds of a decision; a team may record others."""

EVENT: Fields = {
    "event": Field("text", "what sort of event it is", EVENTS),
    "id": Field("text", "the event's own name; no other event has it"),
    "subject": Field("text", "the event or account that it is about: its target, or else itself"),
    "author": Field(
        "text", "the customer concerned: who wrote the comment or target, or owns the account"
    ),
    "conversation": Field("text", "the thread, ticket or review that the event belongs to"),
    "time": Field("time", "when it happened"),
    "channel": Field("text", "the platform or page, such as facebook"),
    "place": Field("text", "whose page it is on", ("own", "other")),
    "actor": Field("text", "who did it"),
    "actor.role": Field("text", "what the actor is to the team", ROLES),
    "action": Field("text", "which decision a moderator took", ACTIONS, only="action"),
    "target": Field("text", "the id of the event, or the name of the account, that it is about"),
    "target.type": Field("text", "what the target is, such as comment, post or account"),
    "target.author": Field("text", "who wrote the target"),
    "target.text": Field("text", "the target's text"),
    "target.time": Field("time", "when the target was written"),
    "target.kind": Field("text", "what kind of comment the target is", KINDS),
    "target.acts": Field("list", "what the target's text does; one act is enough"),
    "target.reach": Field("number", "how many people the target reached"),
    "text": Field("text", "the text of a comment, reply or message"),
    "language": Field("text", "the text's language, such as nb"),
    "kind": Field(
        "text", "what kind of comment it is, as recorded or else by its text", KINDS, only="comment"
    ),
    "acts": Field("list", "what the text does; one act is enough"),
    "rating": Field("number", "the stars that the customer gave"),
    "reach": Field("number", "how many people it reached"),
    "ground": Field(
        "list", "on which grounds the decision was taken; one of them is enough", only="action"
    ),
    "reason": Field("text", "the reason of the decision in the moderator's words"),
    "rule": Field("text", "the published rule that the decision cites"),
    "notified": Field("flag", "whether the author was told of the decision"),
    "notice": Field("text", "what the author was told"),
    "evidence": Field("list", "copies that were kept: addresses, files or hashes"),
    "report": Field("text", "to whom the matter was reported outside the team"),
    "appeal": Field("text", "how the appeal stands", ("open", "accepted", "rejected")),
    "appeal.until": Field("time", "until when an appeal can be made"),
    "until": Field("time", "when the measure ends"),
    "reverses": Field("text", "the id of the decision that this one takes back"),
    "automated.detection": Field("flag", "whether a machine found the target"),
    "automated.decision": Field(
        "text", "how far a machine took the decision", ("fully", "partially", "not")
    ),
    "territory": Field("list", "the countries where the measure holds"),
}
