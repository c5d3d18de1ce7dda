"""config.toml: the shipped file is sound, and every fault is said at once with its key."""

from __future__ import annotations

import os
import tomllib
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from schedules.alert import Style
from schedules.cli import main
from schedules.config import ConfigError, Host, load
from schedules.values import span

ROOT = Path(__file__).parent.parent
FAULTS = tomllib.loads((Path(__file__).parent / "data/config/faults.toml").read_text("utf-8"))["faults"]


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_file_follows_two_outlets_and_tells_nobody() -> None:
    config = load(ROOT / "config.toml")
    assert [source.name for source in config.sources] == ["tagesschau", "netzpolitik.org"]
    assert config.endpoints == ()
    assert config.fetch.allow_private == ()
    assert config.judge.settle == timedelta(hours=1)
    assert config.database == ROOT / "nachtrag.db"


def test_an_empty_file_is_valid_and_paths_are_relative_to_it(tmp_path: Path) -> None:
    config = load(written(tmp_path, ""))
    assert config.sources == ()
    assert config.database == tmp_path / "nachtrag.db"
    assert config.web.base_url == "http://127.0.0.1:8001"


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_a_fault_names_file_key_and_what_is_expected(fault: dict[str, object], tmp_path: Path) -> None:
    path = written(tmp_path, str(fault["toml"]))
    with pytest.raises(ConfigError) as raised:
        load(path)
    said = str(raised.value)
    assert said.startswith(str(path))
    for words in fault["says"]:
        assert words in said


SOURCE = '[[sources]]\nname = "a"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"a = {'[' * 5_000}", "too many tables or lists inside each other"),
        (f"a = {'{a = ' * 3_000}", "too many tables or lists inside each other"),
        (f"a = {'9' * 5_000}", "is not TOML: "),
        (f"[fetch]\nper_host = 0x{'f' * 5_000}", "fetch.per_host: found a number without end: "),
        ("[[sources]]\nname = []", "sources[1].name: found []: expected text"),
        ('[[endpoints]]\nname = "a"\nsources = [[]]', "endpoints[1].sources[1]: found []: expected text"),
        ('database = "a\\u0000b"', "database: found 'a\\x00b': expected the path of a file"),
        (f'database = "{"a" * 300}"', "expected the path of a file"),
        (SOURCE + 'opml = "a\\u0000b"', "sources[1].opml: found 'a\\x00b': cannot be read"),
        (SOURCE + f'list = "{"a" * 5_000}"', "sources[1].list: found 'aaa"),
        (f'[read]\nsites = "{"a" * 5_000}"', "read.sites: "),
        ('[web]\nlisten = "a b:80"', "web.listen: found 'a b:80': expected an address and a port"),
        ('"a\\nb\\u001b" = 1', ": a b : there is no such key"),
    ],
)
def test_what_nobody_writes_is_said_like_any_other_fault(text: str, says: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as raised:
        load(path)
    lines = str(raised.value).splitlines()
    assert any(says in line for line in lines)
    assert all(line.startswith(f"{path}: ") and len(line) <= 1_001 for line in lines)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, 'databse = "x"\n[fetch]\ngap = "fast"\nper_host = 0\n[[sources]]\nname = "a"\n[web]\nlisten = 8001\n'
    )
    with pytest.raises(ConfigError) as raised:
        load(path)
    keys = [line.split(": ")[1] for line in str(raised.value).splitlines()]
    assert sorted(keys) == ["databse", "fetch.gap", "fetch.per_host", "sources[1].feed", "web.listen"]


def test_the_command_exits_with_2_and_starts_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "[fetch]\ngap = 2\n")
    for verb in (["run", "--once"], ["check-config"], ["events", "--json"]):
        result = CliRunner().invoke(main, [*verb, "--config", str(path)])
        assert result.exit_code == 2
        assert "fetch.gap: found 2: expected a span of time" in result.output
    assert not (tmp_path / "nachtrag.db").exists()


@pytest.mark.parametrize("mark", ["#", "?", "%"])
def test_a_database_that_datasette_would_not_find_is_a_fault(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / f"Recherche {mark}1"
    folder.mkdir()
    with pytest.raises(ConfigError) as raised:
        load(written(folder, ""))
    assert f"database: {folder}/nachtrag.db: with '{mark}' in its path Datasette opens another file" in str(
        raised.value
    )


def test_a_database_in_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, 'database = "missing/n.db"\n')
    result = CliRunner().invoke(main, ["check-config", "--config", str(path)])
    assert result.exit_code == 2
    assert f"database: there is no folder {tmp_path}/missing" in result.output


def test_a_host_that_no_source_has_is_a_doubt_and_no_fault(tmp_path: Path) -> None:
    source = '[[sources]]\nname = "a"\nfeed = "https://www.a.example/f"\n'
    hosts = "".join(f'[[hosts]]\nname = "{name}"\ngap = "3s"\n' for name in ("www.a.example", "a.example"))
    result = CliRunner().invoke(main, ["check-config", "--config", str(written(tmp_path, source + hosts))])
    assert result.exit_code == 0
    assert result.stderr.count("warning") == 1
    assert "warning: hosts[2].name: no source is at 'a.example'; it holds for articles there only" in result.stderr
    assert "1 source, 0 endpoints, no faults" in result.stdout


def test_a_secret_comes_from_the_environment_and_is_never_shown(tmp_path: Path) -> None:
    url = "https://hooks.example/x?token=1"
    text = f'[[endpoints]]\nname = "desk"\nurl = "{url}"\nsecret_env = "NACHTRAG_TEST_SECRET"\n'
    os.environ["NACHTRAG_TEST_SECRET"] = "whsec_" + "c2VjcmV0" * 6
    try:
        (endpoint,) = load(written(tmp_path, text)).endpoints
        assert endpoint.secrets == (b"secret" * 6,)
        assert endpoint.shown_url == "https://hooks.example/x"
        assert "c2VjcmV0" not in repr(endpoint)
    finally:
        del os.environ["NACHTRAG_TEST_SECRET"]
    with pytest.raises(ConfigError, match="NACHTRAG_TEST_SECRET"):
        load(written(tmp_path, text))
    both = text.replace('"NACHTRAG_TEST_SECRET"', '["PATH", "NACHTRAG_TEST_OLD"]')
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, both))
    assert "secret_env: the environment variable NACHTRAG_TEST_OLD is not set" in str(raised.value)
    assert "secret_env: the environment variable PATH is not set rightly" in str(raised.value)
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, text.replace("https://hooks", "https://user:geheim@hooks")))
    assert "as it may be a secret: expected a complete web address" in str(raised.value)
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        '[[endpoints]]\nname = "a"\nurl = "https://a.example"\nsecret = "whsec_GEHEIM"\n',
        '[[endpoints]]\nname = "a"\nurl = "https://a.example"\npassword = "GEHEIM"\n',
        '[[endpoints]]\nname = "a"\nurl = "https://a.example"\nsecret_env = "whsec_GEHEIM=="\n',
        '[[endpoints]]\nname = "a"\nurl = "https://a.example"\nsecret_env = ["OLD", "whsec_GEHEIM"]\n',
        '[[endpoints]]\nname = "a"\nkind = "https://hooks.example/GEHEIM"\n',
        'endpoints = ["https://hooks.example/GEHEIM"]\n',
        'desk_url = "https://hooks.example/GEHEIM"\n',
        '[[endpoints]]\nname = "a"\nurl = "https://a.example"\nsecret_env = ["A", "GEHEIM+/="]\n',
        '[[endpoints]]\nname = "a"\nkind = "slack"\nurl_env = "https://hooks.example/GEHEIM"\n',
        '[[endpoints]]\nname = "a"\nkind = "slack"\nurl = "https://a.example"\nsecret_env = "whsec_GEHEIM"\n',
        '[[endpoints]]\nname = ["whsec_GEHEIM"]\n',
        '[[endpoints]]\nname = "a"\nkind = "slack"\nurl_env = ["https://hooks.example/GEHEIM"]\n',
        '[[sources]]\nname = "a"\nfeed = "https://me:GEHEIM@a.example/feed"\n',
        '[web]\nwebsub_secret_env = "whsec_GEHEIM="\n[[sources]]\nname = "a"\nfeed = "https://a.de/"\nwebsub = true\n',
        '[web]\nwebsub_secret = "GEHEIM"\n',
    ],
)
@pytest.mark.parametrize("secrets", [True, False])
def test_a_secret_at_the_wrong_place_is_not_shown(tmp_path: Path, text: str, *, secrets: bool) -> None:
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, text), secrets=secrets)
    assert "GEHEIM" not in str(raised.value)


def test_a_chat_channel_needs_no_secret_and_its_path_is_one(tmp_path: Path) -> None:
    text = '[[endpoints]]\nname = "room"\nkind = "slack"\nurl = "https://hooks.example/services/T0/B0/xyz"\n'
    (endpoint,) = load(written(tmp_path, text)).endpoints
    assert (endpoint.secrets, endpoint.shown_url) == ((), "https://hooks.example")


def test_a_chat_is_told_in_its_language_by_its_clock(tmp_path: Path) -> None:
    text = '[[endpoints]]\nname = "room"\nkind = "slack"\nurl = "https://hooks.example/T0"\nlanguage = "de"\n'
    (endpoint,) = load(written(tmp_path, text + 'zone = "Europe/Berlin"\n')).endpoints
    assert endpoint.target.style == Style("de", ZoneInfo("Europe/Berlin"))
    (endpoint,) = load(written(tmp_path, text)).endpoints
    assert endpoint.target.style == Style("de")
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, text.replace('"de"', '"fr"') + "zone = 1\n"))
    said = str(raised.value)
    assert "endpoints[1].language: found 'fr': input should be 'en' or 'de'" in said
    assert "endpoints[1].zone: found 1: there is no zone '1'; expected one such as \"Europe/Berlin\"" in said


def test_an_address_may_stand_in_the_environment_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NACHTRAG_TEST_URL", "https://hooks.example/services/s3cr3t")
    text = '[[endpoints]]\nname = "room"\nkind = "slack"\nurl_env = "NACHTRAG_TEST_URL"\n'
    (endpoint,) = load(written(tmp_path, text)).endpoints
    assert (endpoint.target.url, endpoint.shown_url) == (
        "https://hooks.example/services/s3cr3t",
        "https://hooks.example",
    )
    monkeypatch.setenv("NACHTRAG_TEST_URL", "mailtos://watch:s3cr3t@mail.example?to=desk@example.org")
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, text))
    assert "url_env: the environment variable NACHTRAG_TEST_URL is not set rightly: expected a complete" in str(
        raised.value
    )
    (endpoint,) = load(written(tmp_path, text.replace("slack", "apprise"))).endpoints
    assert endpoint.target.url.startswith("mailtos:")
    assert (endpoint.shown_url, endpoint.known_by) == ("$NACHTRAG_TEST_URL", "$NACHTRAG_TEST_URL")
    assert "s3cr3t" not in f"{raised.value} {endpoint!r} {endpoint.target!r}"


def test_an_address_that_apprise_does_not_know_is_a_fault_and_not_shown(tmp_path: Path) -> None:
    endpoint = '[[endpoints]]\nname = "{0}"\nkind = "apprise"\nurl_env = "NACHTRAG_TEST_{0}"\n'
    path = written(tmp_path, endpoint.format("A") + endpoint.format("B"))
    given = {"NACHTRAG_TEST_A": "ntfy://s3cr3t", "NACHTRAG_TEST_B": "nfty://s3cr3t"}
    result = CliRunner().invoke(main, ["check-config", "--config", str(path)], env=given)
    assert result.exit_code == 2
    assert "endpoints[2].url_env: the environment variable NACHTRAG_TEST_B is not set rightly: Apprise" in result.stderr
    assert "endpoints[1]" not in result.stderr
    assert "s3cr3t" not in result.output


def test_what_is_not_planned_has_no_budget(tmp_path: Path) -> None:
    assert load(written(tmp_path, "[budget]\nby_age = true\n")).budget.for_planner is None
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, '[budget]\nby_age = true\nper_day = "many"\n[judge]\nlooks = "x"\n'))
    assert "budget: with `by_age` nothing is planned: leave the other keys away" in str(raised.value)
    assert all(f"{key}: found" in str(raised.value) for key in ("budget.per_day", "judge.looks"))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0s", 0), ("500ms", 0.5), ("90s", 90), ("1h 30m", 5400), ("1.5h", 5400), ("2d", 172800)],
)
def test_spans(text: str, seconds: float) -> None:
    assert span(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "5", "5 minutes", "-5m", "m", None, 5])
def test_no_spans(text: object) -> None:
    with pytest.raises(ValueError, match="span of time"):
        span(text)


def test_every_key_is_documented() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    config = load(ROOT / "config.toml")
    of_tables = {"fetch", "read", "judge", "budget", "history", "web", "watch", "log", "sources", "endpoints", "hosts"}
    sections = [getattr(config, name) for name in sorted(of_tables - {"sources", "endpoints", "hosts"})]
    for section in (config, *sections, config.sources[0], Host(name="a.example")):
        for key in type(section).model_fields.keys() - of_tables:
            assert f"`{key}`" in page, key


def test_each_feed_of_an_opml_file_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_bytes((ROOT / "tests/data/sources/feeds.opml").read_bytes())
    (tmp_path / "liste.txt").write_text("https://a.example/1\n", "utf-8")
    config = load(
        written(
            tmp_path,
            '[[sources]]\nname = "meine"\nopml = "feeds.opml"\nevery = "1h"\n'
            '[[sources]]\nname = "Akte"\nlist = "liste.txt"\n',
        )
    )
    assert [(source.name, source.kind, source.address) for source in config.sources] == [
        ("Tagesbote & Umland", "feed", "https://tagesbote.example/feed.xml"),
        ("Alle Meldungen (wochenblatt.example)", "feed", "https://wochenblatt.example/alle.xml"),
        ("Alle Meldungen (abendpost.example)", "feed", "https://abendpost.example/alle.xml?a=1&b=2"),
        ("ohne-namen.example", "feed", "https://ohne-namen.example/feed"),
        ("Akte", "list", str(tmp_path / "liste.txt")),
    ]
    assert {source.every for source in config.sources[:4]} == {timedelta(hours=1)}


def test_faults_of_an_opml_file_are_those_of_the_configuration(tmp_path: Path) -> None:
    outlines = '<outline text="Bote" xmlUrl="https://a.example/f"/><outline text="Kurs" xmlUrl="feed:kurs"/>'
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>", "utf-8")
    (tmp_path / "other.opml").write_text("<rss/>", "utf-8")
    text = '[[sources]]\nname = "m"\nopml = "feeds.opml"\n[[sources]]\nname = "Bote"\nfeed = "https://b.example/f"\n'
    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, text + '[[sources]]\nname = "o"\nopml = "other.opml"\nevery = "nie"\n'))
    said = str(raised.value)
    assert "sources[1].opml: found 'feeds.opml': the name 'Bote' is that of another source; change its title" in said
    assert "sources[1].opml: found 'feeds.opml': 'Kurs' has 'feed:kurs': expected a complete web address" in said
    assert "other.opml: its root is <rss>; expected OPML" in said
    assert "sources[3].every: found 'nie'" in said
    assert len(said.splitlines()) == 4


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbfdatabase = "x.db"\n')
    assert load(path).database == tmp_path / "x.db"
