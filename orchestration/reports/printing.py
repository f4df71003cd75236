"""How figures are written in a report: Peruvian format, as many decimals as needed, half up.

Belongs here: text of one figure. Does not: which figure, or a rule.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# A mean of means carries binary noise far below the ninth decimal: 56.2499999999999 is 56.25.
_NOISE = Decimal("1e-9")


@dataclass(frozen=True)
class NumberFormat:
    """How many decimals a kind of figure is printed with.

    Attributes:
        decimals: at most so many, rounded half up.
        fixed: always so many; else zeros at the end are left out.
    """

    decimals: int
    fixed: bool = False

    def rounded(self, value: Decimal | float | int) -> Decimal:
        """The figure as it is printed."""
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if isinstance(value, float):
            exact = exact.quantize(_NOISE, ROUND_HALF_UP)
        # What is rounded to nothing from below is 0, not -0: adding takes the sign off.
        figure = exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP) + 0
        if self.fixed:
            return figure
        return figure.quantize(Decimal(1)) if figure == figure.to_integral() else figure.normalize()

    def text(self, value: Decimal | float | int) -> str:
        """Write the figure: 1,234.50."""
        return f"{self.rounded(value):,f}"

    def spreadsheet(self, value: Decimal | float | int) -> str:
        """Number format of a spreadsheet that shows the figure in the same way."""
        decimals = -self.rounded(value).as_tuple().exponent
        return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")


QUANTITY = NumberFormat(4)
MONEY = NumberFormat(2, fixed=True)
COUNT = NumberFormat(0)
# The sources print means with one or two decimals; two show what the colour was decided on.
PERCENT = NumberFormat(2)


def day(value: date | None) -> str:
    """Write a date as it is read in Peru: 15/08/2023."""
    return f"{value:%d/%m/%Y}" if value else ""


def label(code: str | None) -> str:
    """Words of an enumerated value as reports print them: acumulado_anual → Acumulado Anual."""
    return code.replace("_", " ").title() if code else ""
