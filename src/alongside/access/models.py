"""Facts, and what they compile to. `Record` is the base of everything that can be shown about a person."""

from django.db import models

from alongside.access.rules import POLICY, Effect, NeedKind
from alongside.audit.rows import Rows
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.ids import MAX_LENGTH, new_id
from alongside.kernel.periods import BEGINNING, FOR_EVER

HANDLE_LENGTH = 64


class TypedIdField(models.CharField):
    """A random typed primary key, such as `con_…`."""

    def __init__(self, prefix: str = "xxx", **kwargs):
        self.prefix = prefix
        kwargs.setdefault("max_length", MAX_LENGTH)
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["prefix"] = self.prefix
        return name, path, args, kwargs

    def get_default(self):
        return new_id(self.prefix)

    def has_default(self):
        return True


def reference(**kwargs) -> models.CharField:
    """The id of something in a room above: an id, and nothing that could be followed."""
    return models.CharField(max_length=MAX_LENGTH, **kwargs)


class Anchor(models.Model):
    """One service's knowledge of one person, as ids only. Locked before its facts are read or changed."""

    PRIVACY = dict.fromkeys(["id", "service", "epoch", "restricted", "keeper", "twin", "confirmed"], "neither")

    id = reference(primary_key=True)
    service = reference(db_index=True)
    epoch = models.PositiveBigIntegerField(default=0)  # one more at each change of facts, so that a page can notice
    restricted = models.BooleanField(default=False)  # a colleague or a public figure: for those who hold them by name
    keeper = reference(blank=True, default="")  # of those, who has what would otherwise be a team's
    twin = reference(blank=True, default="")  # its service's other registration of the same human
    confirmed = models.BooleanField(default=False)  # the person said that both are theirs

    class Meta:
        indexes = [models.Index(fields=["twin"], condition=~models.Q(twin=""), name="access_anchor_twin")]


class Place(models.Model):
    """What access knows of a service: its kind, which classes of recipients are made of, and its country's policy."""

    PRIVACY = dict.fromkeys(["id", "kind", "pack"], "neither")

    id = reference(primary_key=True)
    kind = models.CharField(max_length=24)
    pack = models.CharField(max_length=12, default=policy.DEFAULT_PACK)


class Record(models.Model):
    """A row that can be shown: one registration, the kinds of information it needs, who wrote it and when."""

    RECORD_PRIVACY = {
        "id": "neither",
        "registration": "neither",
        "service": "neither",
        "needs": "neither",
        "author": "neither",
        "occurred_at": "neither",
        "recorded_at": "neither",
        "superseded_by": "neither",
    }

    registration = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="+")
    service = reference()  # the registration's service, held here so that a ceiling needs no join
    needs = models.BigIntegerField()  # all of these kinds must be open at once
    author = reference(blank=True, default="")  # the practitioner who wrote it; empty for the person or the system
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.now)
    superseded_by = reference(blank=True, default="")  # a correction is a new row; the old one points at it

    objects = Rows()

    class Meta:
        abstract = True


class Need(models.Model):
    """Somebody needs to know about this registration."""

    PRIVACY = {
        "id": "neither",
        "registration": "neither",
        "handle": "neither",
        "service": "neither",
        "kind": "neither",
        "made_by": "neither",
        "because": "neither",
        "from_at": "neither",
        "until_at": "neither",
    }

    id = TypedIdField("nee")
    registration = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="+")
    handle = models.CharField(max_length=HANDLE_LENGTH)
    service = reference()
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in NeedKind])
    made_by = reference()
    because = reference()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(default=FOR_EVER)

    objects = Rows()

    class Meta:
        indexes = [models.Index(fields=["registration", "handle"], name="access_need_of")]


class Line(models.Model):
    """What a person agreed to or refused, as pushed down by the consent room."""

    PRIVACY = dict.fromkeys(
        [
            "id",
            "registration",
            "because",
            "effect",
            "recipient",
            "categories",
            "purposes",
            "from_at",
            "until_at",
            "data_from",
            "data_until",
            "hard",
            "exception",
            "onward",
        ],
        "neither",
    )

    id = TypedIdField("lin")
    registration = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="+")
    because = reference()
    effect = models.CharField(max_length=6, choices=[(effect.value, effect.value) for effect in Effect])
    recipient = models.CharField(max_length=HANDLE_LENGTH)
    categories = models.BigIntegerField()
    purposes = models.BigIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(default=FOR_EVER)
    data_from = models.DateTimeField(default=BEGINNING)
    data_until = models.DateTimeField(default=FOR_EVER)
    hard = models.BooleanField(default=False)
    exception = models.BooleanField(default=False)
    onward = models.BooleanField(default=False)

    objects = Rows()


class Glass(models.Model):
    """Somebody broke the glass over this registration."""

    PRIVACY = dict.fromkeys(["id", "registration", "practitioner", "service", "from_at", "until_at"], "neither")

    id = reference(primary_key=True)  # the session's, which the room above keeps with its reason and its review
    registration = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="+")
    # Who looks, and from which service: nobody else speaks for the session.
    practitioner = reference(default="")
    service = reference(default="")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    objects = Rows()

    class Meta:
        indexes = [models.Index(fields=["practitioner", "until_at"], name="access_glass_of")]


class _Compiled(models.Model):
    registration = models.ForeignKey(Anchor, on_delete=models.CASCADE, related_name="+")
    handle = models.CharField(max_length=HANDLE_LENGTH)
    purposes = models.BigIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    data_from = models.DateTimeField()
    data_until = models.DateTimeField()
    because = reference()
    policy = models.CharField(max_length=12, default=POLICY)

    COMPILED_PRIVACY = dict.fromkeys(
        [
            "id",
            "registration",
            "handle",
            "purposes",
            "from_at",
            "until_at",
            "data_from",
            "data_until",
            "because",
            "policy",
        ],
        "neither",
    )

    objects = Rows()

    class Meta:
        abstract = True


class Grant(_Compiled):
    """A row that opens. Never written but by `actions.recompile`."""

    PRIVACY = _Compiled.COMPILED_PRIVACY | dict.fromkeys(["opens", "roles", "pierces", "onward"], "neither")

    opens = models.BigIntegerField()
    roles = models.BigIntegerField()
    pierces = models.CharField(max_length=MAX_LENGTH, blank=True, default="")
    onward = models.BooleanField(default=False)

    class Meta:
        db_table = "access_grant"
        indexes = [
            models.Index(fields=["registration", "handle"], name="access_grant_of"),
            models.Index(fields=["handle", "registration"], name="access_grant_to"),
        ]


class Bar(_Compiled):
    """A row that closes."""

    PRIVACY = _Compiled.COMPILED_PRIVACY | {"closes": "neither", "hard": "neither"}

    closes = models.BigIntegerField()
    hard = models.BooleanField(default=False)

    class Meta:
        db_table = "access_bar"
        indexes = [
            models.Index(fields=["registration", "handle"], name="access_bar_of"),
            models.Index(fields=["handle", "registration"], name="access_bar_to"),
        ]


class Source(models.Model):
    """A record was made from another registration's record, and goes on answering to it."""

    PRIVACY = dict.fromkeys(["id", "record", "registration", "needs", "occurred_at", "onward"], "neither")

    record = reference(db_index=True)
    registration = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="+")
    needs = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    onward = models.BooleanField(default=False)  # its holder might pass it on when the copy was made

    objects = Rows()

    class Meta:
        db_table = "access_source"
