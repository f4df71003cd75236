"""The exceptions that carry a message for the user, and what an interruption says.

Belongs here: what the command line prints as a single line before leaving with code 1 or 2.
Does not: programming errors, which keep their traceback.
"""


class SemaforoError(Exception):
    """What is wrong, where, and what to do about it, in one line of Spanish."""

    exit_code = 1


class PassingError(SemaforoError):
    """What is in the way and may be gone in a while: a full disk, a lock, a server that is away."""


class MisuseError(SemaforoError):
    """The command is written wrongly: a value of it means nothing, wherever it is run."""

    exit_code = 2


INTERRUPTED = "semaforo: interrumpido; lo publicado está entero"
"""True at any moment: a publication is shown in one step."""
