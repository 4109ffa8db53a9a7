"""The mark on a sentence that is made in English, and may be shown in another language."""


def sentence(text: str) -> str:
    """Return a sentence as it is; `make messages` collects what is marked so, with a blank for each value of it.

    A blank is named for its value. One that begins with `words` is made of sentences itself, one that begins with
    `reason` may be; any other stays as it stands.
    """
    return text
