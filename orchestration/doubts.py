"""What a file loads as the contract reads it, and its sender may have meant otherwise.

Belongs here: what the load report says of such a file. Does not: setting a row aside.
"""

from orchestration.relations import Batch, same_origin, standing
from orchestration.sql import answer, same
from orchestration.validation import decimal_commas, points, trimmed, typed


def doubts(batch: Batch, *, point_is_plain: bool) -> tuple[str, ...]:
    """Say what to look at in the file of a batch, before its rows are stored.

    Args:
        batch: the file, whose texts are in `lectura` and whose wrong rows in `malas`.
        point_is_plain: a point can only be a decimal point, as where commas separate the fields.
    """
    found = (_points(batch) if point_is_plain else None, _left_standing(batch))
    return tuple(doubt for doubt in found if doubt)


def _points(batch: Batch) -> str | None:
    """Points of thousands, read as the contract says: where commas are decimal, or nothing else is.

    A spreadsheet in Bolivia shows 1500 as 1.500, and LibreOffice saves what it shows.
    """
    counts = points(batch.table, "lectura", "malas")
    if counts is None:
        return None
    rows = batch.connection.execute(counts).fetchall()
    count, plain = rows[0]
    commas = count and answer(batch.connection, decimal_commas(batch.table, "malas"))
    if not count or (plain and not commas):
        return None
    read = (
        "1 valor como «1.500» se leyó" if count == 1 else f"{count} valores como «1.500» se leyeron"
    )
    why = "escribe comas decimales, y" if commas else "ningún otro valor tiene decimales:"
    return f"{why} {read} con punto decimal; revise que el punto no separe los miles"


def _left_standing(batch: Batch) -> str | None:
    """Lines loaded before, in whose place the file may have the same under another name.

    Of a table in which the latest row of a key holds, a line that changed its name stands beside
    the old one, and both count. Told where a file has lines that are known, new ones, and lacks
    others of the same group: a file that only adds, or only restates some, says nothing of them.
    """
    table = batch.table
    name = table.column(table.key[-1])
    named = {
        parent.table for one in batch.tables.values() for c in one.columns for parent in c.parents
    }
    free = name.kind == "texto" and not (name.values or name.pattern or name.parents)
    if table.history or table.catalog or not free or table.name in named or batch.catalog:
        return None
    group = table.key[:-1]
    figures = [c.name for c in table.columns if not c.key and c.kind == "decimal"]
    keys = ", ".join(f"{typed(trimmed(one), table.column(one))} as {one}" for one in table.key)
    lines = batch.connection.execute(f"""
        with archivo as (
            select distinct {keys} from lectura where fila not in (select fila from malas)
        ),
        vigente as ({standing(table, same_origin(batch))}),
        grupos as (
            select {", ".join(f"archivo.{one}" for one in group)}
            from archivo left join vigente on {same("archivo", "vigente", table.key)}
            group by all
            having bool_or(vigente.carga_id is null) and bool_or(vigente.carga_id is not null)
        )
        select concat_ws(', ', {", ".join(f"vigente.{one}" for one in group)}), vigente.{name.name}
        from vigente
        join grupos on {same("vigente", "grupos", group)}
        anti join archivo on {same("vigente", "archivo", table.key)}
        where {" or ".join(f"coalesce(vigente.{one}, 0) <> 0" for one in figures) or "true"}
        order by all
    """).fetchall()
    if not lines:
        return None
    where, line = lines[0]
    more = f" y {len(lines) - 1} más" if len(lines) > 1 else ""
    return (
        f"{name.name} «{line}» ({where}){more} se cargó antes, no está en este archivo y sigue "
        "contando; si cambió de nombre, cargue la fila de antes con 0"
    )
