"""Messages in the air: handed to a channel from several threads, as many at once as it takes, and settled by the one that waits for them."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from contractor_ops.ports import Receipt

Cargo = TypeVar("Cargo")


class Flight(Generic[Cargo]):
    """At most `room` deliveries at once. With room for one nothing leaves this thread.

    What a delivery raised is raised again by `Landing.receipt`.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._pool = ThreadPoolExecutor(room, thread_name_prefix="delivery") if room > 1 else None
        self._in_the_air: dict[Future[Receipt], Cargo] = {}
        self._landed: deque[tuple[Cargo, Future[Receipt]]] = deque()

    def launch(self, cargo: Cargo, deliver: Callable[[], Receipt]) -> None:
        """Hand one over. Where there is no room any more, the first of the others has landed when this returns."""
        if self._pool is None:
            self._landed.append((cargo, _done(deliver)))
            return
        self._in_the_air[self._pool.submit(deliver)] = cargo
        if len(self._in_the_air) >= self.room:
            self._bring_down(FIRST_COMPLETED)

    def landed(self, *, everything: bool = False) -> Iterator[tuple[Cargo, Future[Receipt]]]:
        """What has been answered, each once; with `everything` the rest is waited for (a channel's own time-out ends that)."""
        if self._in_the_air:
            self._bring_down(FIRST_COMPLETED, timeout=0)
        while everything and self._in_the_air:
            self._bring_down(FIRST_COMPLETED)
        while self._landed:
            yield self._landed.popleft()

    def _bring_down(self, when: str, timeout: float | None = None) -> None:
        done, _ = wait(self._in_the_air, timeout=timeout, return_when=when)
        landed = [future for future in self._in_the_air if future in done]  # in the order in which they were handed over
        self._landed.extend((self._in_the_air.pop(future), future) for future in landed)

    def close(self) -> None:
        """Let go of the threads."""
        if self._pool is not None:
            self._pool.shutdown()


def _done(deliver: Callable[[], Receipt]) -> Future[Receipt]:
    future: Future[Receipt] = Future()
    try:
        future.set_result(deliver())
    except Exception as error:
        future.set_exception(error)
    return future
