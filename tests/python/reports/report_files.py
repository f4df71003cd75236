"""Reading back what a report wrote, with other tools than those that wrote it."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl

FIGURE = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")


def write(warehouse, report: str, entity: str, plan: str, file_format: str, folder: Path) -> Path:
    """Run the command as a person does."""
    target = folder / f"{report}.{file_format}"
    done = warehouse.run(
        "report", report, "--entidad", entity, "--plan", plan,
        "--format", file_format, "--out", target,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return target


def rows(warehouse, sql: str) -> list[dict]:
    """Rows of the published database as dicts."""
    import duckdb

    with duckdb.connect(str(warehouse.published), read_only=True) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def sheets(path: Path) -> dict[str, list[list[object]]]:
    """Values of every sheet of a workbook, row by row."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def same(cell: object, figure: object) -> bool:
    """Whether a spreadsheet's number is the figure of the marts: a workbook keeps 16 digits."""
    if figure is None or cell is None:
        return figure is None and cell is None
    return isinstance(cell, int | float) and f"{cell:.16G}" == f"{float(figure):.16G}"


def printed(figure: object, decimals: int, *, fixed: bool = False) -> str:
    """The figure as Peruvian reports print it, worked out here anew."""
    if figure is None:
        return ""
    exact = Decimal(str(round(figure, 9)) if isinstance(figure, float) else figure)
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"
    return text if fixed or "." not in text else text.rstrip("0").rstrip(".")


class _Page(HTMLParser):
    """Text of every cell of every row, and the names of the elements met."""

    def __init__(self):
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self._hidden = False
        self._cell: list[str] | None = None

    def handle_starttag(self, tag, attrs):
        self.elements[tag] += 1
        self.attributes.extend(attrs)
        self._hidden = tag in {"style", "title"}
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag):
        self._hidden = False
        if tag in {"td", "th"}:
            self.rows[-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)
        if not self._hidden:
            self.text.append(data)


def page(path: Path) -> _Page:
    """Parse a report written as HTML."""
    parsed = _Page()
    parsed.feed(path.read_text(encoding="utf-8"))
    return parsed


def figures_of_page(path: Path) -> Counter[str]:
    """How often each figure stands on an HTML report."""
    return _figures(" ".join(page(path).text))


def _figures(text: str) -> Counter[str]:
    """Count figures; the number of a quarter is part of a heading, repeated on every page.

    The digits of a code count on their own: a line of prose may end at its first point, AEI.|03.04.
    """
    words = re.sub(r"(?<=[A-Z])\.(?=\d)", " ", re.sub(r"Trim [1-4]", "", text)).split()
    return Counter(word for word in words if FIGURE.fullmatch(word))


@dataclass(frozen=True)
class Pdf:
    """A PDF as poppler reads it: the text of each page, and its size in points."""

    pages: list[str]
    size: tuple[float, float]

    def figures(self) -> Counter[str]:
        """How often each figure stands in it, the line at the foot of each page left out."""
        return _figures(re.sub(r".*Página \d+ de \d+", "", "\n".join(self.pages)))


def pdf(path: Path) -> Pdf:
    """Read a PDF back."""
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info.stdout)
    return Pdf(text.removesuffix("\f").split("\f"), (float(size[1]), float(size[2])))
