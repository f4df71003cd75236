"""What a message says, and that nothing in it is obeyed."""

import email
import email.policy
import io
import zipfile
from dataclasses import replace

import openpyxl
from sample import NOW, UNIT, digest, finding, told

from orchestration.alerts.messages import SHOWN_PER_RULE, addressed, digest_message

HOSTILE = '=HYPERLINK("https://evil.example","x")'


def parsed(made, base_url=None):
    content = addressed(digest_message(made, base_url, NOW).content, "s@m.example", ["a@m.example"])
    return email.message_from_bytes(content, policy=email.policy.default)


def text_of(message, kind: str) -> str:
    return message.get_body((kind,)).get_content()


def workbook_of(message) -> openpyxl.Workbook:
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "hallazgos.xlsx"
    return openpyxl.load_workbook(io.BytesIO(attached.get_content()))


def test_a_digest_has_text_html_and_a_spreadsheet() -> None:
    message = parsed(digest(finding("a", severity="alta", rule="S05"), finding("b")))
    assert message.defects == []
    assert message["from"] == "s@m.example"
    assert message["to"] == "a@m.example"
    assert message["auto-submitted"] == "auto-generated"
    assert message["subject"] == "Semáforo · Gerencia: 2 novedades (1 alta, 1 media)"
    for kind in ("plain", "html"):
        text = text_of(message, kind)
        assert "Gastó 120 contra 100" in text
        assert "Revise a qué actividad se cargó el gasto." in text
        assert text.index("ALTA") < text.index("MEDIA")
    rows = list(workbook_of(message).active.iter_rows(values_only=True))
    assert [row[6] for row in rows] == ["Elemento", "A-a", "A-b"]
    assert [row[1] for row in rows[1:]] == ["alta", "media"]


def test_why_a_finding_is_told_is_said() -> None:
    before = finding("a", severity="baja")
    grave = finding("b", severity="alta")
    made = digest(finding("a"), grave, known=told(before) | told(grave, days_ago=8))
    text = text_of(parsed(made), "plain")
    assert "Agravado. A-a" in text
    assert text.index("NOVEDADES") < text.index("SIGUEN ABIERTOS")
    assert "1 novedad (1 media) y 1 hallazgo sigue abierto" in parsed(made)["subject"]


def test_findings_of_several_plans_name_theirs() -> None:
    ours = finding("a", element="AO1")
    alone = parsed(digest(ours, finding("c", plan="", plan_name="", element="planes.csv")))
    before = replace(ours, alert_id="b", plan="poi-2023", plan_name="POI 2023")
    both = parsed(digest(ours, before))
    twins = parsed(digest(ours, replace(before, plan_name="POI 2024")))
    for kind in ("plain", "html"):
        assert "POI 2024" not in text_of(alone, kind)
        assert "Actividad, POI 2024" in text_of(both, kind)
        assert "Actividad, POI 2023" in text_of(both, kind)
        assert "Actividad, POI 2024 (poi-2023)" in text_of(twins, kind)


def test_what_is_cut_from_the_text_is_in_the_spreadsheet() -> None:
    found = [finding(f"{number:02d}") for number in range(SHOWN_PER_RULE + 3)]
    message = parsed(digest(*found))
    assert "… y 3 más" in text_of(message, "plain")
    assert "… y 3 más" in text_of(message, "html")
    assert workbook_of(message).active.max_row == len(found) + 1


def test_a_figure_has_its_thousands_and_two_decimals() -> None:
    made = digest(finding("a", value=5618843.333333), finding("b", value=1200.0))
    page = workbook_of(parsed(made)).active
    shown = {row[10].value: row[10].number_format for row in page.iter_rows(min_row=2)}
    assert shown == {5618843.333333: "#,##0.00", 1200: "#,##0"}


def test_a_formula_in_the_data_stays_text() -> None:
    message = parsed(digest(finding("a", element=HOSTILE, element_name="+1+2", detail="@SUM(1)")))
    cells = [cell for row in workbook_of(message).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == HOSTILE} == {"s"}
    assert "f" not in {cell.data_type for cell in cells}
    (attached,) = message.iter_attachments()
    with zipfile.ZipFile(io.BytesIO(attached.get_content())) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet


def test_a_long_text_has_room_in_its_row() -> None:
    made = digest(finding("a", detail="DETALLE " * 40), finding("b", detail="corto"))
    page = workbook_of(parsed(made)).active
    # 60 digits wide, of which a capital takes more than one: 320 letters are 6 lines of 15 points.
    heights = {row[9].value: page.row_dimensions[row[9].row].height for row in page.iter_rows()}
    assert heights["DETALLE " * 40] >= 6 * 15
    assert heights["corto"] < 6 * 15


def test_markup_in_the_data_stays_text() -> None:
    made = digest(finding("a", element_name="<script>alert(1)</script>", detail="a & b"))
    html = text_of(parsed(made), "html")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "a &amp; b" in html


def test_a_line_break_in_a_name_adds_no_header() -> None:
    made = digest(finding("a"))
    unit = replace(UNIT, centre_name="Gerencia\r\nBcc: otro@m.example\r\n\r\nHola")
    message = parsed(replace(made, unit=unit))
    assert message["bcc"] is None
    assert message["subject"].startswith("Semáforo · Gerencia Bcc: otro@m.example Hola")


def test_a_very_long_name_makes_no_endless_subject() -> None:
    made = replace(digest(finding("a")), unit=replace(UNIT, centre_name="G" * 4000))
    assert len(parsed(made)["subject"]) == 180


def test_links_lead_to_the_units_page_in_each_plan() -> None:
    made = digest(finding("a"), finding("b", plan="poi-2025", plan_name="POI 2025"))
    message = parsed(made, "https://tablero.example")
    for plan in ("poi-2024", "poi-2025"):
        page = f"https://tablero.example/planes/muni/{plan}/unidades/CC.1.html"
        assert page in text_of(message, "plain")
        assert f'href="{page}"' in text_of(message, "html")
    assert "https://" not in text_of(parsed(made), "html")


def test_from_and_to_are_all_that_an_attempt_adds() -> None:
    content = digest_message(digest(finding("a")), None, NOW).content
    sent = addressed(content, "s@m.example", ["a@m.example", "b@m.example"])
    assert sent.endswith(content)
    head = sent.removesuffix(content)
    assert head == b"From: s@m.example\r\nTo: a@m.example, b@m.example\r\n"
