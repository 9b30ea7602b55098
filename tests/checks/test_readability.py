"""readability: each case with the reason why it fires or does not."""

import pytest

from linter.checks.readability import lix
from tests.checks.helpers import Bare, found, matches, reply_of

EASY = "Your chair is on its way. It left our shop at noon. You will have it soon. " * 3
HARD = (
    "Consignments dispatched internationally necessitate supplementary documentation, whose "
    "preparation ordinarily requires considerable additional processing capacity. "
) * 3
DUTCH = (
    "Overeenkomstig bovengenoemde voorwaarden geschiedt terugbetaling uitsluitend wanneer "
    "afzonderlijke retourformulieren volledig ingevuld ontvangen werden. "
) * 3
NORWEGIAN = (
    "Tilbakebetaling gjennomføres utelukkende dersom returskjemaet foreligger fullstendig utfylt "
    "sammen med opprinnelig kvittering innen fastsatte tidsfrister. "
) * 2


def test_lix_is_that_of_bjornsson() -> None:
    """Ten words in two sentences, three of them of more than six letters: 5 + 30."""
    words = ["a"] * 7 + ["letters"] * 3
    assert lix(words, 2) == 35


@pytest.mark.parametrize(
    ("code", "text", "fires", "why"),
    [
        ("en", EASY, False, "short words and sentences"),
        ("en", HARD, True, "long words"),
        ("nl", DUTCH, True, "long words"),
        ("nb", NORWEGIAN, True, "long words"),
        ("en", " ".join(["word"] * 60), True, "one sentence of sixty words"),
        ("en", HARD[:120], False, "too short to tell"),
        ("en", f"```\n{HARD}\n```", False, "code"),
        ("en", f"> {HARD}", False, "the customer's words"),
        ("en", "{{a.b}} " * 60, False, "placeholders are no words"),
    ],
)
def test_readability(code: str, text: str, fires: bool, why: str) -> None:
    assert bool(found("readability", {"max_lix": 50}, text, Bare(code))) == fires, why


def test_it_points_at_the_hardest_sentence() -> None:
    hard = "Consignments dispatched internationally necessitate documentation."
    reply = reply_of({"reply": EASY + hard + " It is so."})
    (match,) = matches("readability", {"max_lix": 10}, reply, Bare("en"))
    assert reply.text[match.start : match.end] == hard
    # 59 words in 11 sentences, five of them long: 5.4 + 8.5
    assert match.values == {"lix": "14", "max": "10", "text": hard}
