"""Python runs this first: what production does not install is not to be found, so that a worker weighs what it weighs there."""

import os
import sys

for name in os.environ.get("NOT_INSTALLED", "").split():
    # How Python itself notes that a module is known not to exist.
    sys.modules[name] = None  # type: ignore[assignment]
