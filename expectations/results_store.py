"""The store that the Data Docs are made from: a suite's results as the pages can show them.

Belongs here: shortening and escaping results on their way into the store. Does not: reading them
(runner), which has them as they are.
"""

from copy import copy
from html import escape

from expectations.engine import ExpectationSuiteValidationResult, ValidationResultsStore


class ShortResultsStore(ValidationResultsStore):
    """Keeps of the elements that an expectation does not accept as many as of their values.

    Great Expectations gives 200 values and all elements, a country's millions; the store copies
    them several times and writes them as text. Pages pair the two lists, and show what has both.
    """

    def serialize(self, value: ExpectationSuiteValidationResult) -> str:
        """Write a suite's results for the pages; `value` stays as it is."""
        short = copy(value)
        short.results = [_shown(result) for result in value.results]
        return super().serialize(short)


SHORT_RESULTS = {
    "class_name": ShortResultsStore.__name__,
    "module_name": ShortResultsStore.__module__,
    "store_backend": {"class_name": "InMemoryStoreBackend"},
}
"""How a context is told of the store."""


def _shown(result):
    """Shorten the list of elements, and escape it: pages put it into their markup as it is."""
    elements = result.result.get("unexpected_index_list")
    if not elements:
        return result
    shown = copy(result)
    values = result.result["unexpected_list"]
    short = [escape(element) for element in elements[: len(values)]]
    shown.result = result.result | {"unexpected_index_list": short}
    return shown
