"""The shape of a file, held against Python's own csv module on files of every shape."""

import csv
import io
import random
from pathlib import Path

import pytest

from orchestration import structure
from orchestration.contract import contract
from orchestration.row_scan import MAX_ROW_BYTES, RefusedFileError
from orchestration.structure import inspect, readable_copy

TABLE = contract()["entidades"]
HEADER = ",".join(TABLE.column_names) + "\n"
TEXTS = ["", "a", "x,y", "l1\nl2", 'q"q', '"', "é", "l\r\nm", "r\r", "\r", '""', "\n", "ñ" * 9]
# Most rows made of these are blank; the signs with ink begin with the bytes of a blank one.
BLANKS = ["", "", "", " ", "\n", ",", '"', "\u00a0", "\u2009", "°", "–"]


def written(rows: list[list[str]], newline: str) -> str:
    """Write rows as RFC 4180 says; csv.writer leaves a lone carriage return without quotes."""
    doubled = ([value.replace('"', '""') for value in row] for row in rows)
    return "".join(
        ",".join(f'"{value}"' if set(value) & set(',"\r\n') else value for value in row) + newline
        for row in doubled
    )


def new_folder(parent: Path) -> Path:
    folder = parent / "copia"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("seed", range(60))
def test_rows_and_lines_are_those_of_the_csv_module(tmp_path, monkeypatch, seed):
    """Chunks of a few bytes: quotes, newlines and letters fall on every boundary."""
    chance = random.Random(seed)  # noqa: S311
    monkeypatch.setattr(structure, "CHUNK", chance.choice([1, 2, 3, 7, 64]))
    rows = [
        [chance.choice(texts) for _ in range(5)]
        for texts in chance.choices([TEXTS, BLANKS], k=chance.randrange(12))
    ]
    newline = chance.choice(["\n", "\r\n"])
    text = written(rows, newline)
    path = tmp_path / "entidades.csv"
    path.write_bytes((HEADER.replace("\n", newline) + text).encode())
    shape = inspect(path, TABLE)
    starts, line = [], 2
    for row in rows:
        if any(map(str.strip, row)):
            starts.append(line)
        line += 1 + sum(value.count("\n") for value in row)
    assert shape.rows == len(starts)
    got = shape.lines if shape.lines is not None else range(2, shape.rows + 2)
    assert list(got) == starts
    assert not shape.mixed_newlines
    copy = readable_copy(path, shape, new_folder(tmp_path))
    with copy.open(encoding="utf-8", newline="") as file:
        assert [row for row in csv.reader(file, strict=True) if row][1:] == [
            row for row in rows if any(map(str.strip, row))
        ]


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_are_refused_or_read_like_the_csv_module_does(tmp_path, monkeypatch, seed):
    """One byte taken out or put in: what is accepted has the fields that csv finds."""
    chance = random.Random(1000 + seed)  # noqa: S311
    monkeypatch.setattr(structure, "CHUNK", chance.choice([1, 5, 64]))
    rows = [[chance.choice(TEXTS) for _ in range(5)] for _ in range(4)]
    data = bytearray(written(rows, "\n").encode())
    at = chance.randrange(len(data))
    if chance.random() < 0.5:
        del data[at]
    else:
        data.insert(at, chance.choice(b'",\n;a'))
    path = tmp_path / "entidades.csv"
    path.write_bytes(HEADER.encode() + data)
    try:
        shape = inspect(path, TABLE)
    except RefusedFileError:
        return
    codec = "utf-8" if shape.encoding == "UTF-8" else "cp1252"
    read = list(csv.reader(io.StringIO(data.decode(codec), newline=""), strict=True))
    assert [len(row) for row in read if any(map(str.strip, row))] == [5] * shape.rows


def test_limit_of_a_row_counts_its_own_bytes_only(tmp_path):
    path = tmp_path / "entidades.csv"
    room = MAX_ROW_BYTES - len("m,,PE,local,PEN")
    row = f"m,{'x' * room},PE,local,PEN\n"
    path.write_text(HEADER + row + row, encoding="utf-8")
    assert inspect(path, TABLE).rows == 2
    path.write_text(HEADER + row + "y" + row, encoding="utf-8")
    with pytest.raises(RefusedFileError, match="2,000,000") as refusal:
        inspect(path, TABLE)
    assert refusal.value.line == 3


def test_quotes_open_over_megabytes_are_told_with_the_row_they_are_in(tmp_path):
    path = tmp_path / "entidades.csv"
    rows = "otra,Ilo,PE,local,PEN\n" * 200_000
    path.write_text(HEADER + 'muni,"Ilo,PE,local,PEN\n' + rows, encoding="utf-8")
    with pytest.raises(RefusedFileError, match="quizá falta cerrar unas comillas") as refusal:
        inspect(path, TABLE)
    assert refusal.value.line == 2


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("hint", ["sep=;\n", "SEP=,\r\n"])
def test_hint_of_excel_is_read_over(tmp_path, mark, hint):
    path = tmp_path / "entidades.csv"
    path.write_bytes((mark + hint + HEADER + ",,,,\nm,M,PE,local,PEN\n").encode())
    shape = inspect(path, TABLE)
    assert (shape.rows, list(shape.lines)) == (1, [4])
    copy = readable_copy(path, shape, new_folder(tmp_path))
    assert copy.read_text(encoding="utf-8") == HEADER + "m,M,PE,local,PEN\n"


def test_titles_below_a_hint_are_blamed_on_their_line(tmp_path):
    path = tmp_path / "entidades.csv"
    for text in ("sep=;\n", "sep=;\nentidad\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RefusedFileError) as refusal:
            inspect(path, TABLE)
        assert refusal.value.line == 2
