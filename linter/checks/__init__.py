"""The checks. To add one: copy a module, rename it, enter it here."""

from types import ModuleType

from linter.checks import (
    act_order,
    at_most,
    facts,
    forbid_act,
    phrases,
    placeholders,
    require_act,
    shouting,
    specific,
    wrong_name,
)

CHECKS: dict[str, ModuleType] = {
    check.NAME: check
    for check in (
        act_order,
        at_most,
        facts,
        forbid_act,
        phrases,
        placeholders,
        require_act,
        shouting,
        specific,
        wrong_name,
    )
}
