"""What the tests of the discussion share."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def settle(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Call something, and have done what follows its commit."""

    def settle(act: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **more)

    return settle
