"""Write the README's picture from a real dashboard: `make picture`.

python tests/python/dashboard/picture.py WAREHOUSE PICTURE
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from boards import Board, Browser
from chromium import launched

SHOWN = {"width": 1280, "height": 1630}
MOST_BYTES = 400_000


def main(warehouse: str, picture: str) -> None:
    """Photograph the page of a shipped plan."""
    board = Board(Path(warehouse).absolute() / "dashboard")
    plan = board.plan("301264", "poi-2023")
    with launched() as chromium, Browser(chromium).open(plan, SHOWN) as page:
        page.screenshot(path=picture)
    size = Path(picture).stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{picture} has {size} bytes, more than {MOST_BYTES}")


if __name__ == "__main__":
    main(*sys.argv[1:])
