"""Draws Django's forms with our templates, so that a library's form looks like one of ours."""

from typing import Any

from django.forms.renderers import BaseRenderer
from django.template import loader


class DesignSystem(BaseRenderer):
    form_template_name = "forms/form.jinja"
    field_template_name = "forms/field.jinja"

    def get_template(self, template_name: str) -> Any:
        return loader.get_template(template_name)
