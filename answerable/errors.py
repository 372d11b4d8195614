"""The small tree of errors. A docstring is the message's kind; a flag tells the caller what to do.

An error that reaches a person is one sentence: what happened, what is safe, what to do.
"""


class AnswerableError(Exception):
    """Something went wrong; the text says what to do."""

    exit_code = 1


class BadInput(AnswerableError):
    """What came in cannot be used; nothing of it was stored.

    `message` with its `params` is what a page translates; the text of the error is both together.
    """

    exit_code = 2

    def __init__(self, message: str = "", **params: str | int | float) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class NotReady(AnswerableError):
    """The machine or the data folder is not fit to start; nothing was changed."""


class SourceTrouble(AnswerableError):
    """A source could not be read this time.

    `code` names the sentence a page shows (web has the translations), `params` fills it.
    `permanent` says that trying again without a change is useless.
    """

    def __init__(self, code: str, *, permanent: bool = False, **params: str | int | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
        self.permanent = permanent


class Refused(SourceTrouble):
    """The fetch guard does not let us connect there; no connection was opened."""


class NotAllowed(AnswerableError):
    """This person may not do this to this object."""


class Conflict(AnswerableError):
    """Somebody else was faster, or the object is in another state; nothing was changed."""


class ChannelTrouble(AnswerableError):
    """A channel did not take an outgoing text. `permanent` says that a retry is useless."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
