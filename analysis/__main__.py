"""``python -m analysis`` is the command ``framing``."""

import sys

from analysis.cli import main

sys.exit(main())
