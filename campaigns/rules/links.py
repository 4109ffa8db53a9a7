"""Links that tell your statistics where a visitor came from: UTM parameters, as most systems for that read them."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from workspaces.rules.sentences import sentence

UTM_WORDS = ("source", "medium", "campaign", "content", "term")
LONGEST = 200
PREFIX = "utm_"
PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


def tagged(link: str, utm: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return a link with its tags; what it carried under the same names gives way, everything else stays as it was.

    :param utm: some of UTM_WORDS; a value may hold {placeholders}.
    :param words: what stands for placeholders, such as {"platform": "x"}; an unknown one stays as it is.
    """
    tags = {PREFIX + word: _filled(utm[word], words) for word in UTM_WORDS if utm.get(word)}
    if not (link and tags):
        return link
    parts = urlsplit(link)
    kept = [part for part in parts.query.split("&") if part and part.partition("=")[0] not in tags]
    return urlunsplit(parts._replace(query="&".join([*kept, urlencode(tags, quote_via=quote)])))


def utm_problems(utm: object) -> list[str]:
    """Return what is wrong with a link's tags, each as a sentence."""
    if not isinstance(utm, Mapping) or any(word not in UTM_WORDS for word in utm):
        return [
            sentence(f'Write the tags of a link like this: {{"source": "…"}}, with some of {", ".join(UTM_WORDS)}.')
        ]
    if any(not isinstance(value, str) for value in utm.values()):
        return [sentence("Each tag of a link is a text.")]
    return [f"utm_{word} has {LONGEST} characters at most." for word, value in utm.items() if len(value) > LONGEST]


def _filled(value: str, words: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), value)
