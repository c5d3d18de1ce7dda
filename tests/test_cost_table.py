"""What the cost benchmark makes of passes, without running any."""

from __future__ import annotations

from benchmarks.cost.table import kept, milliseconds, mistakes, table


def made(tool: str, articles: int, seconds: float, scene: str = "nochange304", **more: object) -> dict[str, object]:
    return {"tool": tool, "n": articles, "scen": scene, "cpu_s": seconds, "rss_mb": 50.0, **more}


OURS = [made("nachtrag", 200, seconds) for seconds in (3.0, 3.2, 9.0)]
OURS += [made("nachtrag", 2000, seconds) for seconds in (4.64, 5.0, 4.0)]


def test_a_start_does_not_count_where_two_sizes_ran() -> None:
    assert round(milliseconds(OURS, "nochange304", 200, 2000) or 0, 3) == round(1440 / 1800, 3)
    assert milliseconds([made("urlwatch", 200, 0.86)], "nochange304", 200, 2000) == 4.3
    assert milliseconds(OURS, "edit10", 200, 2000) is None


def test_what_was_missed_is_in_the_table() -> None:
    edited = made(
        "nachtrag", 2000, 4.0, "edit10", true=200, missed=2, false_alerts=1, revs_delta=180, disk_delta=360_000
    )
    assert mistakes([*OURS, edited]) == (200, 2, 1)
    lines = table([*OURS, edited, made("floor", 200, 0.1), made("floor", 2000, 0.46)], 200, 2000)
    assert "| 304 | 0.20 | 0.80 | 1.60 here, 0.80 at a floor of 0.1 |" in lines
    assert "| missed / false, of so many edits | 0 / 0, 0 | 2 / 1, 200 | 0 / 0 |" in lines
    assert "| bytes on disk per further version | – | 2,000 | 3,000 |" in lines


def test_bytes_are_those_that_versions_added() -> None:
    sizes = [
        {"revisions": 100, "bytes": {"pages": 9000, "blocks_fts_data": 500, "events": 0}},  # after the first look
        {"revisions": 100, "bytes": {"pages": 9000, "blocks_fts_data": 500, "events": 100}},
        {"revisions": 110, "bytes": {"pages": 14_000, "blocks_fts_data": 1500, "events": 2100}},
    ]
    grown = kept(sizes)
    assert grown is not None
    assert (grown.versions, grown.text_and_page, grown.everything) == (10, 500, 800)
    assert kept(sizes[:1]) is None
