"""The steps of pipelines, each a class: `Impute("fare", "median")`, `OneHot("payment_type")`, ...

They are made from the registry of the core; steps.pyi says the same to type checkers.
"""

from zeroskew._steps import CLASSES

__all__ = sorted([*CLASSES, "Step"])
globals().update(CLASSES)
