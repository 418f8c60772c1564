"""Owns how big, how long and how much: the limits a foreign file is read within.

Must not read files.
"""

from __future__ import annotations

from typing import Final

#: Bytes of a file as it lies on the disk.
FILE_BYTES: Final = 200_000_000
#: Entries of a zipped workbook, and bytes of all and of one XML part of it when unpacked.
ZIP_ENTRIES: Final = 20_000
ZIP_XML_BYTES: Final = 600_000_000
ZIP_PART_BYTES: Final = 400_000_000
#: Times a part may be bigger unpacked than packed, once it is bigger than the bytes below.
#: Sheets of real exports reach about 60; deflate ends at 1,032.
ZIP_RATIO: Final = 250
ZIP_RATIO_FROM_BYTES: Final = 10_000_000
#: Bytes of a part that is read whole: styles, relations, drawings.
SMALL_PART_BYTES: Final = 60_000_000
#: Cells of the rectangle from A1 to the last cell with a value, and cells with a value.
BOX_CELLS: Final = 12_000_000
FILLED_CELLS: Final = 4_000_000
#: Characters of all cells: one long text may stand in a million cells and be stored once.
CHARACTERS: Final = 400_000_000
ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
#: Bytes of one line of a vCard with all its continuations: a photo of some megabytes.
VCARD_BYTES: Final = 20_000_000
#: Pictures: pixels of one, bytes of one as stored, bytes of all of a file after re-encoding.
PICTURE_PIXELS: Final = 40_000_000
PICTURE_BYTES: Final = 40_000_000
ALL_PICTURES_BYTES: Final = 250_000_000
PICTURES: Final = 10_000
#: A reading process that has grown beyond this is not used again.
TIRED_MEMORY_BYTES: Final = 350_000_000
#: What a reading process may take to start; the first one on a busy computer takes seconds.
STARTING_SECONDS: Final = 60.0
#: How many times as long a file may take while other programs have the processor.
MOST_TIMES_AS_LONG: Final = 3.0


def seconds_for(size_bytes: int) -> float:
    """How long reading a file of ``size_bytes`` may take, in seconds.

    Eight for all but big ones, so that a file made to hang is given up within ten. Real files take
    well under one second a megabyte.
    """
    return min(max(8.0, 3.0 * size_bytes / 1_000_000), 240.0)
