"""The shape of a file, held against Python's own csv module on files of every shape."""

import csv
import io
import random

import pytest

from orchestration import structure
from orchestration.contract import contract
from orchestration.structure import RefusedFileError, inspect

TABLE = contract()["entidades"]
HEADER = ",".join(TABLE.column_names) + "\n"
TEXTS = ["", "a", "x,y", "l1\nl2", 'q"q', '"', "é", "l\r\nm", "r\r", "\r", '""', "\n", "ñ" * 9]


def written(rows: list[list[str]], newline: str) -> str:
    """Write rows as RFC 4180 says; csv.writer leaves a lone carriage return without quotes."""
    doubled = ([value.replace('"', '""') for value in row] for row in rows)
    return "".join(
        ",".join(f'"{value}"' if set(value) & set(',"\r\n') else value for value in row) + newline
        for row in doubled
    )


@pytest.mark.parametrize("seed", range(60))
def test_rows_and_lines_are_those_of_the_csv_module(tmp_path, monkeypatch, seed):
    """Chunks of a few bytes: quotes, newlines and letters fall on every boundary."""
    chance = random.Random(seed)  # noqa: S311
    monkeypatch.setattr(structure, "CHUNK", chance.choice([1, 2, 3, 7, 64]))
    rows = [[chance.choice(TEXTS) for _ in range(5)] for _ in range(chance.randrange(8))]
    newline = chance.choice(["\n", "\r\n"])
    text = written(rows, newline)
    path = tmp_path / "entidades.csv"
    path.write_bytes((HEADER.replace("\n", newline) + text).encode())
    shape = inspect(path, TABLE)
    starts, line = [], 2
    for row in rows:
        starts.append(line)
        line += 1 + sum(value.count("\n") for value in row)
    assert shape.rows == len(rows)
    got = shape.lines if shape.lines is not None else range(2, len(rows) + 2)
    assert list(got) == starts
    assert not shape.mixed_newlines


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
    assert [len(row) for row in read if row] == [5] * shape.rows


def test_limit_of_a_row_counts_its_own_bytes_only(tmp_path):
    path = tmp_path / "entidades.csv"
    room = structure.MAX_ROW_BYTES - len("m,,PE,local,PEN")
    row = f"m,{'x' * room},PE,local,PEN\n"
    path.write_text(HEADER + row + row, encoding="utf-8")
    assert inspect(path, TABLE).rows == 2
    path.write_text(HEADER + row + "y" + row, encoding="utf-8")
    with pytest.raises(RefusedFileError, match="2 000 000") as refusal:
        inspect(path, TABLE)
    assert refusal.value.line == 3
