"""The dashboard: static pages over the published marts, opened by double click.

One module per noun. Figures come from the marts as they are; pages only format, sort and filter.
"""
