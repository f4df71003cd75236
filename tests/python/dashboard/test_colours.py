"""Colours of the shipped bands stay apart for colour-blind eyes, and their letters are read."""

import csv
from itertools import combinations

import duckdb
import numpy as np
import pytest
from boards import Board

from orchestration.dashboard.colours import ink_on, outline_of, relative_luminance
from orchestration.settings import SHIPPED_SEEDS

# Machado, Oliveira and Fernandes 2009, table 1, severity 1.0; on linear RGB.
DEFICIENCIES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# CIE 1976 colour difference; 2.3 is just noticeable side by side.
LEAST_DIFFERENCE = 15
# WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5
# Between the middle of a light and that of its figure; more is seen.
MOST_PIXELS_APART = 2

TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
D65 = np.array([0.95047, 1, 1.08883])


def shades() -> dict[str, dict[str, str]]:
    with (SHIPPED_SEEDS / "semaforo_bandas.csv").open(encoding="utf-8", newline="") as file:
        found: dict[str, dict[str, str]] = {}
        for row in csv.DictReader(file):
            found.setdefault(row["metodologia_id"], {})[row["color"]] = row["hex"]
    return found


def linear(shade: str) -> np.ndarray:
    parts = np.array([int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / D65
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def seen_difference(one: str, other: str, deficiency: str) -> float:
    eye = np.array(DEFICIENCIES[deficiency])
    return float(np.linalg.norm(lab(eye @ linear(one)) - lab(eye @ linear(other))))


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("method", shades())
def test_colours_of_a_method_are_told_apart(method: str, deficiency: str) -> None:
    for (name, one), (other_name, other) in combinations(shades()[method].items(), 2):
        difference = seen_difference(one, other, deficiency)
        assert difference >= LEAST_DIFFERENCE, (name, other_name, round(difference, 1))


def test_the_check_refuses_a_palette_that_a_colour_blind_eye_mixes_up() -> None:
    assert seen_difference("#c0504d", "#7f7f2a", "deuteranopia") < LEAST_DIFFERENCE


@pytest.mark.parametrize(
    "shade", sorted({hex_ for own in shades().values() for hex_ in own.values()})
)
def test_the_letter_on_a_colour_is_read(shade: str) -> None:
    light, dark = sorted((relative_luminance(shade), relative_luminance(ink_on(shade))))[::-1]
    assert (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST


def test_every_light_of_a_page_has_its_letter_and_each_colour_its_shape(victoria) -> None:
    lights = victoria.locator(".luz").evaluate_all(
        "all => all.map(l => { const s = getComputedStyle(l); return ["
        "[...l.classList].find(c => c.startsWith('luz-') && c !== 'luz-grande'), l.textContent,"
        "s.clipPath.split('(')[0] + s.borderRadius] })"
    )
    assert lights
    of_colour = {name: (letter, shape) for name, letter, shape in lights}
    assert {letter for letter, _ in of_colour.values()} == {"R", "A", "V"}
    assert len({shape for _, shape in of_colour.values()}) == len(of_colour)
    assert all(letter for _, letter, _ in lights)


def test_a_light_stands_at_the_height_of_its_figure(victoria) -> None:
    apart = victoria.evaluate("""
        () => {
            const middle = box => (box.top + box.bottom) / 2;
            const text = node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                return range.getClientRects()[0];
            };
            const besides = (light, node) =>
                Math.abs(middle(light.getBoundingClientRect()) - middle(text(node)));
            const rows = [...document.querySelectorAll('#arbol tbody tr')];
            const pairs = [
                ...[...document.querySelectorAll('#unidades td.num > .luz')]
                    .map(light => [light, light.parentNode.querySelector('.cifra').firstChild]),
                ...[...document.querySelectorAll('#calor .leyenda .luz')]
                    .map(light => [light, light.parentNode.lastChild]),
                ...rows.map(row => [row.querySelector('td .luz'), row.querySelector('.cifra')])
                    .filter(([light, figure]) => light && figure)
                    .map(([light, figure]) => [light, figure.firstChild]),
            ];
            return pairs.map(([light, node]) => besides(light, node));
        }
    """)
    assert len(apart) > 10
    assert max(apart) < MOST_PIXELS_APART


def test_only_a_colour_that_paper_swallows_has_an_outline():
    assert {
        shade for bands in shades().values() for shade in bands.values() if outline_of(shade)
    } == (set())
    assert all(outline_of(shade) for shade in ("#ffffff", "#fffde7", "#ffff00"))


@pytest.fixture
def pale(published) -> Board:
    """The small plan, its amber and its green as white as paper."""
    with duckdb.connect(str(published.published)) as connection:
        connection.execute("update marts.dim_semaforo set hex = '#ffffff' where color <> 'rojo'")
    done = published.run("dashboard")
    assert done.returncode == 0, done.stderr
    return Board(published.root / "dashboard")


def test_a_light_a_bar_and_a_slice_as_white_as_paper_are_seen(browser, pale):
    backgrounds = """
        selector => [...document.querySelectorAll(selector)].map(
            e => getComputedStyle(e).backgroundColor)
    """
    lines = """
        selector => [...document.querySelectorAll(selector)]
            .filter(e => getComputedStyle(e).backgroundColor === 'rgb(255, 255, 255)')
            .map(e => getComputedStyle(e).boxShadow)
    """
    for path in (pale.plan("muni", "poi-2024"), pale.page("index"), pale.page("metodo")):
        with browser.open(path) as page:
            for colour in ("amarillo", "verde"):
                shown = page.evaluate(backgrounds, f".luz-{colour}")
                assert shown
                assert "rgb(255, 255, 255)" not in shown
            found = page.evaluate(lines, ".barrita i, .reparto-barra i, .calor td[style]")
            assert "none" not in found
            assert found or path == pale.page("metodo")
