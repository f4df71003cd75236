"""Write one report of one plan at one corte into a file: what the command line calls.

Belongs here: which report and which format. Does not: layout, reading, a figure.
"""

from pathlib import Path

from orchestration.errors import SemaforoError
from orchestration.reports.document import Document
from orchestration.reports.evaluacion import evaluation_report
from orchestration.reports.marts import Marts
from orchestration.reports.seguimiento import follow_up_report
from orchestration.settings import WarehousePaths

REPORTS = {"seguimiento": follow_up_report, "evaluacion": evaluation_report}
FORMATS = ("xlsx", "pdf", "html")


def write_report(
    paths: WarehousePaths,
    *,
    report: str,
    entity: str,
    plan: str,
    month: int | None,
    file_format: str | None,
    out: Path | None,
) -> Path:
    """Write a report; by default into the working folder, named after what it is about.

    Args:
        paths: warehouse whose publication is read.
        report: a key of REPORTS.
        entity: entidad_id.
        plan: plan_id.
        month: the corte; None = the plan's current one.
        file_format: one of FORMATS; None = that of the extension of `out`, or the first.
        out: file to write, given the format's extension where it has none; None =
            `<report>_<entity>_<plan>_<month>.<format>`.

    Raises:
        SemaforoError: no such report, format, publication, plan or corte, the file is named like
            another format, or it can't be written.
    """
    if report not in REPORTS:
        raise SemaforoError(f"no hay informe «{report}»; use uno de: {', '.join(REPORTS)}")
    named = out.suffix.lower().removeprefix(".") if out is not None else ""
    if file_format is None:
        file_format = named if named in FORMATS else FORMATS[0]
    if file_format not in FORMATS:
        raise SemaforoError(f"--format: «{file_format}» no existe; use {', '.join(FORMATS)}")
    if named in FORMATS and named != file_format:
        raise SemaforoError(
            f"--out: {out} termina en .{named} y el formato es {file_format}; "
            f"use --format {named} o cambie el nombre"
        )
    with Marts(paths.published) as marts:
        cut = marts.cut(entity, plan, month)
        document = REPORTS[report](marts, cut)
    name = f"{report}_{entity}_{plan}_{cut.mes:02d}.{file_format}"
    target = _with_extension(out, file_format) if out is not None else Path(name.replace("/", "-"))
    content = render(document, file_format)
    try:
        target.write_bytes(content)
    except OSError as failure:
        raise SemaforoError(f"no se puede escribir {target}: {failure.strerror}") from None
    return target


def _with_extension(out: Path, file_format: str) -> Path:
    # /dev/null is written as it is named, and so is /dev/stdout, a link even where it is a file.
    special = out.is_symlink() or (out.exists() and not out.is_file())
    return out if out.suffix or special else out.with_name(f"{out.name}.{file_format}")


def render(document: Document, file_format: str) -> bytes:
    """The report as the bytes of a file; loads only what the format needs."""
    if file_format == "xlsx":
        from orchestration.reports.spreadsheet import workbook_bytes

        return workbook_bytes(document)
    from orchestration.reports.page import page, printed

    return printed(document) if file_format == "pdf" else page(document).encode()
