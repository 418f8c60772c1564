"""Owns which fixtures the journeys through the window have.

Must not define them; ``open_window`` does, for the pages' tests too.
"""

from open_window import qapp, settled, window

__all__ = ["qapp", "settled", "window"]
