"""Pages on paper: a table that goes on to the next page keeps its titles."""

import subprocess

import pytest

TITLES = "Con dependientes"
UNITS = ("Gerencia", "Oficina")
ONLY_UNITS = """
    () => {
        for (const section of document.querySelectorAll('.secciones > section')) {
            if (section.id !== 'unidades') section.remove();
        }
        const above = document.createElement('div');
        above.id = 'encima';
        document.querySelector('.secciones').before(above);
    }
"""


@pytest.fixture
def units(browser, small_board):
    with browser.open(small_board.plan("muni", "poi-2024")) as page:
        page.evaluate(ONLY_UNITS)
        yield page


def test_titles_and_rows_of_a_table_are_never_parted(units, tmp_path) -> None:
    """Whatever stands above the table, so that the page ends before, in and after it."""
    parted = 0
    for millimetres in range(180, 240, 3):
        units.evaluate(
            "mm => { document.getElementById('encima').style.height = `${mm}mm`; }", millimetres
        )
        target = tmp_path / "page.pdf"
        units.pdf(path=target, format="A4")
        text = subprocess.run(
            ["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True
        ).stdout
        pages = text.split("\f")
        with_rows = [
            number for number, text in enumerate(pages) if any(unit in text for unit in UNITS)
        ]
        assert [number for number, text in enumerate(pages) if TITLES in text] == with_rows
        parted += len(with_rows) > 1
    assert parted
