"""`POST /api/v1/post-instances/bulk`: the same verb for up to 500 posts."""

from functools import partial
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.posts.shapes import PostInstanceShape
from scheduling.api.posts.verbs import VERBS, Verb
from scheduling.api.posts.versions import on_version
from scheduling.api.represent import post_instance
from scheduling.models import PostInstance
from scheduling.services.bulk import Deed, Done, do_all, do_what_can_be_done
from workspaces.api.errors import body, status_of
from workspaces.api.fields import Shape
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid, NotFound

MOST = 500


class BulkItemShape(serializers.Serializer):
    """A post, perhaps the version that the caller looked at, and what the verb takes."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1, required=False)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return the two, and the rest as `given` for the verb's own shape."""
        found = super().to_internal_value(data)
        rest = {name: value for name, value in data.items() if name not in self.fields}
        return {**found, "given": rest}


class BulkShape(Shape):
    """A verb and the posts that it is for; `partial` does what can be done instead of all or nothing."""

    action = serializers.ChoiceField(sorted(VERBS))
    items = BulkItemShape(many=True, allow_empty=False, max_length=MOST)
    partial = serializers.BooleanField(default=False)


class BulkAnswerItemShape(serializers.Serializer):
    """What became of an item: its post, or the refusal in the error format."""

    id = serializers.UUIDField()
    status = serializers.IntegerField(help_text="As if it had been called alone.")
    post_instance = PostInstanceShape(allow_null=True)
    error = serializers.DictField(allow_null=True)


class BulkAnswerShape(serializers.Serializer):
    """What was done, in the order of the items."""

    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    items = BulkAnswerItemShape(many=True)


class Bulk(WorkspaceView):
    """Do the same with many posts: all of it or nothing, unless `partial` says that what can be done is enough."""

    takes = BulkShape
    gives = BulkAnswerShape

    def post(self, request: Request) -> Response:
        """Do it, and answer every item."""
        shape = BulkShape(data=request.data)
        shape.is_valid(raise_exception=True)
        asked = shape.validated_data
        verb = VERBS[asked["action"]]
        self.caller.require(verb.scopes.get("POST", "write"), self.workspace)
        items = asked["items"]
        if len({item["id"] for item in items}) < len(items):
            raise Invalid("A post stands in the items more than once.", errors={"items": ["Name each post once."]})
        posts = self._posts([item["id"] for item in items])
        deeds = [self._deed(verb, posts.get(item["id"]), item, n) for n, item in enumerate(items)]
        if asked["partial"]:
            found = do_what_can_be_done(deeds=deeds)
        else:
            found = do_all(deeds=deeds, accounts={one.channel_account_id for one in posts.values()})
        answers = [_answer(item["id"], one) for item, one in zip(items, found, strict=True)]
        refused = sum(one.refusal is not None for one in found)
        return Response({"done": len(found) - refused, "refused": refused, "items": answers})

    def _posts(self, ids: list[UUID]) -> dict[UUID, PostInstance]:
        rows = PostInstance.objects.filter(workspace=self.workspace, pk__in=ids).with_everything()
        return {one.pk: one for one in rows}

    def _deed(self, verb: type[Verb], post: PostInstance | None, item: dict[str, Any], place: int) -> Deed:
        """Return what is to be done with an item, once what it gives is known to be sound.

        :raises Invalid: by the place of the item, if it is not.
        """
        given = verb.takes(data=item["given"], context={"view": self})
        if not given.is_valid():
            raise serializers.ValidationError({f"items.{place}": given.errors})
        if post is None:
            return partial(_missing, item["id"])
        view = verb()
        act = partial(view.act, post, given.validated_data, now=self.now, actor=self.caller.actor)
        return partial(on_version, post, item.get("version"), act)


def _missing(key: UUID) -> PostInstance:
    raise NotFound(f"There is no post instance '{key}'.")


def _answer(key: UUID, done: Done) -> dict[str, Any]:
    if done.refusal is None:
        return {"id": str(key), "status": 200, "post_instance": post_instance(done.instance), "error": None}
    refusal = done.refusal
    error = body(refusal.code, refusal.message, type(refusal).__name__, refusal.errors)
    return {"id": str(key), "status": status_of(refusal), "post_instance": None, "error": error}
