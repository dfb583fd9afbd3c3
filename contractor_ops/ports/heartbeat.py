"""What the work asks of a dead-man's switch: to hear that a job has started, and how it ended."""

from typing import Literal, Protocol

Beat = Literal["start", "success", "failure"]


class Heartbeat(Protocol):
    """A service that raises the alarm when it has not heard of a job for too long."""

    def beat(self, beat: Beat, job: str, code: int, text: str) -> str | None:
        """Tell how a job is, `code` being its exit code; why that could not be told, or None. Never raises."""
        ...
