"""Owns pictures on paper: read once, turned upright, sized once to twice what is shown.

Must not trust a picture: no more than 40 megapixels, no vector formats, EXIF is dropped because
pixels are encoded anew. A picture that can't be read is left out and counted by the caller.
"""

from __future__ import annotations

import functools
import io
import warnings
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from app.papers.content import PictureSource

MOST_PIXELS = 40_000_000
#: Pixels written for each pixel shown, so that a picture stays sharp on a dense screen and in print.
DENSITY = 2
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")
_JPEG_QUALITY = 84
_FEW_COLOURS = 1024
_ORIENTATION = 0x0112
#: Orientations of a picture whose camera was held upright.
_ON_ITS_SIDE = (5, 6, 7, 8)
#: Fitted pictures kept for the next sheet or preview; each has a few kilobytes.
_FITTED_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Box:
    """The most room a picture may take, in pixels at 96 to the inch."""

    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture ready to be written: JPEG or PNG bytes and the size it is shown at, in pixels."""

    data: bytes
    format: str
    width_px: float
    height_px: float
    pixel_width: int
    pixel_height: int


def paper_pictures(
    sources: Iterable[PictureSource | None], box: Box
) -> Mapping[PictureSource, PaperPicture]:
    """Each distinct readable picture of ``sources``, fitted into ``box``; works on two threads."""
    distinct = list(dict.fromkeys(source for source in sources if source))
    with ThreadPoolExecutor(max_workers=2) as workers:
        fitted = workers.map(paper_picture, distinct, repeat(box))
        return {
            source: picture
            for source, picture in zip(distinct, fitted, strict=True)
            if picture is not None
        }


def paper_picture(source: PictureSource, box: Box) -> PaperPicture | None:
    """``source`` fitted into ``box`` without changing its proportions; ``None`` if unreadable.

    A file that was fitted before is not read again while it stays as it is.
    """
    if isinstance(source, bytes):
        return _readable(io.BytesIO(source), box)
    try:
        found = source.stat()
    except OSError:
        return None
    return _fitted_file(source, found.st_mtime_ns, found.st_size, box)


@functools.lru_cache(maxsize=_FITTED_KEPT)
def _fitted_file(file: Path, _changed_at_ns: int, _size: int, box: Box) -> PaperPicture | None:
    return _readable(file, box)


def _readable(source: Path | io.BytesIO, box: Box) -> PaperPicture | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=_FORMATS) as image:
                return _fitted(image, box)
    except (
        OSError,
        ValueError,
        SyntaxError,
        UnidentifiedImageError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ):
        return None


def _fitted(image: Image.Image, box: Box) -> PaperPicture:
    if image.width * image.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    turned = image.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE
    width, height = image.size[::-1] if turned else image.size
    scale = min(box.width_px / width, box.height_px / height)
    shown = (width * scale, height * scale)
    target = (max(1, round(shown[0] * DENSITY)), max(1, round(shown[1] * DENSITY)))
    # A JPEG is decoded at the smallest of its own scales that is no smaller than wanted.
    image.draft("RGB", target[::-1] if turned else target)
    upright = ImageOps.exif_transpose(image) if image.getexif().get(_ORIENTATION, 1) != 1 else image
    if upright.width > target[0]:
        if upright.mode in ("P", "1", "LA", "PA"):
            upright = upright.convert("RGBA")
        upright = upright.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0)
    data, encoding = _encoded(upright)
    return PaperPicture(data, encoding, *shown, *upright.size)


def _encoded(image: Image.Image) -> tuple[bytes, str]:
    """The smaller of PNG and JPEG; JPEG alone for photographs, whose PNG is never smaller."""
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    flat = image.convert("RGBA" if transparent else "RGB")
    if transparent and flat.getchannel("A").getextrema() == (255, 255):
        flat, transparent = flat.convert("RGB"), False
    if transparent:
        return _bytes(flat, "PNG"), "png"
    jpeg = _bytes(flat, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    if flat.getcolors(_FEW_COLOURS) is not None:
        png = _bytes(flat, "PNG")
        if len(png) <= len(jpeg):
            return png, "png"
    return jpeg, "jpeg"


def _bytes(image: Image.Image, encoding: str, **options: object) -> bytes:
    image.info.clear()
    stream = io.BytesIO()
    image.save(stream, encoding, **options)
    return stream.getvalue()
