"""Writes math_vectors.txt: arguments and correctly rounded values as hexadecimal doubles."""

import random
import sys

import mpmath as mp

mp.mp.prec = 1400
random.seed(20240229)


def signed_log(lo, hi):
    return random.choice((-1, 1)) * mp.e ** random.uniform(float(mp.log(lo)), float(mp.log(hi)))


def normal_cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def normal_quantile(p):
    """Newton's method on the logarithm of the smaller tail, which is concave."""
    mp.mp.prec = 300
    tail = min(p, 1 - p)
    x = mp.mpf(0) if tail > 0.1 else -mp.sqrt(-2 * mp.log(tail))
    for _ in range(100):
        mass = normal_cdf(x)
        step = mp.log(mass / tail) * mass * mp.sqrt(2 * mp.pi) * mp.exp(x * x / 2)
        x -= step
        if abs(step) < mp.mpf(2) ** -200:
            break
    mp.mp.prec = 1400
    return x if p < 0.5 else -x


def uniform(lo, hi):
    return lambda: random.uniform(lo, hi)


def spread(lo, hi):
    return lambda: signed_log(lo, hi)


def positive(lo, hi):
    return lambda: abs(signed_log(lo, hi))


# name: (function, generators of arguments, fixed arguments)
FUNCTIONS = {
    "exp": (mp.exp, [uniform(-745, 709), spread(1e-9, 5)], [709.782712893384, -745.1]),
    "expm1": (mp.expm1, [uniform(-40, 709), spread(1e-300, 3)], [5e-324, -1e-16]),
    "log": (mp.log, [positive(1e-320, 1e308), uniform(0.5, 2)], [5e-324, 1 - 2**-53, 1 + 2**-52]),
    "log1p": (mp.log1p, [spread(1e-300, 0.99), positive(1, 1e308)], [-1 + 2**-53, 2**-53]),
    "log2": (lambda x: mp.log(x, 2), [positive(1e-320, 1e308), uniform(0.5, 2)], [8.0, 2**-1074]),
    "log10": (mp.log10, [positive(1e-320, 1e308), uniform(0.5, 2)], [1000.0, 1e22]),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), [spread(1e-320, 1e308)], [27.0, -8.0]),
    "sin": (mp.sin, [uniform(-10, 10), spread(10, 1e9), spread(1e9, 1e308)],
            [6381956970095103 * 2.0**797, 3.141592653589793, 1e22]),
    "cos": (mp.cos, [uniform(-10, 10), spread(10, 1e9), spread(1e9, 1e308)],
            [6381956970095103 * 2.0**797, 1.5707963267948966, 1e22]),
    "tan": (mp.tan, [uniform(-10, 10), spread(10, 1e300)], [1.5707963267948966]),
    "atan": (mp.atan, [spread(1e-5, 1e3)], [0.4375, 2.4375, 1e300]),
    "tanh": (mp.tanh, [spread(1e-300, 20)], []),
    "sinh": (mp.sinh, [spread(1e-300, 710)], [710.4]),
    "cosh": (mp.cosh, [spread(1e-8, 710)], [710.4]),
    "erf": (mp.erf, [uniform(-6, 6), spread(1e-300, 0.3)], []),
    "erfc": (mp.erfc, [uniform(-4, 27.2)], [27.2, -6.0]),
    "normal_cdf": (normal_cdf, [uniform(-38.4, 4)], [-38.4, 8.0]),
    "normal_quantile": (normal_quantile, [uniform(0, 1), positive(1e-320, 0.1)],
                        [0.975, 5e-324, 1 - 2**-53]),
}


def main():
    lines = ["# name argument value; pow has two arguments"]
    for name, (function, generators, fixed) in FUNCTIONS.items():
        arguments = [float(g()) for g in generators for _ in range(24)] + [float(x) for x in fixed]
        for x in arguments:
            lines.append(f"{name} {x.hex()} {float(function(mp.mpf(x))).hex()}")
    for _ in range(48):
        x, y = float(positive(1e-300, 1e300)()), random.uniform(-1, 1)
        lines.append(f"pow {x.hex()} {y.hex()} {float(mp.mpf(x) ** mp.mpf(y)).hex()}")
    for _ in range(24):
        x, y = random.uniform(0.9, 1.1), random.uniform(-6000, 6000)
        lines.append(f"pow {x.hex()} {y.hex()} {float(mp.mpf(x) ** mp.mpf(y)).hex()}")
    sys.stdout.write("\n".join(lines) + "\n")


main()
