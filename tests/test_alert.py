"""What people are told: as it reads, in both languages, and with nothing in it that a chat or a mail acts on."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.change import Verdict
from changes.wording import verdict_words
from db.words.incidents import OPERATIONS
from schedules.alert import Alert, Style, alert
from schedules.harmless import harmless
from schedules.message import slack_text
from schedules.samples import sample

ROOT = Path(__file__).parent.parent
TRICKS = json.loads((ROOT / "tests/data/chat/tricks.json").read_text("utf-8"))
EXAMPLES = [
    json.loads(text)
    for text in re.findall(r"```json\n(.*?)```", (ROOT / "docs/events.md").read_text("utf-8"), re.DOTALL)
]
NOW = datetime(2026, 3, 2, 9, 41, tzinfo=UTC)
GERMAN = Style("de", ZoneInfo("Europe/Berlin"))
DATA: dict[str, Any] = {
    "id": "evt_1",
    "url": "https://tagblatt.example/a/1",
    "source": "Tagblatt",
    "headline": "Stadtrat beschließt Brücke",
    "verdict": "unmarked",
    "not_before": "2026-03-02T08:00:00.000000+00:00",
    "not_after": "2026-03-02T08:41:00.000000+00:00",
    "words_added": 12,
    "words_removed": 3,
    "excerpt": "die Kosten steigen auf [-30-] {+40+} Millionen",
    "severity": "high",
    "tags": ["number", "name"],
    "link": "https://watch.example/-/article/1?a=1&b=2#r2",
}


def event(event_type: str = "article.changed", **other: object) -> str:
    return json.dumps({"type": event_type, "timestamp": "2026-03-02T08:41:00Z", "data": {**DATA, **other}})


def said(event_type: str = "article.changed", **other: object) -> str:
    text = json.loads(slack_text(event(event_type, **other), Style(), NOW))["text"]
    assert isinstance(text, str)
    return text


def lines(style: Style, event_type: str = "article.changed", **other: object) -> list[str]:
    """As it is read: without what nobody sees."""
    told = alert(event(event_type, **other), style, 3_000, NOW)
    return f"{told.what}\n{told.text}".replace("\u2060", "").splitlines()


class TestReads:
    def test_in_english(self) -> None:
        assert lines(Style()) == [
            "Text changed, Stand unchanged · Tagblatt",
            "“Stadtrat beschließt Brücke”",
            "Changed: die Kosten steigen auf “30” → “40” Millionen",
            "Between 2 Mar 2026, 08:00 and 08:41 UTC",
            "High weight: number, name; 12 words came, 3 went",
            "https://watch.example/-/article/1?a=1&b=2#r2",
        ]

    def test_in_german_by_the_clock_there(self) -> None:
        assert lines(GERMAN) == [
            "Text geändert, Stand unverändert · Tagblatt",
            "„Stadtrat beschließt Brücke“",
            "Geändert: die Kosten steigen auf „30“ → „40“ Millionen",
            "Zwischen 02.03.2026, 09:00 und 09:41 Uhr MEZ",
            "Hohes Gewicht: Zahl, Name; 12 Wörter neu, 3 weg",
            "https://watch.example/-/article/1?a=1&b=2#r2",
        ]

    @pytest.mark.parametrize("verdict", get_args(Verdict))
    def test_every_verdict_in_its_words(self, verdict: str) -> None:
        assert said(verdict=verdict).lower().startswith(verdict_words(verdict).lower())

    @pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["type"])
    def test_every_type_in_both_languages(self, example: dict[str, Any]) -> None:
        english, german = (alert(json.dumps(example), style, 3_000, NOW) for style in (Style(), GERMAN))
        for told in (english, german):
            headline = example["data"].get("headline")
            assert told.title == (f"{told.what}: {headline}" if headline else told.what)
            assert told.text.splitlines()[-1] == example["data"]["link"]
        given = {event["link"] for event in example["data"].get("events", ())}
        ours = [set(told.text.splitlines()[1:-1]) - given for told in (english, german)]
        assert not ours[0] & ours[1], "a line that is the same in both was not translated"

    @pytest.mark.parametrize(
        ("zone", "before", "words"),
        [
            (None, None, "Not later than 2 Mar 2026, 08:41 UTC"),
            (None, "2026-03-01T23:59:00+00:00", "Between 1 Mar 2026, 23:59 and 2 Mar 2026, 08:41 UTC"),
            (None, "2026-03-02T09:10:00+01:00", "Between 2 Mar 2026, 08:10 and 08:41 UTC"),
            ("Europe/Berlin", "2026-03-01T23:30:00+00:00", "Between 2 Mar 2026, 00:30 and 09:41 CET"),
            ("America/Sao_Paulo", "2026-03-02T08:00:00Z", "Between 2 Mar 2026, 05:00 and 05:41 UTC-03"),
        ],
    )
    def test_the_window(self, zone: str | None, before: str | None, words: str) -> None:
        assert lines(Style(zone=ZoneInfo(zone) if zone else None), not_before=before)[3] == words

    def test_a_window_within_a_minute(self) -> None:
        window = {"not_before": "2026-03-02T08:41:02.9Z", "not_after": "2026-03-02T08:41:40Z"}
        assert lines(Style(), **window)[3] == "Between 2 Mar 2026, 08:41:02 and 08:41:40 UTC"

    def test_a_window_over_the_change_of_clocks_names_both(self) -> None:
        window = {"not_before": "2026-10-25T00:30:00Z", "not_after": "2026-10-25T01:10:00Z"}
        assert lines(GERMAN, **window)[3] == "Zwischen 25.10.2026, 02:30 Uhr MESZ und 02:10 Uhr MEZ"

    def test_what_is_not_known_is_left_out(self) -> None:
        bare = dict.fromkeys(DATA) | {"verdict": "removed", "words_added": 0, "words_removed": 0}
        assert said("article.gone", **bare) == "No longer there"

    def test_a_new_ruling_says_that_it_replaces_the_old_one(self) -> None:
        told = lines(GERMAN, "article.ruled", verdict="announced", supersedes="evt_0", replaces="unmarked")
        assert told[0] == "Text geändert, Stand mit ihm geändert · Tagblatt"
        assert told[2] == "Das nimmt zurück, was wir zuvor gemeldet haben: „Text geändert, Stand unverändert“."
        first = lines(GERMAN, "article.ruled", verdict="announced", supersedes="evt_0", replaces="unsettled")
        assert first == [line for line in told if "zurück" not in line], "what was too early to say stays true"
        earlier = lines(Style(), "article.gone", verdict="removed_before_expected", supersedes="evt_0")
        assert earlier[2] == "This adds to what we told before: “no longer there”."

    @pytest.mark.parametrize(
        ("before", "verdict", "words"),
        [("unmarked", "announced", "takes back"), ("silent", "minor", "takes back"),
         ("silent", "disclosed_late", "adds to"), ("unmarked", "announced_late", "adds to"),
         ("undecidable", "unmarked", "takes the place of"), ("unmarked", "silent", "takes the place of"),
         ("announced_late", "announced", "takes back")],
    )  # fmt: skip
    def test_only_what_no_longer_holds_is_taken_back(self, before: str, verdict: str, words: str) -> None:
        told = lines(Style(), "article.ruled", verdict=verdict, supersedes="evt_0", replaces=before)
        assert told[2] == f"This {words} what we told before: “{verdict_words(before)}”."

    def test_an_edit_that_was_none_is_taken_back_and_weighs_nothing(self) -> None:
        told = lines(Style(), "article.ruled", verdict="misread", supersedes="evt_0")
        assert told[0] == "Taken back, the page had been misread · Tagblatt"
        assert told[2:4] == [
            "We had told of an edit; there was none.",
            "What we had told: die Kosten steigen auf “30” → “40” Millionen",
        ]
        assert not any("weight" in line for line in told)

    def test_what_was_recorded_long_ago_says_when(self) -> None:
        """However it came to be told late; what is told again within the hour is not."""
        body, recorded = event(verdict="removed"), datetime(2026, 3, 2, 8, 41, tzinfo=UTC)
        for style, words in (
            (Style(), "Recorded 2 Mar 2026, 08:41 UTC, and told only now"),
            (GERMAN, "Aufgezeichnet am 02.03.2026, 09:41 Uhr MEZ und erst jetzt gemeldet"),
        ):
            late, in_time = (
                alert(body, style, 3_000, recorded + timedelta(minutes=span)).text.splitlines() for span in (61, 60)
            )
            assert late == [words, *in_time]

    def test_a_sample_says_that_it_is_one(self) -> None:
        assert lines(Style(), sample=True)[1].startswith("This is a test")

    @pytest.mark.parametrize("kind", OPERATIONS)
    def test_an_event_of_an_earlier_version_is_told_as_it_was_kept(self, kind: str) -> None:
        body = json.dumps({"type": f"operations.{kind}", "timestamp": "", "data": {"message": "Tagblatt: no answer"}})
        assert alert(body, Style(), 3_000, NOW) == Alert(
            f"Operations: {OPERATIONS[kind]}", "", "“Tagblatt\u2060:\u2060 no answer”"
        )

    @pytest.mark.parametrize("kind", OPERATIONS)
    def test_an_event_for_those_who_run_it(self, kind: str) -> None:
        body = sample(f"operations.{kind}", "evt_1", "https://watch.example", NOW)
        told = [alert(body, style, 3_000, NOW).text.replace("\u2060", "") for style in (Style(), GERMAN)]
        (_, english, *_), (_, german, *_) = (text.splitlines() for text in told)
        assert english != german
        assert not english.startswith("“"), "it is not quoted as it was kept"
        assert english[0].isupper() or english.startswith(("tagblatt.example", "desk "))

    @pytest.mark.parametrize(
        ("kind", "other", "english", "german"),
        [
            ("drift", {"holds": False}, "; its edits are still told", "; Änderungen werden weiter gemeldet"),
            ("clock_odd", {"offset_seconds": -61.4}, "clock is 61 s ahead of", "um 61 s vor"),
            ("endpoint_failing", {"status": None, "reason": "its answer has no end"}, "desk at desk.example: its",
             "desk auf desk.example: seine"),
            ("endpoint_failing", {"status": None, "host": None, "reason": "is no longer in config.toml"},
             "desk: is no longer in config.toml. 3 failed", "desk: steht nicht mehr in config.toml. 3 gescheiterte"),
        ],
    )  # fmt: skip
    def test_what_can_be_told_in_another_way(self, kind: str, other: dict[str, Any], english: str, german: str) -> None:
        event = json.loads(sample(f"operations.{kind}", "evt_1", "https://watch.example", NOW))
        event["data"]["values"] |= other
        told = [alert(json.dumps(event), style, 3_000, NOW).text.replace("\u2060", "") for style in (Style(), GERMAN)]
        assert english in told[0]
        assert german in told[1]

    def test_why_an_article_should_still_be_there(self) -> None:
        kept = "published 2026-02-27 10:00 UTC, as its page said; kept for 90 days by § 4"
        rule = {
            "published": "2026-02-27T10:00:00.000000+00:00",
            "kept_until": "2026-05-28T10:00:00.000000+00:00",
            "cite": "§ 4",
        }
        gone: dict[str, Any] = {"excerpt": kept, "supersedes": "evt_0", "tags": [], "severity": None}
        gone["verdict"] = "removed_before_expected"
        assert lines(GERMAN, "article.gone", **gone)[3] == f"„{kept}“", "of an earlier version, as it was kept"
        assert lines(GERMAN, "article.gone", **gone, **rule)[3] == (
            "Veröffentlicht am 27.02.2026, 11:00 Uhr MEZ, wie die Seite selbst sagte; nach eigener Regel hält das"
            " Medium solche Artikel 90 Tage lang vor: § 4"
        )
        posed = lines(Style(), "article.discovered", excerpt=kept)
        assert posed[2] == f"“{kept}”", "a page that says the same is quoted"
        assert posed[3] == "First seen 2 Mar 2026, 08:41 UTC"

    def test_what_fails_is_told_in_their_words_and_by_their_clock(self) -> None:
        body = sample("operations.endpoint_failing", "evt_1", "https://watch.example", NOW)
        assert alert(body, GERMAN, 3_000, NOW).text.replace("\u2060", "").splitlines()[1] == (
            "desk auf desk.example: HTTP 500: gescheitert; warum, sagt sein eigenes Log. 3 gescheiterte Versuche in"
            " Folge seit 02.03.2026, 09:05 Uhr MEZ"
        )

    def test_for_how_long_it_was_not_found_is_not_rounded_up(self) -> None:
        told = lines(Style(), "article.returned", verdict="returned", absence="404", absent_seconds=10_259)
        assert told[2] == "From the first look that did not find it to the one that did: 2 h 50 min"

    def test_where_it_moved(self) -> None:
        moved = {"verdict": "moved", "excerpt": "https://a.example/1 → https://a.example/2"}
        assert lines(GERMAN, "article.moved", **moved)[2] == "Von https://a.example/1 nach https://a.example/2"
        odd = {"verdict": "moved", "excerpt": "somewhere"}
        assert lines(GERMAN, "article.moved", **odd)[2] == "„somewhere“"

    def test_numbers_of_comments(self) -> None:
        one = {"verdict": "comments", "excerpt": "none → 1 comments"}
        assert lines(Style(), "article.comments", **one)[2] == "none → 1 comment"
        closed = {"verdict": "comments", "excerpt": "40 → none comments", "movement": "closed"}
        assert lines(GERMAN, "article.comments", **closed)[2] == (
            "40 Kommentare → keine: Kommentare werden nicht mehr angeboten"
        )

    @pytest.mark.parametrize(
        ("headline", "english", "german"),
        [
            ('Er sagt "Nein" (und "nie")', "“Er sagt ‘Nein’ (und ‘nie’)”", "„Er sagt ‚Nein‘ (und ‚nie‘)“"),
            ("„Nein“, sagt er", "“‚Nein‘, sagt er”", "„‚Nein‘, sagt er“"),
            ("“No,” he says", "“‘No,’ he says”", "„‘No,’ he says“"),
            ("»Nein« und «non»", "“›Nein‹ und ‹non›”", "„›Nein‹ und ‹non›“"),
        ],
    )
    def test_within_quotation_marks_they_are_single(self, headline: str, english: str, german: str) -> None:
        assert lines(Style(), headline=headline)[1] == english
        assert lines(GERMAN, headline=headline)[1] == german

    def test_an_event_of_a_later_version(self) -> None:
        assert said("operations.sky_fell", headline="").splitlines()[0] == "Operations: sky fell"


class TestWhatChanged:
    @pytest.mark.parametrize(
        ("excerpt", "words"),
        [
            ("", ""),
            ("Nach langem Streit.", "“Nach langem Streit.”"),
            ("[-Fünf-] {+Sieben+} Tote.", "Changed: “Fünf” → “Sieben” Tote."),
            ("Er sei [-nicht-] dort gewesen", "Changed: Er sei (gone: “nicht”) dort gewesen"),
            ("Er sei {+nicht+} dort gewesen", "Changed: Er sei (new: “nicht”) dort gewesen"),
            ("headline: [-Rot-] {+Blau+} / am {+späten+} Abend",
             "Changed: headline: “Rot” → “Blau” / am (new: “späten”) Abend"),
            (f"[-{'lang ' * 9}-] {{+kurz+}}", f"Changed: (gone: “{('lang ' * 9).strip()}”) (new: “kurz”)"),
        ],
    )  # fmt: skip
    def test_as_people_read_it(self, excerpt: str, words: str) -> None:
        told = lines(Style(), excerpt=excerpt, headline="", not_after=None, severity=None)
        assert told[1] == (words or "12 words came, 3 went")

    @given(st.lists(st.tuples(st.sampled_from(["{+%s+}", "[-%s-]", "%s"]), st.text(min_size=1)), max_size=8))
    def test_double_quotation_marks_are_ours(self, parts: list[tuple[str, str]]) -> None:
        """So that nothing on a page can pose as words that came or went."""
        parts = [("{+%s+}", "neu"), *((form, text) for form, text in parts if not re.search(r"[-+\[\]{}]", text))]
        excerpt = " ".join(form % text for form, text in parts)
        marks = len(re.findall(r"\{\+|\[-", excerpt)) - sum("+" in form and not text.strip() for form, text in parts)
        told = alert(event(excerpt=excerpt, headline=""), Style(), 3_000, NOW).text.splitlines()[0]
        assert told.count("“") == told.count("”") <= marks
        assert not re.search('["„‟«»″＂〝〞〟❝❞]', told)

    def test_a_page_cannot_pose(self) -> None:
        told = lines(Style(), excerpt='am {+Montag+} sagte er "ja" (new: “nein”) “1” → “2”')[2]
        assert told == "Changed: am (new: “Montag”) sagte er ‘ja’ (new: ‘nein’) ‘1’ → ‘2’"


class TestDigest:
    def digest(self, edits: int, more: int = 0) -> str:
        events = [
            {"type": "article.changed", **DATA, "id": f"evt_{number}", "headline": f"Artikel {number}",
             "link": f"https://watch.example/-/article/1#r{number}"} for number in range(edits)
        ]  # fmt: skip
        gone = {"type": "article.gone", **DATA, "verdict": "removed", "excerpt": "https://a.example/: says 404"}
        gone |= {"id": "evt_gone", "absence": "404", "words_added": 0, "words_removed": 0, "severity": None}
        count = edits + 1 + more
        data = {"id": "dig_1", "count": count, "events": [gone, *events], "link": "https://watch.example/"}
        return json.dumps({"type": "digest", "timestamp": "", "data": data})

    def test_verdict_words_window_and_weight_of_each(self) -> None:
        told = alert(self.digest(1), GERMAN, 3_000, NOW)
        assert told.title == "Sammelmeldung: 2 Ereignisse"
        assert told.text.replace("\u2060", "").splitlines() == [
            "• Nicht mehr da · Tagblatt: „Stadtrat beschließt Brücke“",
            "Der Server sagt, dass es keine solche Seite gibt (404)",
            "Zwischen 02.03.2026, 09:00 und 09:41 Uhr MEZ",
            DATA["link"],
            "• Text geändert, Stand unverändert · Tagblatt: „Artikel 0“",
            "Geändert: die Kosten steigen auf „30“ → „40“ Millionen",
            "Zwischen 02.03.2026, 09:00 und 09:41 Uhr MEZ",
            "Hohes Gewicht: Zahl, Name; 12 Wörter neu, 3 weg",
            "https://watch.example/-/article/1#r0",
            "https://watch.example/",
        ]

    @pytest.mark.parametrize("supersedes", ["evt_0", "evt_of_a_ruling_in_between", None])
    def test_an_edit_and_its_ruling_are_one_entry(self, supersedes: str | None) -> None:
        digest = json.loads(self.digest(1))
        first = digest["data"]["events"][1]
        first["verdict"] = "unsettled"
        digest["data"]["events"].append(
            first | {"type": "article.ruled", "id": "evt_ruled", "verdict": "unmarked", "supersedes": supersedes}
        )
        digest["data"]["count"] = 3
        assert alert(json.dumps(digest), Style(), 3_000, NOW).title == "Digest: 2 events"
        told = alert(json.dumps(digest), Style(), 3_000, NOW).text
        assert told.count("Artikel 0") == told.count("“30” → “40”") == 1
        assert "Text changed, Stand unchanged" in told
        assert "too early" not in told
        assert "more" not in told, "no edit was left out"

    def test_what_it_tells_first_itself_it_does_not_correct(self) -> None:
        digest = json.loads(self.digest(1))
        first = digest["data"]["events"][1]
        later = {"id": "evt_ruled", "verdict": "announced_late", "supersedes": "evt_0", "replaces": "unmarked"}
        digest["data"]["events"].append(first | later)
        assert "we told before" not in alert(json.dumps(digest), Style(), 3_000, NOW).text
        digest["data"]["events"].pop(1)
        assert "we told before" in alert(json.dumps(digest), Style(), 3_000, NOW).text

    @pytest.mark.parametrize("room", [200, 500, 2_000, 3_000])
    def test_what_does_not_fit_is_counted(self, room: int) -> None:
        told = alert(self.digest(60, more=29), Style(), room, NOW)
        assert len(told.what) + 1 + len(told.text) <= room
        *_, more, link = told.text.splitlines()
        assert link == "https://watch.example/"
        assert more == f"and {90 - told.text.count('•')} more"

    @pytest.mark.parametrize("room", [300, 1_000])
    def test_what_takes_something_back_is_told_before_all_else(self, room: int) -> None:
        digest = json.loads(self.digest(30))
        back = {"type": "article.ruled", **DATA, "id": "evt_back", "verdict": "misread", "supersedes": "evt_earlier"}
        digest["data"]["events"].append(back)
        told = alert(json.dumps(digest), Style(), room, NOW).text
        assert "Taken back, the page had been misread" in told
        assert "Artikel 0" in told or room < 1_000

    def test_one_for_those_who_run_it_says_so_in_its_subject(self) -> None:
        digest = json.loads(sample("digest", "evt_1", "https://watch.example", NOW))
        assert alert(json.dumps(digest), Style("de"), 3_000, NOW).what == "Test: Sammelmeldung: 2 Ereignisse"
        for event in digest["data"]["events"]:
            event["type"] = "operations.disk_low"
        assert alert(json.dumps(digest), Style("de"), 3_000, NOW).what == "Test: Betrieb: Sammelmeldung: 2 Ereignisse"

    def test_what_a_digest_takes_back_itself_is_not_told_as_if_it_stood(self) -> None:
        digest = json.loads(self.digest(2))
        digest["data"]["events"][1]["id"] = "evt_wrong"
        back = {"type": "article.ruled", **DATA, "id": "evt_back", "verdict": "marked", "supersedes": "evt_wrong"}
        digest["data"]["events"].append(back | {"headline": "Artikel 0, wie er heißt"})
        digest["data"]["count"] = 4
        told = alert(json.dumps(digest), Style(), 3_000, NOW).text
        assert [name for name in ("Artikel 0”", "Artikel 0, wie", "Artikel 1”") if name in told] == [
            "Artikel 0, wie", "Artikel 1”",
        ]  # fmt: skip
        assert "more" not in told


class TestHarmless:
    @pytest.mark.parametrize(
        "link", ["", "/-/article/1", "javascript:alert(1)", "https://a.example/|x", "https://a.example/><!channel>",
                 "https://a.example/\n<!here>", "https://a.example/" + "&" * 120]
    )  # fmt: skip
    def test_a_link_that_is_none_is_left_out(self, link: str) -> None:
        assert "<" not in said(link=link)

    @pytest.mark.parametrize("trick", TRICKS)
    @pytest.mark.parametrize(
        "where", [{"headline": "%s"}, {"source": "%s"}, {"excerpt": "%s"}, {"excerpt": "%s {+neu+}"},
                  {"excerpt": "[-%s-]"}, {"excerpt": "[-alt-] {+%s+} da"}], ids=str,
    )  # fmt: skip
    @pytest.mark.parametrize("escaped", [True, False], ids=["slack", "others"])
    def test_nothing_scraped_becomes_active(self, where: dict[str, str], trick: str, escaped: bool) -> None:
        filled = {key: form.replace("%s", trick) for key, form in where.items()}
        told = alert(event(**filled, not_after=None), Style(escaped=escaped), 3_000, NOW)
        link = f"<{DATA['link'].replace('&', '&amp;')}>" if escaped else DATA["link"]
        own = f"{told.what}\n{told.text}".replace(link, "")
        assert not re.search(r"[<>*_~`\\\[\]$]", own)
        assert not re.search(r"&(?!(amp|lt|gt);)" if escaped else r"&[#\w]+;", own)
        assert not re.search(r"@\w|#\w|:\w|://|www\.|\w\.\w", own)
        assert not re.search(r"^\s*(&gt;|[#>+-]|\d)", own, re.MULTILINE)
        assert len(own.splitlines()) == 4
        assert all(char.isprintable() or char in "\n\u2060" for char in own + told.title)

    def test_the_longest_texts_fit(self) -> None:
        for filling in ("&" * 9000, "ä" * 9000, "@" * 9000, "Wort " * 3000, "😀" * 9000):
            text = said(
                headline=filling,
                source=filling,
                excerpt=filling,
                verdict=filling,
                tags=[filling, filling],
                link="https://e.example/" + "x" * 480,
            )
            assert len(text) <= 3000
            assert "…”" in text

    def test_a_cut_never_splits_an_escape(self) -> None:
        assert [harmless("a&b", room) for room in (3, 6, 7)] == ["a…", "a…", "a&amp;b"]
        assert [harmless("Aus. Doch, ja", room) for room in (5, 6, 10)] == ["Aus…", "Aus…", "Aus. Doch…"]

    @given(st.text(), st.integers(1, 80))
    def test_room_is_kept(self, text: str, room: int) -> None:
        assert len(harmless(text, room)) <= room

    def test_readable_where_nothing_needs_care(self) -> None:
        plain = "„Wir bauen“, sagt der Rat – für 40 % mehr; morgen!"
        assert harmless(plain, 200) == plain
        assert harmless("Bundes\u00adtag", 200) == "Bundestag"

    def test_nothing_is_hidden_by_what_it_says_itself(self) -> None:
        assert "|" not in harmless("Der Rat ||verbarg|| es", 200)
