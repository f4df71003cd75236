"""Official reports made from what is published: read, laid out, written.

Belongs here: layout and words. Does not: any figure; every one is read from the marts as it is.
`marts` reads, `seguimiento` and `evaluacion` lay out a `document`, `spreadsheet` and `page`
write it, `writing` is what the command line calls.
"""
