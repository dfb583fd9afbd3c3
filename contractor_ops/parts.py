"""What every part of config.toml and of a recipe has in common: unknown keys are refused, lengths of time are read as written."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from contractor_ops.spans import Span, read_span

SpanText = Annotated[Span, BeforeValidator(lambda text: read_span(text) if isinstance(text, str) else text)]


class Part(BaseModel):
    """A table of a TOML file: unknown keys are refused, nothing can be changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
