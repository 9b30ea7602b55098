"""Work on many small records by several processes of our own.

Records go out in lists, plain results come back in the same order. Never more lists are on their
way than the processes can soon take, so that memory stays bounded; the processes are spawned, since
forking one in which DuckDB runs threads would hang.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from linter.runner import _deaf_to_interrupts

Given = TypeVar("Given")
Made = TypeVar("Made")

_IN_FLIGHT = 2


class Maker(Protocol[Given, Made]):
    """Says what a worker works by; small, and can be sent to a process."""

    def start(self) -> Callable[[list[Given]], list[Made]]:
        """What works on a list of records. Slow: each process does it once."""
        ...


class Spread(Protocol):
    """Has a maker's work done on batches, in any order."""

    def __call__(
        self, maker: Maker[Given, Made], batches: Iterable[list[Given]], jobs: int
    ) -> Iterator[list[Made]]: ...


def spread(
    maker: Maker[Given, Made], batches: Iterable[list[Given]], jobs: int
) -> Iterator[list[Made]]:
    """The results of each batch, in order; by this process alone where `jobs` is 1."""
    if jobs <= 1:
        work = None
        for batch in batches:
            work = work or maker.start()
            yield work(batch)
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(maker,)
    ) as pool:
        flying: deque[Future[list[Made]]] = deque()
        try:
            for batch in batches:
                with _deaf_to_interrupts():
                    flying.append(pool.submit(_work, batch))
                if len(flying) >= _IN_FLIGHT * jobs:
                    yield flying.popleft().result()
            while flying:
                yield flying.popleft().result()
        except BaseException:
            # An interrupt, or nobody reads on: what the workers still do is wanted no more.
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in active_children():
                worker.terminate()
            raise


_worker: dict[str, Callable[[list[Any]], list[Any]]] = {}


def _start(maker: Maker[Any, Any]) -> None:
    _worker["it"] = maker.start()


def _work(batch: list[Any]) -> list[Any]:
    return _worker["it"](batch)
