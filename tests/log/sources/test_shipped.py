"""Each shipped source on a small export in its documented form: the events, written by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from linter.log.sources import find, shipped
from tests.log.sources.common import DATA, read, rejects

Event = dict[str, Any]


def without(events: list[Event], *names: str) -> list[Event]:
    return [{name: v for name, v in event.items() if name not in names} for event in events]


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_source_is_valid_and_named_as_its_file(name: str) -> None:
    assert find(name).name == name


def test_reddit(tmp_path: Path) -> None:
    done, events = read(tmp_path, "reddit", DATA / "reddit.json")
    assert (done.rows, done.rejected) == (8, 1)
    # The first one is of a removal that is older than the log.
    assert done.ignored == {"addremovalreason": 1, "sticky": 1}
    assert rejects(tmp_path) == [(7, 'unknown verb "removcomment"; did you mean "removecomment"?')]
    common = {"event": "action", "channel": "reddit", "actor": "kim", "actor.role": "moderator"}
    comment = {
        **common,
        "target": "t1_aa",
        "target.type": "comment",
        "target.author": "bo",
        "target.text": "It leaks",
        "conversation": "t3_xy",
    }
    assert without(events, "fields") == [
        {
            **common,
            "id": "ModAction_2",
            "row": 6,
            "time": "2026-03-02T06:00:00",
            "action": "remove",
            "target": "t3_ad",
            "target.type": "post",
            "target.author": "ads",
            "conversation": "t3_ad",
            "ground": ["spam"],
        },
        {
            **comment,
            "id": "ModAction_4",
            "row": 4,
            "time": "2026-03-02T08:00:00",
            "action": "remove",
            "reason": "No complaints",
        },
        {
            **common,
            "id": "ModAction_6",
            "row": 2,
            "time": "2026-03-02T09:00:00",
            "actor": "AutoModerator",
            "actor.role": "bot",
            "action": "approve",
            "target": "t3_zz",
            "target.type": "post",
            "conversation": "t3_zz",
        },
        {
            **comment,
            "id": "ModAction_7",
            "row": 1,
            "time": "2026-03-02T10:00:00",
            "action": "restore",
            "reverses": "ModAction_4",
        },
    ]
    assert events[0]["fields"] == {
        "details": "confirm_spam",
        "permalink": "/r/kettles/comments/ad/buy/",
        "subreddit": "kettles",
        "title": "Buy",
    }


def test_reddit_as_rows_of_praw(tmp_path: Path) -> None:
    """PRAW's objects as JSON Lines have no `data` around them."""
    lines = tmp_path / "log.jsonl"
    lines.write_text(
        '{"id": "ModAction_1", "action": "banuser", "mod": "kim", "created_utc": 1772427600,'
        ' "target_fullname": "t2_bo", "target_author": "bo", "description": "rude"}\n',
        encoding="utf-8",
    )
    _, events = read(tmp_path / "store", "reddit", lines)
    assert events == [
        {
            "event": "action",
            "id": "ModAction_1",
            "row": 1,
            "time": "2026-03-02T05:00:00",
            "channel": "reddit",
            "actor": "kim",
            "actor.role": "moderator",
            "action": "ban",
            "target": "t2_bo",
            "target.type": "account",
            "target.author": "bo",
            "conversation": "t2_bo",
            "reason": "rude",
            "fields": {"description": "rude"},
        }
    ]


def test_discourse(tmp_path: Path) -> None:
    done, events = read(tmp_path, "discourse", DATA / "discourse.csv")
    assert (done.rows, done.ignored) == (10, {"change_site_setting": 1})
    assert rejects(tmp_path) == [(33, 'unknown verb "delete_pots"; did you mean "delete_post"?')]
    assert len({event["id"] for event in events}) == 8
    ids = [event["id"] for event in events]
    anna = {"event": "action", "channel": "discourse", "actor": "anna", "actor.role": "moderator"}
    topic = {
        **anna,
        "target": "topic/5",
        "target.type": "topic",
        "conversation": "topic/5",
    }
    told = {
        "target.author": "bob",
        "target.time": "2026-02-27T09:00:00",
        "target.text": "Where is my money?",
    }
    assert without(events, "fields", "id") == [
        {
            **anna,
            "row": 2,
            "time": "2026-03-01T10:00:00",
            "action": "remove",
            "target": "post/17",
            "target.type": "post",
            "target.author": "bob",
            "target.time": "2026-02-28T09:00:00",
            "target.text": "This is the worst service.\n\nuser: nobody answers",
            "conversation": "topic/5",
        },
        {
            **anna,
            "row": 10,
            "time": "2026-03-01T11:00:00",
            "action": "suspend",
            "target": "bob",
            "target.type": "account",
            "target.author": "bob",
            "conversation": "bob",
            "reason": "Rude to staff",
            "notice": "You are suspended for a week.\nWrite to us if you disagree.",
            "notified": True,
        },
        {
            **anna,
            "row": 14,
            "time": "2026-03-01T11:30:00",
            "action": "mute",
            "target": "eve",
            "target.type": "account",
            "target.author": "eve",
            "conversation": "eve",
            "reason": "Spam",
        },
        {
            **anna,
            "row": 15,
            "time": "2026-03-08T11:00:00",
            "actor": "system",
            "actor.role": "platform",
            "action": "unsuspend",
            "target": "bob",
            "target.type": "account",
            "target.author": "bob",
            "conversation": "bob",
            "automated.decision": "fully",
            "reverses": ids[1],
        },
        {
            **anna,
            "row": 16,
            "time": "2026-03-09T09:00:00",
            "action": "edit",
            "target": "place/5/4",
            "target.type": "post",
            "target.text": "You idiots",
            "conversation": "topic/5",
        },
        {**topic, **told, "row": 21, "time": "2026-03-10T09:00:00", "action": "remove"},
        {
            **topic,
            **told,
            "row": 26,
            "time": "2026-03-10T10:00:00",
            "action": "restore",
            "reverses": ids[5],
        },
        {**topic, "row": 31, "time": "2026-03-11T09:00:00", "action": "lock"},
    ]
    assert events[0]["fields"] == {
        "context": "/t/refund/5/3",
        "post_number": "3",
        "topic": "Refund?",
        "verb": "delete_post",
    }
    assert events[4]["fields"]["new"] == "You [removed]"


def test_lemmy_up_to_0_19(tmp_path: Path) -> None:
    done, events = read(tmp_path, "lemmy-0.19", DATA / "lemmy-0.19.json")
    assert (done.rows, done.rejected, done.ignored) == (8, 0, {"featured_posts": 1})
    common = {"event": "action", "channel": "lemmy", "actor": "kim", "actor.role": "moderator"}
    comment = {
        "event": "action",
        "channel": "lemmy",
        "actor.role": "moderator",
        "conversation": "post/41",
        "target": "comment/70",
        "target.type": "comment",
        "target.author": "bo",
        "target.text": "It leaks",
        "target.time": "2026-02-28T12:00:00",
    }
    assert without(events, "fields", "row") == [
        {
            **common,
            "id": "remove-post/3",
            "time": "2026-03-01T10:00:00.000001",
            "action": "remove",
            "conversation": "post/40",
            "target": "post/40",
            "target.type": "post",
            "target.text": "Cheap!",
            "target.time": "2026-02-28T10:00:00",
            "reason": "Spam",
        },
        {
            **common,
            "id": "lock-post/4",
            "time": "2026-03-01T11:00:00",
            "action": "lock",
            "conversation": "post/41",
            "target": "post/41",
            "target.type": "post",
            "target.text": "Leaks",
            "target.time": "2026-02-28T11:00:00",
        },
        # Who moderated is hidden here.
        {
            **comment,
            "id": "remove-comment/7",
            "time": "2026-03-01T12:00:00",
            "action": "remove",
            "reason": "rule 1",
        },
        {
            **comment,
            "id": "remove-comment/8",
            "time": "2026-03-02T10:00:00",
            "actor": "kim",
            "actor.role": "moderator",
            "action": "restore",
            "reverses": "remove-comment/7",
        },
        {
            **common,
            "id": "ban-from-community/9",
            "time": "2026-03-03T10:00:00",
            "action": "ban",
            "conversation": "bo in kettles",
            "target": "bo in kettles",
            "target.type": "account",
            "target.author": "bo",
            "reason": "rude",
            "until": "2026-04-01T00:00:00",
        },
        # This one takes back a ban from the site, not the one from the community.
        {
            **common,
            "id": "ban/10",
            "time": "2026-03-04T10:00:00",
            "action": "unban",
            "conversation": "bo",
            "target": "bo",
            "target.type": "account",
            "target.author": "bo",
        },
        {
            **common,
            "id": "purge-comment/11",
            "time": "2026-03-05T10:00:00",
            "action": "remove",
            "conversation": "post/41",
            "target.type": "comment",
            "reason": "illegal",
        },
    ]


def test_lemmy_from_1_0(tmp_path: Path) -> None:
    done, events = read(tmp_path, "lemmy-1.0", DATA / "lemmy-1.0.json")
    assert (done.rows, done.ignored) == (6, {"mod_add_to_community": 1})
    assert rejects(tmp_path) == [
        (6, 'unknown verb "mod_remove_commment"; did you mean "mod_remove_comment"?')
    ]
    comment = {
        "event": "action",
        "channel": "lemmy",
        "actor.role": "moderator",
        "conversation": "post/41",
        "target": "comment/70",
        "target.type": "comment",
        "target.author": "bo",
        "target.text": "It leaks",
        "target.time": "2026-02-28T12:00:00",
    }
    assert without(events, "fields", "row") == [
        {
            "event": "action",
            "channel": "lemmy",
            "actor.role": "moderator",
            "id": "modlog/6",
            "time": "2026-03-01T08:00:00",
            "action": "ban",
            "conversation": "cy",
            "target": "cy",
            "target.type": "account",
            "target.author": "cy",
            "reason": "rude",
            "until": "2026-04-01T00:00:00",
        },
        {
            **comment,
            "id": "modlog/7",
            "time": "2026-03-01T09:00:00",
            "actor": "kim",
            "actor.role": "moderator",
            "action": "warn",
            "reason": "be kind",
            "notified": True,
            "notice": "be kind",
        },
        {
            **comment,
            "id": "modlog/8",
            "time": "2026-03-01T10:00:00",
            "action": "remove",
            "reason": "rule 1",
        },
        {
            **comment,
            "id": "modlog/9",
            "time": "2026-03-02T10:00:00",
            "actor": "kim",
            "actor.role": "moderator",
            "action": "restore",
            "reverses": "modlog/8",
        },
    ]


def test_mastodon(tmp_path: Path) -> None:
    done, events = read(tmp_path, "mastodon", DATA / "mastodon.json")
    assert (done.rows, done.ignored) == (4, {})
    assert rejects(tmp_path) == [(4, 'unknown action "shout"')]
    bo = {
        "event": "action",
        "channel": "mastodon",
        "conversation": "strike/3",
        "target.author": "bo@example.social",
    }
    strike = {
        **bo,
        "time": "2026-01-02T03:04:05",
        "actor.role": "moderator",
        "action": "remove",
        "target.type": "status",
        "reason": "Rule 2: insults",
        "notice": "Rule 2: insults",
        "notified": True,
        "appeal": "accepted",
    }
    appeal = {**bo, "target": "strike/3", "target.type": "strike"}
    undone = {**bo, "time": "2026-01-04T00:00:00", "action": "restore", "target.type": "status"}
    cy = {
        "event": "action",
        "channel": "mastodon",
        "actor.role": "moderator",
        "target": "cy",
        "target.type": "account",
        "target.author": "cy",
        "notified": True,
    }
    assert without(events, "row") == [
        {**strike, "id": "strike/3/109", "target": "status/109"},
        {**strike, "id": "strike/3/110", "target": "status/110"},
        {
            **appeal,
            "id": "strike/3/appeal",
            "time": "2026-01-03T00:00:00",
            "actor": "bo@example.social",
            "actor.role": "customer",
            "action": "appeal_open",
            "reason": "It was a joke",
            "appeal": "open",
        },
        {
            **undone,
            "id": "strike/3/109/overruled",
            "target": "status/109",
            "reverses": "strike/3/109",
        },
        {
            **undone,
            "id": "strike/3/110/overruled",
            "target": "status/110",
            "reverses": "strike/3/110",
        },
        {
            **appeal,
            "id": "strike/3/appeal-accepted",
            "time": "2026-01-04T00:00:00",
            "actor": "1",
            "actor.role": "moderator",
            "action": "appeal_accept",
            "appeal": "accepted",
        },
        {
            **cy,
            "id": "strike/4",
            "conversation": "strike/4",
            "time": "2026-01-05T00:00:00",
            "action": "warn",
            "reason": "Please be kind",
            "notice": "Please be kind",
        },
        {
            **cy,
            "id": "strike/5",
            "conversation": "strike/5",
            "time": "2026-01-06T00:00:00",
            "actor": "1",
            "action": "mute",
            "appeal": "open",
            "fields": {"report": "12"},
        },
    ]


def test_ozone(tmp_path: Path) -> None:
    done, events = read(tmp_path, "ozone", DATA / "ozone.json")
    assert (done.rows, done.rejected) == (8, 0)
    # The report is of a user, who decides nothing.
    assert done.ignored == {"modEventReport": 1, "modEventTag": 1}
    kim = {
        "event": "action",
        "channel": "bluesky",
        "actor": "did:plc:kim",
        "actor.role": "moderator",
    }
    uri = "at://did:plc:bo/app.bsky.feed.post/1"
    post = {
        **kim,
        "conversation": uri,
        "target": uri,
        "target.type": "post",
        "target.author": "did:plc:bo",
    }
    assert without(events, "row", "fields") == [
        {
            **kim,
            "id": "event/3",
            "time": "2026-03-01T10:00:00",
            "action": "suspend",
            "conversation": "did:plc:cy",
            "target": "did:plc:cy",
            "target.type": "account",
            "target.author": "did:plc:cy",
        },
        {
            **post,
            "id": "event/4",
            "time": "2026-03-02T10:00:00",
            "action": "remove",
            "reason": "ad",
            "rule": "spam",
            "evidence": ["bafy1"],
        },
        {
            **post,
            "id": "event/5",
            "time": "2026-03-02T11:00:00",
            "action": "notify",
            "notified": True,
            "notice": "It was removed as spam.",
        },
        {
            **post,
            "id": "event/6",
            "time": "2026-03-03T10:00:00",
            "actor": "did:plc:bo",
            "actor.role": "customer",
            "action": "appeal_open",
            "appeal": "open",
            "reason": "Not spam",
        },
        {
            **post,
            "id": "event/7",
            "time": "2026-03-04T10:00:00",
            "action": "restore",
            "reverses": "event/4",
        },
        # Ozone does not say how an appeal was resolved; what was restored before does.
        {
            **post,
            "id": "event/8",
            "time": "2026-03-04T10:00:01",
            "action": "appeal_accept",
            "reason": "He is right",
        },
    ]
    assert events[0]["fields"] == {"hours": "24"}
    assert events[1]["fields"] == {"policies": '["spam","fraud"]'}


def test_discord(tmp_path: Path) -> None:
    done, events = read(tmp_path, "discord", DATA / "discord.json")
    # 11 is a change of a channel, and 24 one of a nickname.
    assert (done.rows, done.ignored) == (9, {"11": 1, "24": 1})
    assert rejects(tmp_path) == [(9, 'unknown verb "999"')]
    common = {"event": "action", "channel": "discord", "target.author": "222"}
    account = {
        **common,
        "actor": "111",
        "actor.role": "moderator",
        "target": "222",
        "target.type": "account",
        "conversation": "222",
    }
    assert without(events, "row") == [
        # Which messages they were is not told.
        {
            **common,
            "id": "1284500000000000000",
            "conversation": "1284500000000000000",
            "time": "2024-09-14T13:04:24.855000",
            "actor": "111",
            "actor.role": "moderator",
            "action": "remove",
            "target.type": "message",
            "reason": "rule 3",
            "fields": {"channel": "333", "count": "2"},
        },
        {
            **account,
            "id": "1284510000000000000",
            "time": "2024-09-14T13:44:09.041000",
            "action": "mute",
            "until": "2026-09-30T00:00:00",
        },
        {
            **account,
            "id": "1284520000000000000",
            "time": "2024-09-14T14:23:53.227000",
            "action": "unmute",
            "reverses": "1284510000000000000",
        },
        {
            **common,
            "id": "1284540000000000000",
            "conversation": "1284540000000000000",
            "time": "2024-09-14T15:43:21.599000",
            "actor.role": "bot",
            "action": "remove",
            "target.type": "message",
            "rule": "No slurs",
            "automated.detection": True,
            "automated.decision": "fully",
            "fields": {"channel": "333"},
        },
        {
            **account,
            "id": "1284550000000000000",
            "time": "2024-09-14T16:23:05.784000",
            "action": "ban",
            "reason": "again",
        },
        {
            **account,
            "id": "1284560000000000000",
            "time": "2024-09-14T17:02:49.970000",
            "action": "unban",
            "reverses": "1284550000000000000",
        },
    ]


def test_dsa(tmp_path: Path) -> None:
    done, events = read(tmp_path, "dsa", DATA / "dsa-full.csv", DATA / "dsa-light.csv")
    assert (done.rows, done.ignored) == (4, {})
    assert rejects(tmp_path) == [
        (3, "the row fits none of the events of its source"),
        (
            4,
            'unknown action "DECISION_VISIBILITY_CONTENT_DISABLE"; '
            'did you mean "DECISION_VISIBILITY_CONTENT_DISABLED"?',
        ),
    ]
    common = {
        "event": "action",
        "channel": "Forum",
        "actor": "Forum",
        "actor.role": "platform",
        "target.time": "2026-03-01T00:00:00",
    }
    first = {
        **common,
        "time": "2026-03-02T00:00:00",
        "time.end": "2026-03-02T23:59:59.999999",
        "conversation": "u1",
        "language": "nl",
        "ground": ["bullying"],
        "reason": "It insults",
        "rule": "Rule 4",
        "automated.detection": False,
        "automated.decision": "partially",
        "territory": ["NL", "BE"],
    }
    assert without(events, "row", "fields") == [
        {
            **common,
            "id": "u4/DECISION_VISIBILITY_CONTENT_DISABLED",
            "conversation": "u4",
            "time": "2026-03-01T00:00:00",
            "time.end": "2026-03-01T23:59:59.999999",
            "action": "hide",
            "target.type": "TEXT",
            "language": "en",
            "ground": ["hate"],
            "rule": "Rule 1",
            "automated.detection": True,
            "automated.decision": "not",
        },
        {
            **first,
            "id": "u1/DECISION_ACCOUNT_SUSPENDED",
            "action": "suspend",
            "target.type": "account",
            "until": "2026-05-01T00:00:00",
        },
        {
            **first,
            "id": "u1/DECISION_VISIBILITY_CONTENT_LABELLED",
            "action": "label",
            "target.type": "TEXT",
            "until": "2026-06-01T00:00:00",
        },
        {
            **first,
            "id": "u1/DECISION_VISIBILITY_CONTENT_REMOVED",
            "action": "remove",
            "target.type": "TEXT",
            "until": "2026-06-01T00:00:00",
        },
    ]


PLAY = "http://play.google.com/x?reviewId=1"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "reviews-play.csv",
            [
                {"event": "comment", "id": PLAY, "conversation": PLAY, "row": 2, "language": "en",
                 "time": "2026-03-01T14:40:32", "actor.role": "customer", "rating": 1.0,
                 "text": "Crashes", "fields": {"version": "1.3"}},
                {"event": "comment", "row": 3, "time": "2026-03-01T14:40:33", "language": "en",
                 "actor.role": "customer", "rating": 5.0, "fields": {"version": "1.3"}},
                {"event": "reply", "id": f"{PLAY}/reply", "conversation": PLAY, "row": 2,
                 "time": "2026-03-02T13:02:47", "actor.role": "team", "target": PLAY,
                 "target.text": "Crashes", "target.time": "2026-03-01T14:40:32", "text": "Sorry"},
            ],
        ),
        (
            "reviews-google.json",
            [
                {"event": "comment", "id": "g1", "conversation": "g1", "row": 1, "language": "en",
                 "time": "2026-03-01T09:00:00", "actor": "Jo", "actor.role": "customer",
                 "rating": 1.0, "text": "Bad"},
                {"event": "reply", "id": "g1/reply", "conversation": "g1", "row": 1,
                 "time": "2026-03-01T10:00:00", "actor.role": "team", "target": "g1",
                 "target.author": "Jo", "target.text": "Bad",
                 "target.time": "2026-03-01T09:00:00", "text": "Sorry"},
            ],
        ),
        (
            "reviews-app-store.json",
            [
                {"event": "comment", "id": "a1", "conversation": "a1", "row": 1,
                 "time": "2026-03-01T09:00:00", "actor": "n", "actor.role": "customer",
                 "rating": 2.0, "text": "b", "fields": {"territory": "USA", "title": "t"}},
                {"event": "reply", "id": "r1", "conversation": "a1", "row": 2,
                 "time": "2026-03-02T09:00:00", "actor.role": "team", "target": "a1",
                 "target.author": "n", "target.text": "b", "target.time": "2026-03-01T09:00:00",
                 "text": "hi"},
            ],
        ),
        (
            "reviews-trustpilot.json",
            [
                {"event": "comment", "id": "5f1", "conversation": "5f1", "row": 1,
                 "language": "en", "time": "2026-03-01T10:00:00", "actor": "Bo Berg",
                 "actor.role": "customer", "rating": 2.0, "text": "Three weeks!",
                 "fields": {"title": "Slow"}},
                {"event": "comment", "id": "5f2", "conversation": "5f2", "row": 2,
                 "language": "en", "time": "2026-03-01T11:00:00", "actor": "Cy",
                 "actor.role": "customer", "rating": 5.0, "text": "Fast",
                 "fields": {"title": "Great"}},
                {"event": "reply", "id": "5f1/reply", "conversation": "5f1", "row": 1,
                 "time": "2026-03-02T10:00:00", "actor.role": "team", "target": "5f1",
                 "target.author": "Bo Berg", "target.text": "Three weeks!",
                 "target.time": "2026-03-01T10:00:00", "text": "Sorry about the wait"},
            ],
        ),
    ],
)  # fmt: skip
def test_reviews(file: str, expected: list[Event], tmp_path: Path) -> None:
    done, events = read(tmp_path, "reviews", DATA / file)
    assert (done.rejected, done.ignored) == (0, {})
    for event in expected:
        event["place"] = "own"
        if "id" not in event:
            # A rating without a text has no name in Google Play's CSV.
            [event["id"]] = {e["id"] for e in events if e["row"] == event["row"]}
            event["conversation"] = event["id"]
    assert events == expected


def test_reviews_in_utf_16_as_google_play_gives_them(tmp_path: Path) -> None:
    wide = tmp_path / "reviews.csv"
    wide.write_text((DATA / "reviews-play.csv").read_text(encoding="utf-8"), encoding="utf-16")
    _, events = read(tmp_path / "wide", "reviews", wide)
    assert events == read(tmp_path / "store", "reviews", DATA / "reviews-play.csv")[1]


def test_two_snapshots_of_a_page(tmp_path: Path) -> None:
    files = [DATA / f"page-2026-03-0{day}T0900.json" for day in (1, 2)]
    done, events = read(tmp_path, "page-snapshots", *files)
    assert done.rows == 7
    assert rejects(tmp_path) == [(4, "the snapshot has this comment twice")]
    people = {"1": ("Ann", "Bad", 10), "2": ("Bo", "Worse", 11), "3": ("Cy", "Why?", 12)}
    between = {"time": "2026-03-01T09:00:00", "time.end": "2026-03-02T09:00:00"}

    def comment(id_: str) -> Event:
        name, text, hour = people[id_]
        time = f"2026-02-28T{hour}:00:00"
        return {"event": "comment", "id": id_, "conversation": id_, "channel": "facebook",
                "time": time, "actor": name, "text": text}  # fmt: skip

    def about(id_: str) -> Event:
        name, text, hour = people[id_]
        return {"channel": "facebook", "conversation": id_, "target": id_,
                "target.type": "comment", "target.author": name, "target.text": text,
                "target.time": f"2026-02-28T{hour}:00:00"}  # fmt: skip

    assert without(events, "row") == [
        comment("1"),
        comment("2"),
        comment("3"),
        # It was hidden when it was first seen: some time since it was written.
        {
            **about("3"),
            "event": "action",
            "id": "3/hidden/0",
            "action": "hide",
            "time": "2026-02-28T12:00:00",
            "time.end": "2026-03-01T09:00:00",
        },
        {
            **about("1"),
            **between,
            "event": "action",
            "id": "1/removed/1",
            "action": "remove",
            "fields": {"by": "the brand or the comment's author"},
        },
        {**about("2"), **between, "event": "action", "id": "2/hidden/1", "action": "hide"},
        {
            **about("2"),
            **between,
            "event": "private_message",
            "id": "2/private/1",
            "actor.role": "team",
        },
        {**about("3"), **between, "event": "action", "id": "3/shown/1", "action": "restore"},
        {
            "event": "comment",
            "id": "4",
            "conversation": "3",
            "channel": "facebook",
            "time": "2026-03-01T10:00:00",
            "actor": "Page",
            "target": "3",
            "text": "Sorry",
        },
    ]


def test_kinds_of_verbs_of_a_real_log_of_reddit(tmp_path: Path) -> None:
    """A listing with the verbs that PRAW's own recording has, each as often."""
    verbs = Counter(
        acceptmoderatorinvite=3, addcontributor=1, editflair=29, editsettings=1,
        invitemoderator=19, lock=2, muteuser=1, removecontributor=1, removemoderator=3,
        removewikicontributor=1, setpermissions=9, unbanuser=2, banuser=2, uninvitemoderator=17,
        unlock=1, unmuteuser=1, wikibanned=1, wikicontributor=1, wikirevise=4, wikiunbanned=1,
    )  # fmt: skip
    lines = tmp_path / "log.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for number, verb in enumerate(verbs.elements()):
            target = "t3_1" if "lock" in verb else "t2_bo"
            file.write(
                f'{{"id": "{number}", "action": "{verb}", "created_utc": {1479000000 + number},'
                f' "mod": "kim", "target_fullname": "{target}"}}\n'
            )
    done, events = read(tmp_path / "store", "reddit", lines)
    assert (done.rows, done.rejected) == (100, 0)
    assert Counter(event["action"] for event in events) == {
        "lock": 2, "unlock": 1, "mute": 1, "unmute": 1, "ban": 3, "unban": 3,
    }  # fmt: skip
    assert sum(done.ignored.values()) == 89
