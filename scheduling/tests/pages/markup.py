"""Reading a page as its reader does: elements with their attributes and their text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "use"}


@dataclass
class Element:
    """An element, its attributes, and the text inside it."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    inside: tuple["Element", ...] = ()

    @property
    def text(self) -> str:
        """All text inside, on one line."""
        return " ".join("".join(self.parts).split())

    def has_class(self, name: str) -> bool:
        """Tell whether it has a class."""
        return name in self.attributes.get("class", "").split()

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class Markup(HTMLParser):
    """A parsed page."""

    def __init__(self, response) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, inside=tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), inside=tuple(self._open)))

    def handle_endtag(self, tag):
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data):
        for element in self._open:
            element.parts.append(data)

    def all(self, tag=None, class_=None, **attributes) -> list[Element]:
        """Return the elements of a tag, a class and attributes."""
        return [
            one
            for one in self.elements
            if (tag is None or one.tag == tag)
            and (class_ is None or one.has_class(class_))
            and all(one.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag=None, class_=None, **attributes) -> Element:
        """Return the only such element."""
        found = self.all(tag, class_, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {class_} {attributes}"
        return found[0]

    def inside(self, outer: Element, tag=None, class_=None) -> list[Element]:
        """Return the elements inside another."""
        return [one for one in self.all(tag, class_) if outer in one.inside]

    def text(self) -> str:
        """Return all that can be read in the body."""
        return self.one("body").text

    def forms(self) -> list[str]:
        """Return where the forms that change something lead, but for signing out and the language."""
        found = [form["action"] for form in self.all("form", method="post")]
        return [action for action in found if action not in ("/logout/", "/language/")]
