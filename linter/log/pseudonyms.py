"""Stable names for people: the same for the same name and key, and no way back without the key."""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b
from secrets import token_bytes

_PREFIX = "person-"
_BYTES = 10
"""80 bits: two of a million people share a pseudonym in one of 10^12 logs."""
KEY_BYTES = 64
"""How long a key can be."""


class Pseudonyms:
    """Gives what stands for a name. Without a key of one's own it is another in each run."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = token_bytes(32) if key is None else blake2b(key).digest()

    def __call__(self, name: str) -> str:
        data = name.encode("utf-8", "surrogatepass")
        hashed = blake2b(data, key=self._key, digest_size=_BYTES).digest()
        return _PREFIX + b32encode(hashed).decode().lower()
