"""Write one report of one plan at one corte into a file: what the command line calls.

Belongs here: which report and which format. Does not: layout, reading, a figure.
"""

from pathlib import Path

from orchestration.errors import MisuseError, SemaforoError
from orchestration.output_names import completed, extension
from orchestration.reports.document import Document
from orchestration.reports.evaluacion import evaluation_report
from orchestration.reports.marts import Marts
from orchestration.reports.seguimiento import follow_up_report
from orchestration.settings import WarehousePaths
from orchestration.system_words import in_spanish

REPORTS = {"seguimiento": follow_up_report, "evaluacion": evaluation_report}
FORMATS = ("xlsx", "pdf", "html")


def write_report(
    paths: WarehousePaths,
    *,
    report: str,
    entity: str,
    plan: str,
    month: str | None,
    file_format: str | None,
    out: Path | None,
) -> Path:
    """Write a report; by default into the working folder, named after what it is about.

    Args:
        paths: warehouse whose publication is read.
        report: a key of REPORTS.
        entity: entidad_id.
        plan: plan_id.
        month: the corte, as a number or by name; None = the plan's current one.
        file_format: one of FORMATS; None = that of the extension of `out`, or the first.
        out: file to write, given the format's extension where it has none; None =
            `<report>_<entity>_<plan>_<month>.<format>`.

    Raises:
        MisuseError: no such report or format, `month` is no month, or the file is named like
            another format.
        SemaforoError: no such publication, plan or corte, or the file can't be written.
    """
    if report not in REPORTS:
        raise MisuseError(f"no hay informe «{report}»; use uno de: {', '.join(REPORTS)}")
    named = extension(out) if out is not None else ""
    if file_format is None:
        file_format = named if named in FORMATS else FORMATS[0]
    if file_format not in FORMATS:
        raise MisuseError(f"--format: «{file_format}» no existe; use {', '.join(FORMATS)}")
    if named in FORMATS and named != file_format:
        raise MisuseError(
            f"--out: {out} termina en .{named} y el formato es {file_format}; "
            f"use --format {named} o cambie el nombre"
        )
    if out is not None:
        out = completed(out, FORMATS, file_format, "--out")
    with Marts(paths.published) as marts:
        cut = marts.cut(entity, plan, month)
        document = REPORTS[report](marts, cut)
    name = f"{report}_{entity}_{plan}_{cut.mes:02d}.{file_format}"
    target = out if out is not None else Path(name.replace("/", "-"))
    content = render(document, file_format)
    try:
        target.write_bytes(content)
    except OSError as failure:
        why = in_spanish(failure.strerror)
        raise SemaforoError(f"no se puede escribir {target}: {why}") from None
    return target


def render(document: Document, file_format: str) -> bytes:
    """The report as the bytes of a file; loads only what the format needs."""
    if file_format == "xlsx":
        from orchestration.reports.spreadsheet import workbook_bytes

        return workbook_bytes(document)
    from orchestration.reports.page import page, printed

    return printed(document) if file_format == "pdf" else page(document).encode()
