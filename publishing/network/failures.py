"""Why a call to another system gave no answer; each text is a sentence for a person."""


class Refused(Exception):
    """The target is not allowed, or is no address at all: nothing was tried."""


class NotReached(Exception):
    """Surely nothing arrived: the name, the connection, TLS, or a request that was not wholly sent."""


class NoAnswer(Exception):
    """The request was sent, and the answer did not come whole: it may have been carried out or not."""
