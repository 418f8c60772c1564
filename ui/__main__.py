"""Starts the program: ``python -m ui``."""

import sys

from ui.entry import main

sys.exit(main())
