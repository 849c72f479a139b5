"""Writes image_steps.png: every step of zeroskew.image on one picture (needs Pillow and
scikit-learn; run by hand)."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from sklearn.datasets import load_sample_image

from zeroskew import image

SHOWN = {
    "rotate": {"degrees": 15.0},
    "affine": {"degrees": 10.0, "scale": 0.8, "shear": 15.0},
    "crop": {"height": 110, "width": 150},
    "resize": {"height": 80, "width": 180},
    "elastic": {"alpha": 5.0, "sigma": 20.0},
    "brightness": {"delta": 0.2},
    "contrast": {"factor": 1.5},
    "gamma": {"exponent": 0.6},
    "blur": {"sigma": 2.5},
    "noise": {"std": 0.1},
    "cutout": {"count": 3, "size": 0.2},
    "fog": {"intensity": 0.75},
}

picture = np.ascontiguousarray(load_sample_image("china.jpg")[::2, ::2][:200, :300])
height, width = picture.shape[:2]
tiles = [("the picture", picture)]
for cls in image.STEPS.values():
    tiles.append((cls._name, image.Pipeline([cls(**SHOWN.get(cls._name, {}))], seed=3)(picture)))
columns = 4
rows = -(-len(tiles) // columns)
sheet = Image.new("RGB", (columns * (width + 8), rows * (height + 24)), "white")
draw = ImageDraw.Draw(sheet)
for i, (name, made) in enumerate(tiles):
    x, y = i % columns * (width + 8) + 4, i // columns * (height + 24)
    draw.text((x, y + 4), name, fill="black")
    sheet.paste(Image.fromarray(made), (x, y + 20))
sheet.quantize(192).save(Path(__file__).parent / "image_steps.png", optimize=True)
