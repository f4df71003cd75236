"""Each case of corpus.yml, loaded and held against what the contract makes of it."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from loading_inbox import BASE, TODAY, Inbox

from orchestration.checking import check_folder
from orchestration.contract import contract
from orchestration.load_report import REFUSED, LoadRefusedError

CASES = yaml.safe_load((Path(__file__).parent / "corpus.yml").read_text(encoding="utf-8"))
BUDGET = b"entidad_id,anio,mes_corte,tipo,rubro\nmuni,2023,6,gasto,X\n"


def huge_row(path: Path) -> None:
    path.write_bytes(BUDGET + b'muni,2023,6,gasto,"' + b"x" * 2_000_000 + b'"\n')


def long_text(path: Path) -> None:
    path.write_bytes(BUDGET + b"muni,2023,6,gasto," + b"x" * 100_000 + b"\n")


def many_columns(path: Path) -> None:
    path.write_text(",".join(f"c{number}" for number in range(2000)) + "\n", encoding="utf-8")


def zipped_book(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", io.BytesIO(b"\0" * 50_000_000).getbuffer())


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


GENERATORS = {
    one.__name__: one
    for one in (huge_row, long_text, many_columns, zipped_book, zip_bomb, a_folder)
}
LONG = {"long_text": "x" * 100_000}


def prepare(inbox: Inbox, case: dict) -> None:
    for table, rows in case.get("agrega", {}).items():
        inbox.append(table, *rows)
    for name, text in case.get("archivos", {}).items():
        path = inbox.folder / name
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text.encode(case.get("codifica", "utf-8")))
    for name, text in case.get("bytes", {}).items():
        (inbox.folder / name).write_bytes(text.encode("latin-1"))
    for name, generator in case.get("genera", {}).items():
        GENERATORS[generator](inbox.folder / name)


def touched(case: dict) -> set[str]:
    """Tables that a case speaks of; one at least, for a folder is never empty."""
    files = [*case.get("archivos", {}), *case.get("bytes", {}), *case.get("genera", {})]
    names = {*case.get("agrega", {}), *(Path(name).stem for name in files)}
    return names.intersection(contract()) or {"presupuesto"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["nombre"])
def test_case(case, inbox):
    inbox.keep(touched(case))
    if "antes" in case:
        inbox.load_or_refuse()
    prepare(inbox, case)
    inbox.age()
    checked = check_folder(
        inbox.folder,
        today=TODAY,
        catalogs=inbox.catalogs,
        build_db=inbox.build_db if "antes" in case else None,
    )
    if "error" in case:
        before = inbox.build_db.exists()
        with pytest.raises(LoadRefusedError) as refusal:
            inbox.load_or_refuse()
        assert case["error"] in str(refusal.value)
        assert any(case["error"] in problem.motivo for problem in checked.problems)
        assert not before
        assert inbox.query("select count(*) from duckdb_tables() where schema_name = 'raw'") == [
            (0,)
        ]
        return
    report = inbox.load()
    refused = {file.file: [file.line, file.reason] for file in report.refused}
    expected_refusals = case.get("rechazado", {})
    assert refused.keys() == expected_refusals.keys()
    for name, (line, words) in expected_refusals.items():
        assert refused[name][0] == line
        assert words in refused[name][1]
    expected = case.get("cuarentena", {})
    if not case.get("huerfanas"):
        check_rows(inbox, report, expected, case.get("repetidas", {}), again="antes" in case)
    text = "\n".join(report.lines())
    for words in case.get("avisos", []):
        assert words in text
    for sql, rows in case.get("valores", {}).items():
        assert inbox.query(sql) == [tuple(map(value, row)) for row in rows]
    wrong = {(one.archivo, one.fila, one.columna) for one in checked.problems if one.columna}
    if not case.get("huerfanas"):
        assert wrong == {(name, one[0], one[1]) for name in expected for one in expected[name]}


def check_rows(inbox: Inbox, report, expected: dict, repeats: dict, *, again: bool) -> None:
    """Hold accounting, findings and the quarantine table against what is expected."""
    for file in report.files:
        if file.status == REFUSED:
            continue
        findings = expected.get(file.file, [])
        rows = {row for row, *_ in findings}
        assert file.quarantined == len(rows), file
        assert file.read == file.loaded + file.quarantined + file.repeated
        if not again or file.file in repeats:
            assert file.repeated == repeats.get(file.file, 0), file
        got = [(one.row, one.column, one.text, one.reason) for one in file.findings]
        assert len(got) == len(findings)
        for (row, column, raw, reason), wanted in zip(got, findings, strict=True):
            assert [row, column, raw] == [*wanted[:2], LONG.get(wanted[2], wanted[2])]
            assert wanted[3] in reason
        kept = inbox.query(
            f"select fila, motivo from raw.cuarentena where archivo = '{file.file}' order by fila"
        )
        assert {row for row, _ in kept} == rows
        for row, reason in kept:
            assert all(words in reason for at, _, _, words in findings if at == row)


def value(expected):
    """Numbers that are exact decimals stand as text in the corpus."""
    if isinstance(expected, str) and expected.replace(".", "", 1).isdecimal():
        return Decimal(expected)
    return expected


def test_corpus_names_are_unique_and_enough():
    names = [case["nombre"] for case in CASES]
    assert len(set(names)) == len(names)
    assert len(names) >= 60


def test_base_folder_is_faultless(inbox):
    assert check_folder(inbox.folder, today=TODAY, catalogs=inbox.catalogs).ok
    report = inbox.load_or_refuse()
    assert len(report.files) == len(list(BASE.glob("*.csv")))
    assert report.loaded == report.read > 0
