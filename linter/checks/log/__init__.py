"""Checks of event logs: each says which constraint (`logic.constraints`) its options write down.

To add one: copy a module, rename it, enter it here.
"""

from types import ModuleType

from linter.checks.log import (
    absence,
    at_most_events,
    burst,
    existence,
    not_response,
    precedence,
    rate_by,
    response,
)

MODULES: tuple[ModuleType, ...] = (
    absence,
    at_most_events,
    burst,
    existence,
    not_response,
    precedence,
    rate_by,
    response,
)
