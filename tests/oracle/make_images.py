#!/usr/bin/env python3
"""Small pictures in every format the program reads; needs Pillow.

    make_images.py OUT

All show the same when upright: 32 x 24, quadrants red, green / blue, white.
"""

import sys
from pathlib import Path

from PIL import Image

# How an upright picture is stored under each EXIF orientation.
STORED = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
}


def upright():
    image = Image.new("RGB", (32, 24), (255, 255, 255))
    for box, colour in (((0, 0, 16, 12), (255, 0, 0)), ((16, 0, 32, 12), (0, 255, 0)), ((0, 12, 16, 24), (0, 0, 255))):
        image.paste(colour, box)
    return image


def stored(orientation):
    turn = STORED[orientation]
    return upright() if turn is None else upright().transpose(turn)


def exif(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    return block


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    image = upright()
    for o in STORED:
        stored(o).save(out / f"orientation{o}.jpg", quality=90, subsampling=0, exif=exif(o))
    stored(6).save(out / "orientation6.png", exif=exif(6))
    stored(8).save(out / "orientation8.webp", lossless=True, exif=exif(8))
    stored(6).save(out / "orientation6.tif", tiffinfo={0x0112: 6})
    image.save(out / "plain.png")
    image.save(out / "plain.bmp")
    image.save(out / "plain.tif", compression="tiff_lzw")
    image.save(out / "lossy.webp", quality=90)
    image.save(out / "progressive.jpg", quality=90, subsampling=0, progressive=True)
    image.convert("CMYK").save(out / "cmyk.jpg", quality=95)
    image.convert("P", palette=Image.Palette.ADAPTIVE).save(out / "palette.png")
    image.convert("P", palette=Image.Palette.ADAPTIVE).save(out / "interlaced.gif", interlace=1)
    # The white quadrant is transparent black here; over white it looks the same.
    clear = image.convert("RGBA")
    clear.paste((0, 0, 0, 0), (16, 12, 32, 24))
    clear.save(out / "alpha.png")
    clear.save(out / "alpha.webp", lossless=True)
    frames = [clear, Image.new("RGBA", (32, 24), (9, 9, 9, 255))]
    frames[0].save(out / "animated.gif", save_all=True, append_images=frames[1:], duration=100)
    # Grey: 8 and 16 bits, a ramp from black to white.
    ramp = Image.new("L", (32, 24))
    ramp.putdata([x * 255 // 31 for _ in range(24) for x in range(32)])
    ramp.save(out / "grey.png")
    ramp.save(out / "grey.jpg", quality=95)
    deep = Image.new("I;16", (32, 24))
    deep.putdata([(x * 255 // 31) * 257 for _ in range(24) for x in range(32)])
    deep.save(out / "grey16.png")
    ramp.convert("LA").save(out / "greyalpha.png")


if __name__ == "__main__":
    main()
