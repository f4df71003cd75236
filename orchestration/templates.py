"""Empty CSVs of the contract, for an institution that writes its own plan.

Belongs here: writing the headers, and saying what each is for. Does not: columns and tables, which
the contract names.
"""

from pathlib import Path

from orchestration.contract import TableSpec, contract, least_tables
from orchestration.errors import SemaforoError
from orchestration.failures import make_folder


def write_templates(folder: Path) -> list[str]:
    """Write a CSV with its header for each input table; gives the lines that say what each is for.

    Raises:
        SemaforoError: the folder has one of the files, is none, or can't be made.
    """
    tables = contract()
    if folder.exists() and not folder.is_dir():
        raise SemaforoError(f"{folder} no es una carpeta; indique otra")
    files = {name: folder / f"{name}.csv" for name in tables}
    if present := [path.name for path in files.values() if path.exists()]:
        raise SemaforoError(
            f"{folder} ya tiene {', '.join(present)} y no se reemplaza; indique otra carpeta"
        )
    make_folder(folder)
    for name, path in files.items():
        path.write_text(",".join(tables[name].column_names) + "\n", encoding="utf-8")
    needed = least_tables(tables)
    optional = [spec for name, spec in tables.items() if name not in needed]
    return [
        f"Escrito en {folder}: {len(files)} CSV con sus encabezados",
        "Un plan necesita al menos:",
        *(_line(tables[name]) for name in needed),
        "Opcionales; borre los que no use, y los catálogos que no cambie:",
        *(_line(spec) for spec in optional),
    ]


def _line(spec: TableSpec) -> str:
    return f"  {spec.name}.csv: {' '.join(spec.description.split())}"
