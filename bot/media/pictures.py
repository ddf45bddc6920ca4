"""Pictures painted anew from their pixels alone: no EXIF, no XMP, no colour profile, no comment,
no preview of another cut. Imports Pillow; see cleaning.py.
"""

import io
from typing import Final

from PIL import Image, ImageOps

from bot.media.cleaning import Uncleanable, Washed

MOST_PIXELS: Final = 52_000_000  # as phones take them; about 300 MB while it is painted
QUALITY: Final = 90
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
# A photo of two lenses ("MPO") is a JPEG with another behind it; the first one is the photo.
_FIRST_ONLY: Final = ("JPEG", "MPO")


def repaint(content: bytes) -> Washed:
    """Upright, as JPEG, or as PNG what was PNG or has clear parts. Raises Uncleanable for what
    is too large or moves, and whatever Pillow raises for what is no picture."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Uncleanable("too many pixels")
        if image.format not in _FIRST_ONLY and getattr(image, "n_frames", 1) > 1:
            raise Uncleanable("a moving picture")
        as_png = image.format == "PNG" or image.has_transparency_data
        mode = "RGBA" if image.has_transparency_data else "RGB"
        upright = ImageOps.exif_transpose(image)
    bare = Image.new(mode, upright.size)
    bare.paste(upright if upright.mode == mode else upright.convert(mode))
    painted = io.BytesIO()
    if as_png:
        bare.save(painted, "PNG")
        return painted.getvalue(), "png"
    bare.save(painted, "JPEG", quality=QUALITY)
    return painted.getvalue(), "jpg"
