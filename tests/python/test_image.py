"""zs.image against numpy and scipy.ndimage; the same bits however images come; notes move with
them."""

import json
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest
from scipy import ndimage, stats

import zeroskew as zs
from zeroskew import image

RNG = np.random.default_rng(8)
SETTINGS = {"crop": {"height": 20, "width": 17}, "resize": {"height": 33, "width": 50}}


def pictures(
    count: int = 3, height: int = 41, width: int = 53, channels: int = 3, kind: type = np.uint8
) -> np.ndarray:
    smooth = ndimage.gaussian_filter(RNG.random((count, height, width, channels)), (0, 3, 3, 0))
    smooth = (smooth - smooth.min()) / (smooth.max() - smooth.min())
    return (
        (255 * smooth).round().astype(np.uint8) if kind is np.uint8 else smooth.astype(np.float32)
    )


def every_step() -> list[image.Step]:
    return [cls(**SETTINGS.get(cls._name, {})) for cls in image.STEPS.values()]


@pytest.mark.parametrize("step", every_step(), ids=lambda step: step.name)
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_one_image_has_the_bits_of_many(step: image.Step, kind: type, channels: int) -> None:
    images = pictures(channels=channels, kind=kind)
    pipeline = image.Pipeline([step, image.FlipVertical(p=0.5)], seed=4)
    made = pipeline(images, keys=[7, 8, 9], epoch=2)
    assert made.dtype == kind
    assert np.array_equal(pipeline(images, keys=[7, 8, 9], epoch=2, threads=3), made)
    for i in range(3):
        assert np.array_equal(pipeline(images[i], keys=7 + i, epoch=2), made[i])
    order = [2, 0, 1]
    assert np.array_equal(pipeline(images[order], keys=[9, 7, 8], epoch=2), made[order])
    assert np.array_equal(
        image.Pipeline.from_json(pipeline.to_json())(images, keys=[7, 8, 9], epoch=2), made
    )


def test_every_level_gives_the_same_bits() -> None:
    program = """
import hashlib, sys, numpy as np
from zeroskew import image
settings = {"crop": {"height": 20, "width": 17}, "resize": {"height": 33, "width": 50}}
rng = np.random.default_rng(1)
digest = hashlib.sha256()
for cls in image.STEPS.values():
    floats = rng.random((2, 37, 45, 2)).astype(np.float32)
    for images in (rng.integers(0, 256, (2, 37, 45, 3)).astype(np.uint8), floats):
        digest.update(image.Pipeline([cls(**settings.get(cls._name, {}))],
        seed=3)(images).tobytes())
print(digest.hexdigest())
"""
    found = set()
    for level in ("baseline", "avx2", "avx512"):
        environment = {**os.environ, "ZEROSKEW_SIMD": level}
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        if done.returncode == 0:
            found.add(done.stdout)
        else:
            assert "unknown_level" in done.stderr
    assert len(found) == 1


@pytest.mark.parametrize("step", every_step(), ids=lambda step: step.name)
def test_steps_are_values(step: image.Step) -> None:
    assert eval(repr(step), vars(image)) == step == pickle.loads(pickle.dumps(step))
    pipeline = image.Pipeline([step], seed=2**63)
    assert (
        image.Pipeline([step.to_dict()], seed=2**63)
        == pipeline
        == pickle.loads(pickle.dumps(pipeline))
    )
    assert json.loads(pipeline.to_json())["steps"][0]["step"] == step.name
    assert type(step).__doc__


@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 1), (5, 16), (6, 17), (33, 64)])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_flips(kind: type, shape: tuple[int, int], channels: int) -> None:
    images = RNG.integers(0, 256, (2, *shape, channels)).astype(kind)
    assert np.array_equal(image.Pipeline([image.FlipHorizontal()])(images), images[:, :, ::-1])
    assert np.array_equal(image.Pipeline([image.FlipVertical()])(images), images[:, ::-1])
    assert np.array_equal(image.Pipeline([image.FlipVertical(p=0)])(images), images)


@pytest.mark.parametrize("border", ["fill", "edge", "reflect"])
def test_rotation_is_scipys(border: str) -> None:
    images = pictures(kind=np.float32)
    pipeline = image.Pipeline([image.Rotate(degrees=(-40, 40), border=border)], seed=1)
    made = pipeline(images)
    mode = {"fill": "grid-constant", "edge": "nearest", "reflect": "mirror"}[border]
    height, width = images.shape[1:3]
    rows, columns = np.mgrid[0:height, 0:width]
    for i in range(3):
        angle = np.deg2rad(pipeline.replay(height, width, key=i)[0]["degrees"])
        u, v = columns - (width - 1) / 2, rows - (height - 1) / 2
        x = np.cos(angle) * u - np.sin(angle) * v + (width - 1) / 2
        y = np.sin(angle) * u + np.cos(angle) * v + (height - 1) / 2
        for c in range(3):
            theirs = ndimage.map_coordinates(
                images[i, :, :, c].astype(float), [y, x], order=1, mode=mode
            )
            assert np.allclose(made[i, :, :, c], theirs, atol=2e-5)


def test_an_upright_arrow_turns_to_the_left() -> None:
    arrow = np.zeros((41, 41), np.uint8)
    arrow[5:20, 20] = 255
    turned = image.Pipeline([image.Rotate(degrees=90)])(arrow)
    assert turned[20, 5:19].min() > 200
    assert turned.sum() == pytest.approx(arrow.sum(), rel=0.02)


def test_affine_maps_are_scipys() -> None:
    images = pictures(kind=np.float32)
    step = image.Affine(
        degrees=(-20, 20),
        scale=(0.7, 1.3),
        shear=(-20, 20),
        shift_x=(-0.2, 0.2),
        shift_y=(-0.2, 0.2),
    )
    pipeline = image.Pipeline([step], seed=6)
    made = pipeline(images)
    height, width = images.shape[1:3]
    for i in range(3):
        drawn = pipeline.replay(height, width, key=i)[0]
        angle, lean = np.deg2rad(drawn["degrees"]), np.tan(np.deg2rad(drawn["shear"]))
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        forward = drawn["scale"] * turn @ np.array([[1, lean], [0, 1]])
        centre = np.array([(width - 1) / 2, (height - 1) / 2])
        shift = np.array([drawn["shift_x"] * width, drawn["shift_y"] * height])
        rows, columns = np.mgrid[0:height, 0:width]
        places = np.stack([columns.ravel(), rows.ravel()]) - (centre + shift)[:, None]
        x, y = np.linalg.inv(forward) @ places + centre[:, None]
        theirs = ndimage.map_coordinates(
            images[i, :, :, 0].astype(float), [y, x], order=1, mode="grid-constant"
        )
        assert np.allclose(made[i, :, :, 0].ravel(), theirs, atol=5e-5)


def test_resizing_interpolates_between_centres() -> None:
    images = pictures(kind=np.float32)
    for height, width in ((20, 26), (100, 77), (41, 53)):
        made = image.Pipeline([image.Resize(height, width)])(images)
        y = (np.arange(height) + 0.5) * 41 / height - 0.5
        x = (np.arange(width) + 0.5) * 53 / width - 0.5
        places = np.meshgrid(y, x, indexing="ij")
        theirs = ndimage.map_coordinates(
            images[1, :, :, 2].astype(float), places, order=1, mode="nearest"
        )
        assert np.allclose(made[1, :, :, 2], theirs, atol=2e-5)
    assert np.array_equal(made, images)


def test_crops_are_windows() -> None:
    images = pictures()
    pipeline = image.Pipeline([image.Crop(20, 17)], seed=3)
    made = pipeline(images)
    corners = set()
    for i in range(3):
        drawn = pipeline.replay(41, 53, key=i)[0]
        top, left = int(drawn["top"]), int(drawn["left"])
        corners.add((top, left))
        assert np.array_equal(made[i], images[i, top : top + 20, left : left + 17])
    assert len(corners) == 3
    assert np.array_equal(
        image.Pipeline([image.Crop(21, 23, "centre")])(images), images[:, 10:31, 15:38]
    )
    with pytest.raises(zs.Error, match=r"transform\.image"):
        image.Pipeline([image.Crop(42, 10)])(images)


def test_blur_is_scipys() -> None:
    for sigma in (0.4, 1.3, 6.0):
        images = pictures(kind=np.float32)
        made = image.Pipeline([image.Blur(sigma)])(images)
        theirs = ndimage.gaussian_filter(images.astype(float), (0, sigma, sigma, 0), mode="nearest")
        assert np.allclose(made, theirs, atol=1e-5)


def test_colours_follow_their_formulas() -> None:
    images = pictures()
    x = images / 255.0
    for step, formula in (
        (image.Brightness(0.25), x + 0.25),
        (image.Contrast(1.7), 0.5 + (x - 0.5) * 1.7),
        (image.Gamma(0.6), x**0.6),
    ):
        made = image.Pipeline([step])(images)
        assert np.abs(made - 255 * formula.clip(0, 1)).max() <= 0.5001
        floats = image.Pipeline([step])(x.astype(np.float32))
        assert np.allclose(floats, formula.clip(0, 1), atol=1e-5)


def test_noise_is_normal() -> None:
    from scipy import stats

    grey = np.full((4, 300, 400, 3), 0.5, np.float32)
    made = image.Pipeline([image.Noise(0.05)], seed=1)(grey)
    draws = ((made - 0.5) / 0.05).ravel().astype(float)
    assert stats.kstest(draws, "norm").pvalue > 1e-3
    assert abs(draws.mean()) < 4 / np.sqrt(draws.size)
    assert abs(draws.std() - 1) < 4 / np.sqrt(2 * draws.size)
    assert abs(stats.kurtosis(draws)) < 0.02
    assert np.abs(draws).max() > 4.5
    neighbours = np.corrcoef(draws[:-1], draws[1:])[0, 1]
    assert abs(neighbours) < 4 / np.sqrt(draws.size)
    channels = np.corrcoef(made.reshape(-1, 3).T)
    assert np.abs(channels - np.eye(3)).max() < 4 / np.sqrt(draws.size / 3)


def test_elastic_moves_are_smooth_and_of_the_size_asked_for() -> None:
    rows, columns = np.mgrid[0:300, 0:320].astype(np.float32)
    ramps = np.stack([columns, rows], -1)[None] / 1000
    moves = []
    for key in range(6):
        made = image.Pipeline([image.Elastic(4.0, sigma=20.0, border="edge")], seed=2)(
            ramps, keys=[key]
        )
        moves.append(((made - ramps) * 1000)[0, 40:-40, 40:-40])
    moved = np.stack(moves)
    assert moved.std() == pytest.approx(4.0, rel=0.25)
    assert np.abs(np.diff(moved, axis=2)).max() < 1.5


def test_weather_does_what_it_says() -> None:
    images = pictures(height=120, width=160)
    fog, snow = image.Pipeline([image.Fog(0.8)])(images), image.Pipeline([image.Snow()])(images)
    rain = image.Pipeline([image.Rain(darken=0.3)])(images)
    assert fog.mean() > images.mean() + 20
    assert fog.std() < images.std()
    assert snow.mean() > images.mean()
    assert (snow >= images).mean() > 0.99
    assert rain.mean() < images.mean()
    assert np.array_equal(image.Pipeline([image.Fog(0.0)])(images), images)
    assert np.array_equal(image.Pipeline([image.Rain(drops=0, darken=0)])(images), images)
    assert np.array_equal(image.Pipeline([image.Snow(flakes=0, veil=0)])(images), images)


def test_cutout_paints_what_it_draws() -> None:
    images = pictures()
    pipeline = image.Pipeline([image.Cutout(1, size=0.4, fill=1.0)], seed=9)
    made = pipeline(images)
    for i in range(3):
        hole = {
            name: int(value) for name, value in list(pipeline.replay(41, 53, key=i)[0].items())[2:]
        }
        expected = images[i].copy()
        expected[
            hole["top"] : hole["top"] + hole["height"], hole["left"] : hole["left"] + hole["width"]
        ] = 255
        assert np.array_equal(made[i], expected)


@pytest.mark.parametrize(
    "step",
    [
        image.FlipHorizontal(),
        image.FlipVertical(),
        image.Rotate((20, 30)),
        image.Affine(scale=(0.8, 1.0), shear=10.0, shift_x=0.05),
        image.Crop(90, 100, "centre"),
        image.Resize(75, 220),
        image.Elastic(2.0, sigma=30.0),
    ],
    ids=lambda step: step.name,
)
def test_masks_boxes_and_points_move_with_the_image(step: image.Step) -> None:
    pattern = np.zeros((120, 140, 1), np.uint8)
    centres = np.array([[50.0, 40.0], [80.0, 60.0], [60.0, 75.0]])
    for x, y in centres.astype(int):
        pattern[y - 2 : y + 3, x - 2 : x + 3] = 255
    mask = (pattern[:, :, 0] > 0).astype(np.uint8)
    boxes = np.array([[x - 2.5, y - 2.5, x + 2.5, y + 2.5] for x, y in centres])
    made = image.Pipeline([step], seed=5)(pattern, masks=mask, boxes=boxes, points=centres)
    seen = made["images"][:, :, 0] > 127
    assert made["masks"].shape == seen.shape
    assert (seen != (made["masks"] > 0)).mean() < 0.005
    labels, count = ndimage.label(seen)
    assert count == 3
    found = np.array(ndimage.center_of_mass(seen, labels, [1, 2, 3]))[:, ::-1]
    for point, box in zip(made["points"], made["boxes"], strict=True):
        distance = np.abs(found - point).max(axis=1)
        assert distance.min() < 0.8
        x, y = found[distance.argmin()]
        assert box[0] < x < box[2]
        assert box[1] < y < box[3]


def test_colours_leave_notes_alone() -> None:
    images, points = pictures(1)[0], np.array([[3.0, 4.0]])
    made = image.Pipeline([image.Noise(), image.Fog(), image.Gamma()])(images, points=points)
    assert np.array_equal(made["points"], points)
    assert set(made) == {"images", "points"}


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (lambda: image.Rotate(degres=3), "transform.unknown_parameter"),
        (lambda: image.Noise(-1), "transform.bad_parameter"),
        (lambda: image.Fog((0.5, 0.2)), "transform.bad_parameter"),
        (lambda: image.Pipeline([{"step": "fogg"}]), "transform.unknown_step"),
        (lambda: image.Pipeline([3]), "transform.step"),
        (lambda: image.Pipeline([image.Fog()])(np.zeros((3, 3), np.int16)), "transform.image"),
        (lambda: image.Pipeline([image.Fog()])(np.zeros((0, 3), np.uint8)), "transform.image"),
        (lambda: image.Pipeline([image.Fog()])(np.zeros((3,), np.uint8)), "transform.image"),
        (lambda: image.Pipeline([])(np.zeros((3, 3), np.uint8), keys=[1, 2]), "transform.keys"),
        (
            lambda: image.Pipeline([])(np.zeros((3, 3), np.uint8), masks=np.zeros((2, 2))),
            "transform.image",
        ),
        (lambda: image.Pipeline.from_json("{"), "transform.malformed"),
    ],
)
def test_errors_say_what_would_be_right(make: object, id: str) -> None:
    with pytest.raises(zs.Error) as caught:
        make()  # type: ignore[operator]
    assert caught.value.id == id


def test_compositions_choose_for_each_image() -> None:
    images = pictures(count=600, height=6, width=7)
    pipeline = image.Pipeline(
        [
            image.OneOf([image.FlipHorizontal(), image.FlipVertical()], weights=[3, 1], p=0.8),
            image.SomeOf([image.Brightness(0.1), image.Contrast(1.2), image.Gamma(1.5)], n=(1, 2)),
            image.Sequence([image.Noise(0.05), image.Blur(1.0, p=0.5)], p=0.5),
        ],
        seed=9,
    )
    drawn = [[step["acted"] for step in pipeline.replay(6, 7, key=k)] for k in range(600)]
    acted = np.array(drawn)
    assert not (acted[:, 0] & acted[:, 1]).any()
    assert acted[:, :2].sum() == pytest.approx(480, abs=40)
    assert acted[:, 0].sum() / acted[:, 1].sum() == pytest.approx(3, abs=0.8)
    assert set(acted[:, 2:5].sum(axis=1)) == {1, 2}
    assert acted[:, 5].mean() == pytest.approx(0.5, abs=0.07)
    assert not acted[~acted[:, 5], 6].any()
    made = pipeline(images, threads=3)
    for k in (0, 17, 599):
        assert np.array_equal(pipeline(images[k], keys=k), made[k])
    again = image.Pipeline.from_json(pipeline.to_json())
    assert again == pipeline == pickle.loads(pickle.dumps(pipeline))
    assert eval(repr(pipeline), vars(image)) == pipeline
    assert np.array_equal(again(images), made)
    assert json.loads(pipeline.to_json())["steps"][0]["weights"] == [3.0, 1.0]


@pytest.mark.parametrize(
    "stage",
    [
        lambda: image.OneOf([]),
        lambda: image.OneOf([image.Fog()], weights=[1, 2]),
        lambda: image.OneOf([image.Fog()], p=1.5),
        lambda: image.SomeOf([image.Fog(), image.Rain()], n=3),
        lambda: image.OneOf([image.Crop(4, 4), image.Fog()]),
        lambda: {"one_of": [{"step": "fog"}], "when": "x > 1"},
        lambda: {"one_of": [{"step": "fog"}], "wieghts": [1]},
    ],
)
def test_compositions_are_checked(stage: object) -> None:
    with pytest.raises(zs.Error) as refused:
        image.Pipeline([stage()])  # type: ignore[operator]
    assert refused.value.id == "transform.composition"


def test_noise_is_normal_far_out_and_knows_no_neighbour() -> None:
    grey = np.full((400, 500, 3), 0.5, np.float32)
    z = (image.Pipeline([image.Noise(0.05)], seed=3)(grey, keys=5).astype(float) - 0.5) / 0.05
    values = z.ravel()
    n = len(values)
    assert abs(values.mean()) < 4 / np.sqrt(n)
    assert abs(values.std() - 1) < 4 / np.sqrt(2 * n)
    assert stats.kstest(values, "norm").statistic < 1.7 / np.sqrt(n)
    assert abs(stats.kurtosis(values)) < 4 * np.sqrt(24 / n)
    assert 4.3 < np.abs(values).max() < 5.9
    # Neighbours, channels and the two values of a pair do not know each other.
    for step in (1, 3, 512, 1500):
        assert abs(np.corrcoef(values[:-step], values[step:])[0, 1]) < 4 / np.sqrt(n)
        assert abs(np.corrcoef(values[:-step] ** 2, values[step:] ** 2)[0, 1]) < 4 / np.sqrt(n)
    brought = image.Pipeline([image.Noise(0.1)], seed=3)(np.full((64, 64, 3), 128, np.uint8))
    assert abs(brought.std() - 25.5) < 0.5
