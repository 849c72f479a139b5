"""Written by zeroskew._image_steps.stub() from the registry of steps on images."""

from typing import Literal

from zeroskew._image import Pipeline as Pipeline
from zeroskew._image_composition import OneOf as OneOf
from zeroskew._image_composition import Sequence as Sequence
from zeroskew._image_composition import SomeOf as SomeOf
from zeroskew._image_steps import STEPS as STEPS
from zeroskew._image_steps import Step as Step

__all__ = [
    "STEPS",
    "Affine",
    "Blur",
    "Brightness",
    "Contrast",
    "Crop",
    "Cutout",
    "Elastic",
    "FlipHorizontal",
    "FlipVertical",
    "Fog",
    "Gamma",
    "Noise",
    "OneOf",
    "Pipeline",
    "Rain",
    "Resize",
    "Rotate",
    "Sequence",
    "Snow",
    "SomeOf",
    "Step",
]

class FlipHorizontal(Step):
    def __init__(
        self,
        p: float = ...,
    ) -> None: ...

class FlipVertical(Step):
    def __init__(
        self,
        p: float = ...,
    ) -> None: ...

class Rotate(Step):
    def __init__(
        self,
        degrees: float | tuple[float, float] = ...,
        border: Literal["fill", "edge", "reflect"] = ...,
        p: float = ...,
    ) -> None: ...

class Affine(Step):
    def __init__(
        self,
        degrees: float | tuple[float, float] = ...,
        scale: float | tuple[float, float] = ...,
        shear: float | tuple[float, float] = ...,
        shift_x: float | tuple[float, float] = ...,
        shift_y: float | tuple[float, float] = ...,
        border: Literal["fill", "edge", "reflect"] = ...,
        p: float = ...,
    ) -> None: ...

class Crop(Step):
    def __init__(
        self,
        height: int,
        width: int,
        place: Literal["random", "centre"] = ...,
    ) -> None: ...

class Resize(Step):
    def __init__(
        self,
        height: int,
        width: int,
    ) -> None: ...

class Elastic(Step):
    def __init__(
        self,
        alpha: float | tuple[float, float] = ...,
        sigma: float = ...,
        border: Literal["fill", "edge", "reflect"] = ...,
        p: float = ...,
    ) -> None: ...

class Brightness(Step):
    def __init__(
        self,
        delta: float | tuple[float, float] = ...,
        p: float = ...,
    ) -> None: ...

class Contrast(Step):
    def __init__(
        self,
        factor: float | tuple[float, float] = ...,
        p: float = ...,
    ) -> None: ...

class Gamma(Step):
    def __init__(
        self,
        exponent: float | tuple[float, float] = ...,
        p: float = ...,
    ) -> None: ...

class Blur(Step):
    def __init__(
        self,
        sigma: float | tuple[float, float] = ...,
        p: float = ...,
    ) -> None: ...

class Noise(Step):
    def __init__(
        self,
        std: float | tuple[float, float] = ...,
        p: float = ...,
    ) -> None: ...

class Cutout(Step):
    def __init__(
        self,
        count: int = ...,
        size: float | tuple[float, float] = ...,
        fill: float = ...,
        p: float = ...,
    ) -> None: ...

class Fog(Step):
    def __init__(
        self,
        intensity: float | tuple[float, float] = ...,
        p: float = ...,
    ) -> None: ...

class Rain(Step):
    def __init__(
        self,
        drops: float | tuple[float, float] = ...,
        length: float | tuple[float, float] = ...,
        slant: float | tuple[float, float] = ...,
        darken: float = ...,
        p: float = ...,
    ) -> None: ...

class Snow(Step):
    def __init__(
        self,
        flakes: float | tuple[float, float] = ...,
        radius: float | tuple[float, float] = ...,
        veil: float = ...,
        p: float = ...,
    ) -> None: ...
