"""Official reports in XLSX turned into contract CSVs, ready to load.

Belongs here: reading a layout, holding a report against its own totals, writing the CSVs.
Does not: loading, or how an advance is computed. `workbook` opens the file, `layout` finds the
columns, `reading` gives the report as printed, `totals` checks it, `merging` joins files,
`tables` makes contract rows, `follow_up` is what the command line calls.
"""
