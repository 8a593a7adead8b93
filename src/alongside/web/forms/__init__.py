"""Forms in the design system: every field draws its own label, hint and error; every refusal lands beside its field."""

from alongside.web.forms import fields
from alongside.web.forms.base import Form, Paged, Problem, Query

__all__ = ["Form", "Paged", "Problem", "Query", "fields"]
