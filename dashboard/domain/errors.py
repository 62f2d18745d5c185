"""Errors a person can act on: each is one sentence that says what to do next."""

from __future__ import annotations


class UserError(Exception):
    """A sentence for the person who can act; `template` is the catalog's English message id."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values) if values else template)


class NotFound(UserError):
    """What was asked for does not exist, or no longer."""


class InvalidInput(UserError):
    """What a person or a file gave does not fit."""


class Conflict(UserError):
    """Somebody else changed the same thing meanwhile; nothing was overwritten."""


class EngineUnavailable(UserError):
    """No engine answers, or it answers with a fault that may pass."""


class AnswerLost(EngineUnavailable):
    """The engine may have worked, and charged for it; its answer has not arrived whole."""


class EngineRefused(UserError):
    """The engine understood the request and refused it."""


class TrainingStopped(UserError):
    """There is no tuned model to go on with."""


class WeightsUnavailable(UserError):
    """Model weights could not be fetched, verified or read."""


class WeightsUnreachable(WeightsUnavailable):
    """The source of the weights does not answer; another model may still be had."""


class StorageUnavailable(UserError):
    """The database or its folder cannot be used."""
