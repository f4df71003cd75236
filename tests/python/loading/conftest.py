"""Fixtures of the loader's tests."""

import pytest
from loading_inbox import Inbox, new_inbox


@pytest.fixture
def inbox(tmp_path) -> Inbox:
    """The good folder, not yet loaded."""
    return new_inbox(tmp_path)
