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

CHECKS: dict[str, ModuleType] = {
    check.NAME: check
    for check in (
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
        absence,
        at_most_events,
        burst,
        existence,
        not_response,
        precedence,
        rate_by,
        response,
    )
}
