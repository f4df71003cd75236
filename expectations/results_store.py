"""The store that the Data Docs are made from: a suite's results, without what no page shows.

Belongs here: shortening results on their way into the store. Does not: reading them (runner), which
has them whole.
"""

from copy import copy

from expectations.engine import ExpectationSuiteValidationResult, ValidationResultsStore


class ShortResultsStore(ValidationResultsStore):
    """Keeps of the elements that an expectation does not accept as many as of their values.

    Great Expectations gives 200 values and all elements, a country's millions; the store copies
    them several times and writes them as text. Pages pair the two lists, and show what has both.
    """

    def serialize(self, value: ExpectationSuiteValidationResult) -> str:
        """Write a suite's results with short lists; `value` stays as it is."""
        short = copy(value)
        short.results = [_shortened(result) for result in value.results]
        return super().serialize(short)


SHORT_RESULTS = {
    "class_name": ShortResultsStore.__name__,
    "module_name": ShortResultsStore.__module__,
    "store_backend": {"class_name": "InMemoryStoreBackend"},
}
"""How a context is told of the store."""


def _shortened(result):
    elements = result.result.get("unexpected_index_list")
    if not elements:
        return result
    short = copy(result)
    values = result.result["unexpected_list"]
    short.result = result.result | {"unexpected_index_list": elements[: len(values)]}
    return short
