"""What is left out of dbt for the time of a call, and that it is there again afterwards."""

import gc
import marshal
from types import CodeType

import pytest
from dbt.contracts.project import ProjectFlags
from dbt_common.clients import jinja
from dbt_common.dataclass_schema import ValidationError, dbtClassMixin
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager_client import get_event_manager
from dbt_common.events.functions import fire_event
from dbt_common.events.types import Note
from dbt_common.exceptions import CompilationError

from orchestration.lean_dbt import heard_events_only, kept_templates, lean_process, validated_before


def test_only_what_is_heard_becomes_a_message():
    heard = []
    with heard_events_only():
        get_event_manager().add_callback(lambda message: heard.append(message.data.msg))
        for level in EventLevel:
            fire_event(Note(msg=level.value), level=level)
    assert heard == ["info", "warn", "error"]


def test_schemas_are_checked_before_and_after():
    with validated_before():
        ProjectFlags.validate({"printer_width": "wide"})
    with pytest.raises(ValidationError):
        ProjectFlags.validate({"printer_width": "wide"})


def test_everything_is_as_before_after_a_failure(tmp_path):
    def state():
        compiled = jinja.MacroFuzzEnvironment.compile
        return get_event_manager(), gc.get_threshold(), dbtClassMixin.validate, compiled

    def fail_within():
        with lean_process(), validated_before(), kept_templates(tmp_path / "templates"):
            assert all(now != then for now, then in zip(state(), before, strict=True))
            raise RuntimeError

    before = state()
    with pytest.raises(RuntimeError):
        fail_within()
    assert state() == before


class TestTemplates:
    @pytest.fixture
    def file(self, tmp_path):
        return tmp_path / "state.templates"

    @pytest.fixture
    def render(self, file):
        def render(text: str, **names) -> str:
            with kept_templates(file):
                return jinja.render_template(jinja.get_template(text, names), names)

        return render

    def test_a_text_is_compiled_once_and_filled_in_anew(self, render, monkeypatch):
        assert render("a {{ name }}", name="b") == "a b"
        monkeypatch.setattr(jinja.MacroFuzzEnvironment, "_compile", None)
        assert render("a {{ name }}", name="c") == "a c"
        with pytest.raises(CompilationError):
            render("another {{ name }}")

    def test_of_another_python_nothing_is_read(self, render, file):
        render("a {{ name }}", name="b")
        file.write_bytes(b"another" + file.read_bytes())
        assert render("a {{ name }}", name="c") == "a c"
        (code,) = marshal.loads(file.read_bytes()[4:]).values()  # noqa: S302
        assert isinstance(code, CodeType)

    @pytest.mark.parametrize("left", [0, 20])
    def test_a_file_that_is_cut_short_is_written_anew(self, render, file, left):
        render("a {{ name }}", name="b")
        file.write_bytes(file.read_bytes()[: 4 + left])
        assert render("a {{ name }}", name="c") == "a c"
        assert len(marshal.loads(file.read_bytes()[4:])) == 1  # noqa: S302

    def test_where_nothing_can_be_written_nothing_is_kept(self, tmp_path):
        with kept_templates(tmp_path / "no" / "such" / "folder"):
            assert jinja.get_template("a", {}).render({}) == "a"
