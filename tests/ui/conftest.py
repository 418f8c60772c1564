"""Owns which fixtures the tests of the window have.

Must not define them; ``open_window`` does, for the journeys too.
"""

from open_window import qapp, settled, window

__all__ = ["qapp", "settled", "window"]
