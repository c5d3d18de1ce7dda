"""The demonstration's words on the terminal: happenings and alerts go in, lines and a table come out of the console."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich import box
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from changes.wording import verdict_words

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime, timedelta

    from rich.console import Console

    from schedules.demo.receiver import Alert
    from schedules.demo.report import Report, Scene

# What changes/render.py marks in an excerpt.
_MARK = re.compile(r"\[-(?P<gone>.*?)-\]|\{\+(?P<came>.*?)\+\}", re.S)


class Narrator:
    """Says what happens. Text of pages is data: nothing in it can steer the terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def header(self, newspaper: str, datasette: str, count: int) -> None:
        """What is going on, and where to look."""
        words = Text(
            "A small newspaper has just opened on this machine, and Nachtrag watches it. Within two minutes "
            f"{count} things will happen to it. Every alert is signed, sent to a receiver here, verified and "
            "shown below. Nothing of it leaves this machine.\n\n"
            "The Stand is the time that a German newspaper prints over an article: the text as of then."
        )
        places = Table.grid(padding=(0, 2))
        places.add_row("The newspaper", Text(f"{newspaper}/", "bold cyan"))
        places.add_row("What Nachtrag saw (Datasette)", Text(f"{datasette.rstrip('/')}/", "bold cyan"))
        body = Table.grid()
        for part in (words, "", places):
            body.add_row(part)
        self._console.print()
        self._console.print(
            Panel(body, title="[bold]Nachtrag: a demonstration[/]", border_style="cyan", padding=(1, 2))
        )

    def opening(self, at: datetime, count: int) -> None:
        """Before the first happening."""
        self._console.print()
        self._line(at, Text(f"Nachtrag reads the newspaper’s feed and looks at its {count} articles.", "bold"))

    def discovery(self, alert: Alert, number: int, count: int) -> None:
        """An article was seen for the first time."""
        self._line(alert.received_at, _plain(alert.headline), f"{number}/{count}", "green")

    def title(self, number: int, count: int, title: str) -> None:
        """A happening begins."""
        self._console.print()
        self._console.print(Rule(Text(f"{number} of {count} · {title}", "bold"), align="left", style="dim"))

    def step(self, at: datetime, says: str, headline: str = "") -> None:
        """What the newspaper does, and to which article."""
        self._line(at, Text(says, "bold"))
        if headline:
            self._line(None, Text("“").append_text(_plain(headline)).append("”"), style="dim italic")

    def alert(self, alert: Alert, *, expected: bool, took: timedelta | None) -> None:
        """An alert that was verified."""
        colour = "green" if expected else "red"
        self._line(alert.received_at, Text(verdict_words(alert.verdict), f"bold {colour}"), "✉", colour)
        after = f", {seconds(took)} later" if took is not None and expected else ""
        fine = f"{alert.type}, verdict {alert.verdict}, signature verified{after}"
        self._line(None, _plain(fine), style="dim")
        if alert.type == "article.changed" and alert.stand_before != alert.stand_after:
            self._line(None, _plain(f"{alert.stand_before} → {alert.stand_after}"))
        if alert.excerpt:
            coloured = self._console.color_system is not None
            self._line(None, marked(alert.excerpt) if coloured else _plain(alert.excerpt))
        if not expected:
            self._line(None, Text("Nobody expected that alert.", "red"))

    def silence(self, at: datetime, looks: int) -> None:
        """Nothing was told, as it should be."""
        self._line(at, Text(f"Nachtrag looked {looks} times and told nobody.", "bold green"), "–", "green")

    def trouble(self, at: datetime, what: str) -> None:
        """Something is not as it should be."""
        self._line(at, Text(what, "bold red"), "!", "red")

    def waiting(self, words: str) -> AbstractContextManager[object]:
        """A line that moves while nothing happens; none where the output is no terminal."""
        return self._console.status(Text(words, "dim"), spinner="dots") if self._console.is_terminal else nullcontext()

    def ending(self, report: Report) -> None:
        """All happenings beside each other, and what it comes to."""
        table = Table(box=box.ROUNDED, border_style="dim", expand=True)
        table.add_column("", justify="right", style="dim")
        table.add_column("What happened", ratio=4)
        table.add_column("What Nachtrag said", ratio=5)
        table.add_column("after", justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        for number, scene in enumerate(report.scenes, 1):
            table.add_row(str(number), *_row(scene))
        self._console.print()
        self._console.print(table)
        self._console.print()
        self._console.print(_summary(report))

    def _line(self, at: datetime | None, words: Text, mark: str = "", style: str = "") -> None:
        """A line with the local time and a mark before it; long ones wrap under themselves."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=8, style="dim")
        grid.add_column(width=3, justify="center", style=style)
        grid.add_column(style="" if mark else style)
        grid.add_row(f"{at.astimezone():%H:%M:%S}" if at else "", mark, words)
        self._console.print(grid)


def browse_words(newspaper: str, datasette: str) -> Text:
    """What to say while the demonstration stays open."""
    words = Text("Look around: every version, look and ruling is in Datasette at ")
    words.append(f"{datasette.rstrip('/')}/", "bold cyan").append(", the newspaper is at ")
    return words.append(f"{newspaper}/", "bold cyan").append(". Ctrl-C ends the demonstration.")


def seconds(took: timedelta) -> str:
    """A span as people say it."""
    return f"{took.total_seconds():.1f} s"


def _row(scene: Scene) -> tuple[str | Text, ...]:
    mark = Text("✓", "bold green") if scene.right else Text("✗", "bold red")
    said = scene.said if scene.told or scene.others or not scene.right else "nothing, as it should be"
    return scene.happening.title, said, seconds(scene.took) if scene.took else "–", mark


def _summary(report: Report) -> Text:
    right, count = sum(scene.right for scene in report.scenes), len(report.scenes)
    if report.all_right:
        return Text(f"All {count} were rightly named.", "bold green")
    words = f"{right} of {count} were rightly named."
    if report.discovered != report.to_discover:
        words += f" Only {len(report.discovered)} of {len(report.to_discover)} articles were found."
    if report.strays:
        words += f" Nobody expected {len(report.strays)} of the alerts."
    return Text(words, "bold red")


def marked(excerpt: str) -> Text:
    """An excerpt with the words that went struck out and those that came in green."""
    words, end = Text(), 0
    for match in _MARK.finditer(excerpt):
        words.append_text(_plain(excerpt[end : match.start()]))
        gone, came = match["gone"], match["came"]
        words.append_text(_plain(came, "green") if gone is None else _plain(gone, "red strike"))
        end = match.end()
    return words.append_text(_plain(excerpt[end:]))


def _plain(text: str, style: str = "") -> Text:
    """Text of others: control characters would steer the terminal, so a space stands for each."""
    return Text("".join(char if char.isprintable() else " " for char in text), style)
