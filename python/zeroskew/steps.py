"""The steps of pipelines, each a class: `Impute("fare", "median")`, `OneHot("payment_type")`, ...

They are made from the registry of the core; steps.pyi says the same to type checkers.
"""

from zeroskew import _steps
from zeroskew._function import Function as Function

Step = _steps.Step
globals().update(_steps.CLASSES)

__all__ = sorted([*_steps.CLASSES, "Step"])
