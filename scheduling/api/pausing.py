"""`…/pause` and `…/resume` of brands, campaigns and channel accounts: their due posts wait, or go on."""

from zoneinfo import ZoneInfo

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Brand, Campaign
from scheduling.api.posts.shapes import NothingShape
from scheduling.models import ChannelAccount
from scheduling.rules import BadTime, read_instant
from scheduling.services.pauses import LONGEST_REASON, pause, resume
from workspaces.api.fields import Shape
from workspaces.errors import Invalid

A_TIME = "ISO 8601; without an offset it is read in the zone of what is paused."


class PauseShape(Shape):
    """A pause: until a time, or until somebody resumes it."""

    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, default="")
    until = serializers.CharField(max_length=40, required=False, allow_null=True, help_text=A_TIME)


class Paused:
    """A resource whose rows can be paused; whoever may change one may do that."""

    takes = {"pause": PauseShape, "resume": NothingShape}

    def pause(self, request: Request, key: str) -> Response:
        """Hold the due posts; where it is paused already, change the reason and the end.

        :raises Invalid: if the pause would be over already.
        """
        thing = self.get_object()
        given = self.shape(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        try:
            until = read_instant(said["until"], zone_of(thing)) if said.get("until") else None
            pause(thing=thing, reason=said["reason"], until=until, **self.who())
        except (BadTime, Invalid) as error:
            raise Invalid(str(error), errors={"until": [str(error)]}) from error
        return self.answer(self.get_object())

    def resume(self, request: Request, key: str) -> Response:
        """Let them go out again.

        :raises Conflict: if it is not paused (any more).
        """
        thing = self.get_object()
        self.shape(data=request.data).is_valid(raise_exception=True)
        resume(thing=thing, **self.who())
        return self.answer(self.get_object())


def zone_of(thing: Brand | Campaign | ChannelAccount) -> ZoneInfo:
    """Return the zone in which a thing's times are meant."""
    if isinstance(thing, ChannelAccount):
        return thing.zone
    return thing.timezone if isinstance(thing, Brand) else thing.brand.timezone
