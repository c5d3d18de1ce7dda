"""The time zone of a page's stamps: by host, by locale, by the offset of the date of publication, else UTC."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.read.zones import zone_for


@pytest.mark.parametrize(
    ("url", "locales", "published", "zone"),
    [
        ("https://www.blatt.de/1", ["en_US"], "", "Europe/Berlin"),
        ("https://blatt.at/1", ["de-DE"], "", "Europe/Vienna"),
        ("https://paper.co.uk/1", [], "", "Europe/London"),
        ("https://blatt.example/1", ["de_CH"], "", "Europe/Zurich"),
        ("https://blatt.example/1", ["", "de"], "", "Europe/Berlin"),
        ("https://blatt.example/1", ["de", "en-IE"], "", "Europe/Dublin"),
        ("https://blatt.example/1", ["uk"], "", "Europe/Kyiv"),
        ("https://paper.example/1", ["en"], "", "UTC"),
        ("https://paper.com/1", ["en_US"], "2024-03-01T10:00:00-05:00", "Etc/GMT+5"),
        ("https://paper.com/1", ["en_US"], "2024-03-01T10:00:00+0530", "Asia/Kolkata"),
        ("https://paper.com/1", ["en_US"], "2024-03-01T10:00:00+05:45", "UTC"),
        ("https://paper.com/1", ["en_US"], "2024-03-01T10:00:00Z", "UTC"),
        ("https://paper.com/1", ["de_US"], "", "UTC"),
        ("https://paper.com/1", ["?"], "2024-03-01", "UTC"),
        ("/1", [], "", "UTC"),
    ],
)
def test_zones(url: str, locales: list[str], published: str, zone: str) -> None:
    assert zone_for(url, locales, published) == zone


@pytest.mark.parametrize("offset", [f"{sign}{hours:02}:00" for sign in "+-" for hours in range(1, 13)])
def test_an_offset_is_kept(offset: str) -> None:
    stamp = datetime.fromisoformat(f"2024-03-01T10:00:00{offset}")
    zone = ZoneInfo(zone_for("https://paper.com/1", [], stamp.isoformat()))
    assert stamp.astimezone(zone).utcoffset() == stamp.utcoffset()


@given(st.from_regex(r"[a-z]{2}", fullmatch=True), st.from_regex(r"[a-z]{2}([-_][A-Z]{2})?", fullmatch=True), st.text())
def test_every_answer_is_a_zone(ending: str, locale: str, published: str) -> None:
    assert ZoneInfo(zone_for(f"https://paper.{ending}/1", [locale], published))
    assert ZoneInfo(zone_for("https://paper.example/1", [locale], published))
