"""A move on the calendar: from the drop to the answer with the touched days, among 1,000 and 10,000 posts."""

from datetime import UTC, datetime, timedelta
from itertools import cycle
from statistics import median

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks import world
from benchmarks.figures import Figure, seconds
from scheduling.models import PostInstance
from workspaces.models import Membership, Workspace
from workspaces.roles import Role

SIZES = (1_000, 10_000)
ACCOUNTS = 10
ROUNDS = 30
START = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)  # Ahead of every run's clock: what is past cannot be moved.
MONTH = timedelta(days=29)
TOGETHER = 20  # Posts that one hand moves at once.


def run() -> list[Figure]:
    """Measure single moves, moves of many together, and what a bare UPDATE of one row takes."""
    call_command("collectstatic", interactive=False, verbosity=0)
    world.clear()
    person = get_user_model().objects.create_user("mover", is_staff=True)
    made = {size: _workspace(size, person) for size in SIZES}
    world.settle_down()
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    times = {size: _moves(client, where) for size, where in made.items()}
    together = _moves(client, made[1_000], count=TOGETHER)
    bare = _bare_updates(made[1_000])
    for size, found in times.items():
        print(
            f"a move among {size} posts: {found[0] * 1000:.0f} ms, {found[1] / 1000:.1f} KB, {found[2]} days answered"
        )
    print(f"{TOGETHER} posts together: {together[0] * 1000:.0f} ms; a bare UPDATE: {bare * 1000:.2f} ms")
    return [
        Figure("a move, from drop to answer, among 1,000 posts", times[1_000][0] * 1000, 100, unit="ms"),
        Figure("a move, from drop to answer, among 10,000 posts", times[10_000][0] * 1000, 100, unit="ms"),
        Figure("days that a move of one post answers, at most", times[1_000][2], 2, unit="days"),
        Figure(f"{TOGETHER} posts moved together, for each", together[0] * 1000 / TOGETHER, 25, unit="ms"),
    ]


def _workspace(size: int, person: object) -> Workspace:
    made = world.workspace(f"moving-{size}", ACCOUNTS)
    Membership.objects.create(workspace=made, user=person, role=Role.OWNER)
    world.fill(made, size, status="scheduled", start=START, step=MONTH / (size // ACCOUNTS))
    return made


def _moves(client: Client, where: Workspace, count: int = 1) -> tuple[float, int, int]:
    """Return the median of seconds, and the bytes and days of an answer, of moves a day on and back in turn."""
    rows = where.post_instances.order_by("channel_account", "scheduled_for")
    ids = list(rows.values_list("pk", flat=True)[40 : 40 + count])
    found, days, size = [], set(), 0
    for by in _turns():
        versions = dict(PostInstance.objects.filter(pk__in=ids).values_list("pk", "version"))
        fields = {"post": [f"{one}:{versions[one]}" for one in ids], "days": by}
        answers: list[bytes] = []
        found.append(seconds(lambda fields=fields, answers=answers: answers.append(_send(client, where, fields))))
        size = len(answers[0])
        days.add(answers[0].count(b'id="day-'))
    return median(found), size, max(days)


def _turns() -> list[int]:
    return [by for by, _ in zip(cycle((1, -1)), range(ROUNDS), strict=False)]


def _send(client: Client, where: Workspace, fields: dict) -> bytes:
    address = f"/calendar/moves/?month=2027-03&tz=UTC&tenant_id={where.slug}"
    answer = client.post(address, fields, headers={"HX-Request": "true"})
    if answer.status_code != 200:
        raise AssertionError(f"a move answered {answer.status_code}: {answer.content[:300]!r}")
    return answer.content


def _bare_updates(where: Workspace) -> float:
    """Return what the floor takes: one row changed, by its key, and committed."""
    post = where.post_instances.order_by("pk").first()
    text = "UPDATE post_instances SET version = version + 1 WHERE id = %s"

    def update() -> None:
        with connection.cursor() as cursor:
            cursor.execute(text, [post.pk])

    return median(seconds(update) for _ in range(ROUNDS))
