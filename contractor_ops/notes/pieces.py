"""What is shown for some words of a note, and the few small words that may be put between them."""

from dataclasses import dataclass

from contractor_ops.notes.cut import Token
from contractor_ops.notes.plain import fold
from contractor_ops.notes.words import Form, Meaning, Verb

GLUE_WORDS = frozenset({"that", "the", "is", "are"})
"""The only words that are ever put into a note that are neither written there nor what an abbreviation stands for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is shown for some words as written. `meaning` is set where they were abbreviations.

    `glue`: what is put before it, a mark or glue words. `ambiguous`: what an abbreviation may stand for, where that is open.
    `corrected`: it is shown in a spelling that was not written.
    """

    tokens: tuple[Token, ...]
    text: str
    meaning: Meaning | None = None
    verb: Verb | None = None
    form: Form = "any"
    glue: str = ""
    ambiguous: tuple[str, ...] = ()
    corrected: bool = False

    @property
    def written(self) -> str:
        """As it was written, without the marks around it."""
        return " ".join(token.core for token in self.tokens)

    @property
    def key(self) -> str:
        """As it is looked up."""
        return fold(self.written)

    @property
    def stop(self) -> str:
        """The mark behind it."""
        return self.tokens[-1].stop

    @property
    def who(self) -> bool:
        """Whether it is a person."""
        return self.meaning is not None and self.meaning.who
