"""A name that is not known is answered with what there is, in a line that can be read."""

from orchestration.nearest import known_ones


def test_of_a_few_all_are_named() -> None:
    assert known_ones("b", ["a 1", "a 2"]) == "hay: a 1, a 2"
    assert known_ones("b", []) == "hay: ninguna"


def test_of_many_only_the_most_alike_are_named() -> None:
    # 20,000 municipal offices were a line of 340,000 characters.
    known = [f"{number} poi-2026" for number in range(300000, 320000)]
    answer = known_ones("300123 poi-2025", known)
    assert answer.startswith("¿quiso decir 300123 poi-2026; ")
    assert answer.count(";") == 2
