"""Generated replies and comments in English as a shop has them: 40 tokens or so, all different."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.speed.corpus import SEED

_PARTS = (
    (
        "Hi {name}, thanks for your message.",
        "Hello {name}, thank you for telling us about this.",
        "Dear {name}, thank you for your review.",
        "Good morning {name}, and thanks for getting in touch.",
        "{name}, we have read what you wrote about the {thing}.",
    ),
    (
        "I am sorry that the {thing} arrived {state}.",
        "We apologise for the {state} {thing} and for the wait.",
        "That your {thing} came {state} should not have happened.",
        "I understand how annoying a {state} {thing} is.",
        "It is a pity that order {number} did not go as you hoped.",
    ),
    (
        "A new {thing} leaves our warehouse on {day}, and you need not send the old one back.",
        "We have refunded {number} kroner for the {thing} to your card today.",
        "Our driver collects the {thing} on {day} between {hour} and {later}.",
        "The {thing} is covered for two years, so the repair costs you nothing.",
        "My colleague in {town} checks tonight why parcel {number} took so long.",
    ),
    (
        "Please send us a private message with your order number.",
        "Could you tell us which colour of {thing} you ordered?",
        "You can reach me directly at our shop in {town} until {later}.",
        "Let us know if there is anything else that we can do for you.",
        "The delivery of order {number} is planned for {day}.",
    ),
)
_COMMENTS = (
    "My {thing} arrived {state} and nobody in {town} answers the phone, order {number}.",
    "Ordered a {thing} three weeks ago and I am still waiting, this is ridiculous.",
    "Great service from the shop in {town}, the new {thing} works and {name} was very kind!",
    "WORST SHOP EVER, I am so angry about this {state} {thing}!!!",
    "Does the {thing} come in blue, and can I pick it up in {town} on {day}?",
    "The courier left the {thing} in the rain, it is {state} now and I want my money back.",
)
_WORDS = {
    "name": ("Jens", "Anne", "Sofia", "Ravi", "Marit", "Pieter", "Lena", "Omar", "Grace", "Tomas"),
    "thing": ("kettle", "lamp", "garden chair", "oven", "desk", "mirror", "bookcase", "toaster"),
    "state": ("broken", "scratched", "late", "incomplete", "damaged", "wet", "in the wrong colour"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "town": ("Bergen", "Utrecht", "Leeds", "Oslo", "Ghent", "York"),
}


def records(count: int, *, comments: bool) -> Iterator[Mapping[str, Any]]:
    """Records as a JSONL library has them, in English; with the customer's comment and name."""
    chance = random.Random(SEED)
    for index in range(count):
        words = {key: chance.choice(values) for key, values in _WORDS.items()}
        hour = chance.randint(8, 14)
        words |= {
            "number": str(chance.randint(100, 99_999)),
            "hour": f"{hour}:00",
            "later": f"{hour + 2}:30",
        }
        reply = " ".join(chance.choice(part).format(**words) for part in _PARTS)
        record: dict[str, Any] = {"id": str(index), "lang": "en", "reply": reply}
        if comments:
            text = chance.choice(_COMMENTS).format(**words)
            record |= {"author": words["name"], "comment": {"text": text}}
        yield record
