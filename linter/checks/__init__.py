"""The checks, of replies and libraries, and in `log` of event logs.

To add one: copy a module, rename it, enter it here.
"""

from types import ModuleType

from linter.checks import (
    act_order,
    at_most,
    classifier,
    facts,
    forbid_act,
    language_parity,
    length,
    links,
    log,
    personal_data,
    phrases,
    placeholders,
    quote,
    readability,
    repeated_text,
    require_act,
    shouting,
    specific,
    wrong_name,
)

MODULES = (
    act_order,
    at_most,
    classifier,
    facts,
    forbid_act,
    language_parity,
    length,
    links,
    personal_data,
    phrases,
    placeholders,
    quote,
    readability,
    repeated_text,
    require_act,
    shouting,
    specific,
    wrong_name,
)

CHECKS: dict[str, ModuleType] = {check.NAME: check for check in (*MODULES, *log.MODULES)}
