"""Owns making a foreign picture harmless: decoded under limits and encoded anew by us.

Only PNG, JPEG, GIF, WebP and BMP come in, only PNG and JPEG go out, without EXIF, comments,
thumbnails or anything appended. Must not know where the picture came from.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from app.sheets.reading import limits

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_LOSSY: Final = ("JPEG", "MPO", "WEBP")
_QUALITY: Final = 92
#: Runs of equal bytes only (zlib's Z_RLE): four times as fast and within 4 % of the smallest.
_PNG_LEVEL: Final = 1
_PNG_STRATEGY: Final = 3
#: Bytes of a colour profile worth keeping; sRGB takes 3,000.
_PROFILE_BYTES: Final = 100_000
_UPRIGHT: Final = 1
_ORIENTATION: Final = 0x0112


@dataclass(frozen=True, slots=True)
class SafePicture:
    """A picture as encoded by us: PNG or JPEG."""

    data: bytes
    media_type: str


def safe(load: Callable[[], bytes]) -> SafePicture | None:
    """The picture that ``load`` returns, encoded anew; ``None`` when it is none we show."""
    Image.MAX_IMAGE_PIXELS = limits.PICTURE_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return _encoded(load())
    except MemoryError:
        raise
    except Exception:
        return None


def _encoded(stored: bytes) -> SafePicture | None:
    if not stored or len(stored) > limits.PICTURE_BYTES:
        return None
    with Image.open(io.BytesIO(stored), formats=_FORMATS) as picture:
        if picture.format in _LOSSY and picture.mode in {"RGB", "L", "CMYK"}:
            return SafePicture(_jpeg(picture), "image/jpeg")
        upright = ImageOps.exif_transpose(picture)
        mode = upright.mode if upright.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else "RGBA"
        return SafePicture(_png(upright.convert(mode), _profile(picture)), "image/png")


def _jpeg(picture: Image.Image) -> bytes:
    """As JPEG; what is upright already keeps its own tables, so that it loses nothing more."""
    out = io.BytesIO()
    profile = _profile(picture)
    orientation = picture.getexif().get(_ORIENTATION, _UPRIGHT)
    if picture.format == "JPEG" and orientation == _UPRIGHT and picture.mode != "CMYK":
        picture.save(out, "JPEG", quality="keep", comment=b"", icc_profile=profile)
    else:
        upright = ImageOps.exif_transpose(picture)
        upright.info.clear()
        if upright.mode == "CMYK":
            upright, profile = upright.convert("RGB"), None
        upright.save(out, "JPEG", quality=_QUALITY, icc_profile=profile)
    return out.getvalue()


def _png(picture: Image.Image, profile: bytes | None) -> bytes:
    out = io.BytesIO()
    transparency = picture.info.get("transparency")
    picture.info.clear()
    if transparency is not None and picture.mode in {"1", "L", "P", "RGB"}:
        picture.info["transparency"] = transparency
    picture.save(
        out,
        "PNG",
        compress_level=_PNG_LEVEL,
        compress_type=_PNG_STRATEGY,
        icc_profile=profile,
    )
    return out.getvalue()


def _profile(picture: Image.Image) -> bytes | None:
    profile = picture.info.get("icc_profile")
    is_kept = isinstance(profile, bytes) and len(profile) <= _PROFILE_BYTES
    return profile if is_kept else None
