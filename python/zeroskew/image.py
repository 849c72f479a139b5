"""Augmentation of images: bytes or floats, any size, masks, boxes and points with them.

A `Pipeline` of steps takes one image (height, width[, channels]) or many (count, height, width,
channels) as uint8, or as float32 from 0 to 1. What is drawn for an image depends on (seed, epoch,
key) only: one image or many, any number of threads, every machine gives the same bits. Points are
(x, y), boxes (left, top, right, bottom), in coordinates where (0, 0) is the centre of the first
pixel.
"""

from zeroskew import _image, _image_composition, _image_steps

STEPS = _image_steps.STEPS
OneOf = _image_composition.OneOf
Pipeline = _image.Pipeline
Sequence = _image_composition.Sequence
SomeOf = _image_composition.SomeOf
Step = _image_steps.Step
globals().update(STEPS)

__all__ = sorted(["STEPS", "OneOf", "Pipeline", "Sequence", "SomeOf", "Step", *STEPS])
