"""Writes big_int_vectors.txt: Python's integers and fractions are the oracle.

Whole numbers are in hexadecimal, doubles as their 64 bits. Lines: `add|sub|mul a b result`,
`div a b quotient has_remainder`, `left|right a bits result`, `ratio|root numerator denominator
exponent double`.
"""

import random
import struct
from fractions import Fraction
from math import isqrt
from pathlib import Path

rng = random.Random(20240229)


def bits(x):
    return f"{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def nearest(fraction):
    """Python divides integers with one rounding, to nearest even, subnormals included."""
    try:
        return fraction.numerator / fraction.denominator
    except OverflowError:
        return float("inf")


def root(fraction):
    """The root to 200 bits or more, with a last bit that says that something follows, then rounded
    once.
    """
    shift = max(0, 400 - fraction.numerator.bit_length() + fraction.denominator.bit_length())
    shift += shift % 2
    scaled, rest = divmod(fraction.numerator << shift, fraction.denominator)
    whole = isqrt(scaled)
    inexact = rest != 0 or whole * whole != scaled
    return nearest(Fraction(2 * whole + inexact, 2 << (shift // 2)))


def number(longest):
    """Any length up to `longest` bits; runs of ones and zeros are likely, they make carries."""
    length = rng.randint(0, longest)
    value = rng.getrandbits(length) if length else 0
    kind = rng.randrange(4)
    if kind == 0 and length:
        value = (1 << length) - 1 - (value >> rng.randint(0, length))
    if kind == 1:
        value = (1 << length) + (value >> rng.randint(0, length))
    return value


def power(exponent):
    return Fraction(2) ** exponent


lines = []
for _ in range(150):
    a, b = number(300), number(300)
    lines.append(f"add {a:x} {b:x} {a + b:x}")
    lines.append(f"sub {max(a, b):x} {min(a, b):x} {abs(a - b):x}")
    lines.append(f"mul {a:x} {b:x} {a * b:x}")
    n = rng.randrange(200)
    lines.append(f"left {a:x} {n} {a << n:x}")
    lines.append(f"right {a:x} {n} {a >> n:x}")
for _ in range(400):
    a, b = number(500), number(300) or 1
    if rng.random() < 0.3:  # a quotient whose guessed digits are one too large
        q = number(150)
        a = b * q + rng.choice([0, b - 1, rng.randrange(b)])
    lines.append(f"div {a:x} {b:x} {a // b:x} {int(a % b != 0)}")

cases = []
for _ in range(300):
    cases.append((number(400), number(400) or 1, rng.randint(-1400, 1400)))
for _ in range(300):  # halfway between two doubles, just above, just below
    mantissa = (1 << 52) + rng.getrandbits(52)
    scale = number(120) or 1
    nudge = rng.choice([0, 0, 1, -1])
    exponent = rng.choice(
        [rng.randint(-300, 300), rng.randint(-1140, -1070), rng.randint(960, 972)]
    )
    cases.append((((2 * mantissa + 1) * scale << 90) + nudge, scale, exponent - 90))
for _ in range(100):  # subnormals with few bits, and what rounds to the least of them or to zero
    cases.append((number(8), number(8) or 1, rng.randint(-1085, -1066)))
for exponent in (1023, 1024, 970, 971, 972, -1074, -1075, -1076, -1023, -1022):
    for n in (1, 2, 3, (1 << 53) - 1, (1 << 54) - 1, (1 << 54) - 2, 1 << 53):
        cases.append((n, 1, exponent))
cases.append((0, 7, 5))
for n, d, e in cases:
    lines.append(f"ratio {n:x} {d:x} {e} {bits(nearest(Fraction(n, d) * power(e)))}")
    lines.append(f"root {n:x} {d:x} {e} {bits(root(Fraction(n, d) * power(e)))}")
for _ in range(200):  # perfect squares, and their neighbours
    r = number(60) or 1
    d = number(40) or 1
    n = r * r * d * d + rng.choice([0, 0, 1])
    e = 2 * rng.randint(-600, 500)
    lines.append(f"root {n:x} {d * d:x} {e} {bits(root(Fraction(n, d * d) * power(e)))}")
for _ in range(200):  # roots that lie halfway between two doubles, and their neighbours
    r = 2 * ((1 << 52) + rng.getrandbits(52)) + 1
    d = number(40) or 1
    n = r * r * d * d + rng.choice([0, 0, 1, -1])
    e = 2 * rng.randint(-500, 450)
    lines.append(f"root {n:x} {d * d:x} {e} {bits(root(Fraction(n, d * d) * power(e)))}")

(Path(__file__).parent / "big_int_vectors.txt").write_text(
    "\n".join(lines) + "\n", encoding="ascii"
)
