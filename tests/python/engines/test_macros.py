"""What differs by engine is described, argument by argument, in macros/_macros.yml."""

import re

import yaml

from orchestration.settings import PROJECT_ROOT

MACROS = PROJECT_ROOT / "macros"


def test_every_macro_that_differs_by_engine_is_described():
    """That a description names the arguments that are there, dbt sees (validate_macro_args)."""
    sql = "".join(path.read_text(encoding="utf-8") for path in sorted(MACROS.glob("*.sql")))
    signatures = dict(re.findall(r"{% macro (\w+)\((.*?)\)", sql))
    written = yaml.safe_load((MACROS / "_macros.yml").read_text(encoding="utf-8"))["macros"]
    described = {
        macro["name"]: [
            argument["name"] for argument in macro.get("arguments", []) if argument["description"]
        ]
        for macro in written
        if macro["description"]
    }
    assert described == {
        name: re.findall(r"(\w+)(?:=\w+)?", signatures[name])
        for name in re.findall(r"adapter\.dispatch\('(\w+)'\)", sql)
    }
