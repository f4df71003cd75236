"""Write the Superset bundle: one database, its datasets, charts and dashboard, as Superset exports.

Belongs here: turning the short texts of superset/ into Superset's own files. Does not: figures
(the datasets' SQL only joins and names), nor talking to a Superset. Identities come from the
address of the database, so that the same bundle updates what it made and another stands beside it.
"""

import re
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import duckdb
import yaml

from orchestration.errors import SemaforoError
from orchestration.failures import make_folder, of_this_version, require_published
from orchestration.output_names import completed
from orchestration.system_words import in_spanish

_SOURCE = Path(__file__).parent / "superset"
_VERSION = "1.0.0"
# What Superset writes in place of a password, and asks for when it imports.
_ASKED_FOR = "XXXXXXXXXX"
_ROOT, _GRID = "ROOT_ID", "GRID_ID"
_FILE_DATE = (1980, 1, 1, 0, 0, 0)


def write_bundle(published: Path, output: Path, database: str | None = None) -> Path:
    """Write the bundle of a published warehouse; gives the file written.

    Args:
        published: published database; gives names, types and descriptions of columns.
        output: the zip file to write; .zip is added where it has no extension.
        database: where Superset shall read, `postgresql://user@server/base`, without password;
            by default the published file itself.

    Raises:
        MisuseError: the file has another extension.
        SemaforoError: nothing is published, another version did it, the address is of no use
            to Superset, or the file can't be written.
    """
    require_published(published)
    output = completed(output, ("zip",), "zip", "ARCHIVO")
    address = _address(published, database)
    with (
        of_this_version(published),
        duckdb.connect(str(published), read_only=True) as connection,
    ):
        files = dict(_files(connection, address))
    make_folder(output.parent)
    try:
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, content in files.items():
                text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
                bundle.writestr(zipfile.ZipInfo(f"semaforo/{name}", _FILE_DATE), text)
    except OSError as failure:
        why = in_spanish(failure.strerror)
        raise SemaforoError(f"no se puede escribir {output}: {why}") from None
    return output


def _address(published: Path, database: str | None) -> str:
    if database is None:
        # The link that each publication replaces, not the publication it leads to today.
        return f"duckdb:///{published.absolute()}"
    scheme, _, rest = database.partition("://")
    if scheme not in {"postgresql", "postgres"} or "@" not in rest:
        raise SemaforoError("--database: use postgresql://usuario@servidor:5432/base")
    user, _, place = rest.rpartition("@")
    # libpq takes it from the query too.
    if ":" in user or "password" in parse_qs(place.partition("?")[2]):
        raise SemaforoError(
            "--database: escriba la dirección sin clave; Superset la pide al importar"
        )
    return f"postgresql+psycopg2://{user}:{_ASKED_FOR}@{place}"


def _files(
    connection: duckdb.DuckDBPyConnection, address: str
) -> Iterator[tuple[str, dict[str, object]]]:
    def identity(name: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{address}#{name}"))

    sources = {
        folder: {path.stem: _read(path) for path in sorted((_SOURCE / folder).glob("*.yaml"))}
        for folder in ("datasets", "charts")
    }
    yield (
        "metadata.yaml",
        {"version": _VERSION, "type": "Dashboard", "timestamp": "2000-01-01T00:00:00+00:00"},
    )
    yield "databases/semaforo.yaml", _database(address, identity)
    for name, source in sources["datasets"].items():
        yield f"datasets/semaforo/{name}.yaml", _dataset(connection, name, source, identity)
    for name, source in sources["charts"].items():
        yield f"charts/{name}.yaml", _chart(name, source, identity)
    dashboard = _read(_SOURCE / "dashboard.yaml")
    yield (
        "dashboards/semaforo.yaml",
        _dashboard(dashboard, sources["charts"], _colours(connection), identity),
    )


def _read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _short(identity) -> str:
    """Tell one bundle in a Superset from another."""
    return identity("database")[:8]


def _database(address: str, identity) -> dict[str, object]:
    is_file = address.startswith("duckdb:")
    return {
        # Superset wants names of databases and of datasets to be unique.
        "database_name": f"semaforo: {address.rpartition('@')[2].removeprefix('duckdb:///')}",
        "sqlalchemy_uri": address,
        "expose_in_sqllab": True,
        "allow_dml": False,
        "extra": {
            "allows_virtual_table_explore": True,
            # A writer would lock out everybody else who reads the file.
            "engine_params": {"connect_args": {"read_only": True}} if is_file else {},
        },
        "uuid": identity("database"),
        "version": _VERSION,
    }


def _dataset(
    connection: duckdb.DuckDBPyConnection, name: str, source: dict, identity
) -> dict[str, object]:
    described = dict(
        connection.execute(
            "select column_name, min(comment) from duckdb_columns() "
            "where schema_name = 'marts' and list_contains(?, table_name) "
            "group by all having count(distinct comment) = 1",
            [re.findall(r"\bmarts\.(\w+)", source["sql"])],
        ).fetchall()
    )
    labels = _read(_SOURCE / "labels.yaml")
    columns = connection.execute(f"describe {source['sql']}").fetchall()
    return {
        "table_name": f"semaforo_{name}_{_short(identity)}",
        "description": source["description"],
        "main_dttm_col": source.get("time"),
        "sql": source["sql"],
        "columns": [
            {
                "column_name": column,
                "verbose_name": labels[column],
                "type": kind,
                "is_dttm": column == source.get("time"),
                "groupby": True,
                "filterable": True,
                "description": described.get(column),
            }
            for column, kind, *_ in columns
        ],
        "metrics": [
            {"metric_name": metric, "metric_type": None} | words
            for metric, words in source["metrics"].items()
        ],
        "uuid": identity(f"dataset/{name}"),
        "database_uuid": identity("database"),
        "version": _VERSION,
    }


def _chart(name: str, source: dict, identity) -> dict[str, object]:
    return {
        "slice_name": source["slice_name"],
        "viz_type": source["viz_type"],
        "params": {"viz_type": source["viz_type"], "adhoc_filters": []} | source["params"],
        "dataset_uuid": identity(f"dataset/{source['dataset']}"),
        "uuid": identity(f"chart/{name}"),
        "version": _VERSION,
    }


def _colours(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Give the catalog's colours; where methods paint one differently, one of them."""
    return dict(
        connection.execute(
            "select color, min(hex) from marts.dim_semaforo where ambito = 'fisico' "
            "group by color order by min(orden), color"
        ).fetchall()
    )


def _dashboard(
    source: dict, charts: dict[str, dict], colours: dict[str, str], identity
) -> dict[str, object]:
    return {
        "dashboard_title": source["dashboard_title"],
        "description": source["description"],
        "slug": f"{source['slug']}-{_short(identity)}",
        "position": _position(source, charts, identity),
        "metadata": {
            "label_colors": colours,
            "cross_filters_enabled": True,
            "native_filter_configuration": [
                {
                    "id": f"NATIVE_FILTER-{column}",
                    "name": label,
                    "type": "NATIVE_FILTER",
                    "filterType": "filter_select",
                    "targets": [
                        {
                            "column": {"name": column},
                            "datasetUuid": identity(f"dataset/{source['filters_from']}"),
                        }
                    ],
                    "controlValues": {"multiSelect": True, "enableEmptyFilter": False},
                    "defaultDataMask": {"filterState": {}, "extraFormData": {}},
                    "cascadeParentIds": [],
                    "scope": {"rootPath": [_ROOT], "excluded": []},
                }
                for column, label in source["filters"].items()
            ],
        },
        "published": True,
        "uuid": identity("dashboard"),
        "version": _VERSION,
    }


def _position(source: dict, charts: dict[str, dict], identity) -> dict[str, object]:
    rows = {f"ROW-{number}": row for number, row in enumerate(source["rows"], start=1)}
    position: dict[str, object] = {
        "DASHBOARD_VERSION_KEY": "v2",
        _ROOT: {"id": _ROOT, "type": "ROOT", "children": [_GRID]},
        _GRID: {"id": _GRID, "type": "GRID", "children": list(rows), "parents": [_ROOT]},
        "HEADER_ID": {
            "id": "HEADER_ID",
            "type": "HEADER",
            "meta": {"text": source["dashboard_title"]},
        },
    }
    for row_id, row in rows.items():
        position[row_id] = {
            "id": row_id,
            "type": "ROW",
            "children": [f"CHART-{name}" for name in row["charts"]],
            "parents": [_ROOT, _GRID],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for name, width in row["charts"].items():
            position[f"CHART-{name}"] = {
                "id": f"CHART-{name}",
                "type": "CHART",
                "children": [],
                "parents": [_ROOT, _GRID, row_id],
                "meta": {
                    "chartId": 0,
                    "uuid": identity(f"chart/{name}"),
                    "sliceName": charts[name]["slice_name"],
                    "width": width,
                    "height": row["height"],
                },
            }
    return position
