"""Writes special_vectors.txt: arguments and rounded values as hexadecimal doubles (by mpmath)."""

import random
import sys

import mpmath as mp

mp.mp.dps = 60
random.seed(20240301)


def gamma_q(a, x):
    """By the lower series, with digits to spare for what cancels."""
    mp.mp.dps = 450
    total = term = mp.mpf(1)
    k = a + 1
    while term > total * mp.mpf(10) ** -450:
        term *= x / k
        total += term
        k += 1
    lower = total * mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
    result = (lower, 1 - lower)
    mp.mp.dps = 60
    return result


def beta(a, b, x):
    """I_x(a, b) by the power series in x, whose terms after the first few are positive."""
    mp.mp.dps = 450
    value = mp.betainc(a, b, 0, x, regularized=True)
    mp.mp.dps = 60
    return value


def student(t, df):
    """By the series of I_x(df / 2, 1 / 2), whose terms are all positive."""
    a, b = df / 2, mp.mpf(1) / 2
    x = df / (df + t * t)
    total = term = mp.mpf(1)
    k = 0
    while term > total * mp.mpf(10) ** -25 * (1 - x):
        term *= x * (a + b + k) / (a + 1 + k)
        total += term
        k += 1
    front = mp.exp(a * mp.log(x) + b * mp.log1p(-x)
                   + mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b))
    return front * total / 2


def log_uniform(lo, hi):
    return float(mp.e ** random.uniform(float(mp.log(lo)), float(mp.log(hi))))


def binomial_log(k, n, p):
    return (mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
            + k * mp.log(p) + (n - k) * mp.log1p(-p))


def choose_log(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def kolmogorov_sf(x):
    return 2 * mp.nsum(lambda k: (-1) ** (int(k) - 1) * mp.exp(-2 * k * k * x * x), [1, 60])


def kolmogorov_cdf(x):
    return mp.sqrt(2 * mp.pi) / x * sum(
        mp.exp(-((2 * k - 1) ** 2) * mp.pi**2 / (8 * x * x)) for k in range(1, 40))


LINES = ["# name arguments value"]


def add(name, *numbers):
    value = float(numbers[-1])
    if value != 0.0 and abs(value) < 1e-300:
        return
    LINES.append(" ".join([name, *(float(x).hex() for x in numbers)]))


def main():
    for _ in range(60):
        x = log_uniform(1e-10, 1e10)
        add("log_gamma", x, mp.loggamma(mp.mpf(x)))
    for x in (1 + 2**-30, 2 - 2**-30, 1 - 2**-20, 2.5, 15.0, 14.999):
        add("log_gamma", x, mp.loggamma(mp.mpf(x)))
    for _ in range(120):
        a = log_uniform(0.05, 5000)
        x = max(1e-3, a + random.uniform(-6, 30) * a**0.5)
        lower, upper = gamma_q(mp.mpf(a), mp.mpf(x))
        add("gamma_p", a, x, lower)
        add("gamma_q", a, x, upper)
    for _ in range(100):
        a, b, x = log_uniform(0.1, 300), log_uniform(0.1, 300), random.random()
        if random.random() < 0.5:
            x = min(0.999, a / (a + b) * log_uniform(0.2, 1.5))
        add("beta_inc", a, b, x, beta(mp.mpf(a), mp.mpf(b), mp.mpf(x)))
    for _ in range(60):
        df, t = log_uniform(0.5, 500), log_uniform(0.3, 300)
        add("student_t_sf", t, df, student(mp.mpf(t), mp.mpf(df)))
    for _ in range(30):
        df, t = log_uniform(1e3, 1e6), random.uniform(3, 35)
        add("student_t_sf", t, df, student(mp.mpf(t), mp.mpf(df)))
    for _ in range(40):
        d1, d2, f = random.randint(1, 100), random.randint(1, 100), log_uniform(0.01, 300)
        exact = mp.mpf(d2) / (mp.mpf(d2) + mp.mpf(d1) * mp.mpf(f))
        add("f_sf", f, d1, d2, beta(mp.mpf(d2) / 2, mp.mpf(d1) / 2, exact))
    for _ in range(60):
        n = int(log_uniform(1, 1e9))
        p = random.choice([random.random(), log_uniform(1e-9, 0.5)])
        k = min(n, max(0, int(n * p + random.gauss(0, 3) * (n * p * (1 - p)) ** 0.5)))
        add("binomial_log_pmf", k, n, p, binomial_log(k, n, mp.mpf(p)))
    for _ in range(60):
        total = int(log_uniform(2, 1e8))
        marked, drawn = random.randint(0, total), random.randint(0, total)
        low, high = max(0, drawn + marked - total), min(drawn, marked)
        middle = drawn * marked / total
        k = int(min(high, max(low, middle + random.gauss(0, 2) * middle**0.5)))
        add("hypergeometric_log_pmf", k, total, marked, drawn,
            choose_log(marked, k) + choose_log(total - marked, drawn - k)
            - choose_log(total, drawn))
    for _ in range(40):
        x = random.uniform(0.3, 18)
        upper = kolmogorov_sf(mp.mpf(x)) if x > 0.8 else 1 - kolmogorov_cdf(mp.mpf(x))
        add("kolmogorov_sf", x, upper)
        x = random.uniform(0.045, 2)
        add("kolmogorov_cdf", x, kolmogorov_cdf(mp.mpf(x)))
    sys.stdout.write("\n".join(LINES) + "\n")


main()
