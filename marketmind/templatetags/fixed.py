"""Parts of pages that are the same for everybody: drawn once for each language."""

from collections.abc import Hashable

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.translation import get_language

register = template.Library()


class Fixed(template.Node):
    """What is drawn, by language and by the values that it may see."""

    def __init__(self, nodelist: NodeList, names: list[str], values: list[FilterExpression]) -> None:
        self.nodelist, self.names, self.values = nodelist, names, values
        self.drawn: dict[tuple[Hashable, ...], str] = {}

    def render(self, context: template.Context) -> str:
        """Return it as it was drawn the first time."""
        values = [value.resolve(context) for value in self.values]
        key = (get_language(), *values)
        if key not in self.drawn:
            # In a context of its own: nothing that belongs to one reader can come into what others see.
            self.drawn[key] = self.nodelist.render(context.new(dict(zip(self.names, values, strict=True))))
        return self.drawn[key]


@register.tag
def fixed(parser: Parser, token: Token) -> Fixed:
    """`{% fixed [name …] %}…{% endfixed %}`: what is inside sees nothing of the page but the variables that are named.

    They have to be few values that many readers share, such as whether somebody may write.
    """
    names = token.split_contents()[1:]
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(nodelist, names, [parser.compile_filter(name) for name in names])
