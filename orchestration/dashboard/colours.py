"""What is written on a colour of the catalog, and around it.

Belongs here: contrast. Does not: which colour a figure has.
"""

# Against white, a shade of less contrast than this is hardly seen without an outline.
_SEEN = 1.5
_OUTLINE = "#7a8699"

_INK, _PAPER = "#101820", "#ffffff"


def ink_on(shade: str) -> str:
    """Dark or white, whichever is read better on a colour (#rrggbb)."""
    light = relative_luminance(shade)
    on_dark = (light + 0.05) / (relative_luminance(_INK) + 0.05)
    on_white = 1.05 / (light + 0.05)
    return _INK if on_dark >= on_white else _PAPER


def outline_of(shade: str) -> str | None:
    """Colour of the line around a colour (#rrggbb), where white paper would swallow it."""
    return _OUTLINE if 1.05 / (relative_luminance(shade) + 0.05) < _SEEN else None


def relative_luminance(shade: str) -> float:
    """Luminance of #rrggbb from 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = [int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
