"""Which configuration, files and rules a command works on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from linter import __version__
from linter.cache import NAME, Cache
from linter.cli.common import fail
from linter.config import Config
from linter.language import lexicon
from linter.model import Summary
from linter.policy.model import Policy, Rule
from linter.readers import READERS
from linter.reporters import PolicyInfo, RuleInfo, Run
from linter.runner import Resources, known_rules


def cache(config: Config) -> Cache | None:
    return None if config.cache is None else Cache(config.cache / NAME)


def language(code: str | None) -> str | None:
    """The code of a language's resources. Ends with an error for one without any."""
    if code is None:
        return None
    known = lexicon.languages()
    name = lexicon.canonical(code)
    if name not in known:
        fail(f'there are no resources for the language "{code}"; there are {", ".join(known)}')
    return name


def own_files(resources: Resources) -> Iterator[Path]:
    """What a policy consists of: never replies."""
    for policy in resources.policies:
        yield from (*policy.files, *policy.facts, *policy.lexicons)


def files(
    paths: tuple[str, ...], config: Config, own_files: Iterable[Path] = ()
) -> list[tuple[Path, str]]:
    """The files to read, each with the name to show, sorted. Ends with an error without any.

    What a folder holds of `own_files` and of what the configuration names is left out.
    """
    own = {path.resolve() for path in (*own_files, *config.facts, *config.lexicons)}
    own |= {config.path.resolve()} if config.path else set()
    own_names = {path.name for path in own}
    here = Path.cwd().as_posix().rstrip("/") + "/"
    found: dict[Path, str] = {}

    def is_own(path: Path) -> bool:
        # Resolving is slow, and a path means a file of another name only through a link.
        return (path.name in own_names or path.is_symlink()) and path.resolve() in own

    if not paths:
        if not config.replies:
            fail("nothing to check: name files or folders, or `replies` in the configuration")
        found.update(
            (path, _shown(path, here)) for path in config.reply_files() if not is_own(path)
        )
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found.update(
                (inside, _shown(inside, here)) for inside in _walk(path) if not is_own(inside)
            )
        elif not path.exists():
            fail(f"{name}: there is no such file or folder")
        elif not path.is_file():
            fail(f"{name}: neither a file nor a folder")
        else:
            found[path] = _shown(path, here)
    wanted = sorted(
        ((path, shown) for path, shown in found.items() if not config.excludes(path)),
        key=lambda item: item[1],
    )
    if not wanted:
        fail(
            f"there is no reply file in {', '.join(paths) or ', '.join(config.replies)}"
            f"; replies are read from {', '.join(sorted(READERS))}"
        )
    return wanted


def _walk(folder: Path) -> Iterable[Path]:
    """The reply files in a folder, and the folders in it that may not be looked into: reading them
    says why."""
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            # A link that leads nowhere is named as unreadable; a pipe would never end.
            special = path.exists() and not path.is_file()
            if not name.startswith(".") and path.suffix.lower() in READERS and not special:
                yield path
    yield from (Path(error.filename) for error in closed)


def _shown(path: Path, here: str) -> str:
    """A path as reports show it: relative to where the command runs, `here`, if it is inside."""
    return path.as_posix().removeprefix(here)


def run(
    name: str,
    resources: Resources,
    summary: Callable[[], Summary],
    *,
    statistics: bool = False,
    redact: bool = False,
    quiet: int = 0,
    verbose: int = 0,
) -> Run:
    """What the reporters are told of a run."""
    guidelines = {
        guideline.id: guideline.text
        for policy in resources.policies
        for guideline in policy.guidelines
    }
    return Run(
        version=__version__,
        command=name,
        policies=tuple(policy_info(policy) for policy in resources.policies),
        rules={id: rule_info(rule, guidelines) for id, rule in known_rules(resources).items()},
        summary=summary,
        statistics=statistics,
        redact=redact,
        quiet=quiet,
        verbose=verbose,
    )


def policy_info(policy: Policy) -> PolicyInfo:
    hasher = hashlib.sha256()
    for path in policy.files or (policy.path,):
        hasher.update(path.read_bytes())
    return PolicyInfo(
        policy.name, policy.version or "", policy.title or policy.name, hasher.hexdigest()
    )


def rule_info(rule: Rule, guidelines: dict[str, str]) -> RuleInfo:
    return RuleInfo(
        id=rule.id,
        level=rule.level,
        title=rule.title or rule.message,
        check=rule.check,
        message=rule.message,
        help=rule.why or "",
        guidelines={id: guidelines[id] for id in rule.guideline if id in guidelines},
    )
