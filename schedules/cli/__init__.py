"""The command line. A verb's module is imported when the verb is used: `nachtrag --help` stays light."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

import click

# verb → (module beside this file, one line for --help); the order is that of --help.
VERBS = {
    "run": ("running", "Run the daemon (with --once: one pass, then exit)."),
    "demo": ("demo", "Watch an invented newspaper live through nine happenings."),
    "look": ("looking", "Read pages and say what is on them; stores nothing."),
    "compare": ("comparing", "Compare two saved pages, sentence by sentence."),
    "check-site": ("sites", "Check a profile of a site against saved pages."),
    "events": ("telling", "Print all events, oldest first."),
    "status": ("telling", "Say what is watched and what is failing."),
    "why": ("why", "Say when an article is looked at again, and why then."),
    "history": ("telling", "Print the versions of one article."),
    "page": ("evidence", "Write the raw page of a revision to stdout."),
    "add": ("adding", "Follow articles that no feed names; find the feeds of a site."),
    "pause": ("curating", "Pause a source or an article."),
    "resume": ("curating", "Resume a source or an article."),
    "remove": ("curating", "Stop following a source or an article; the history stays."),
    "reread": ("rereading", "Read the kept pages again, after a profile or the reader changed."),
    "rejudge": ("rejudging", "Rule on all edits again, from the evidence that is kept."),
    "note": ("curating", "Put a remark beside a revision."),
    "reply": ("replying", "Attach an outlet's reply to what is said of a revision."),
    "withdraw-reply": ("replying", "Say that a reply is withdrawn; it is shown as that."),
    "takedown": ("forgetting", "Erase the words of an article; hashes, times and rulings stay."),
    "forget-comments": ("forgetting", "Erase what readers wrote, where a source had it kept."),
    "test-endpoint": ("alerting", "Send a sample to an endpoint, and say what became of it."),
    "redeliver": ("alerting", "Send again what was given up, or delivered already."),
    "doctor": ("doctoring", "Say whether all is well, and what to do where it is not."),
    "check-config": ("checking", "Check the configuration and say every fault."),
    "browse": ("checking", "Browse the database without the daemon."),
    "verify": ("keeping", "Check the database and walk its hash chains."),
    "vacuum": ("vacuuming", "Erase raw pages that are no longer kept, and give room back."),
    "upgrade": ("keeping", "Bring a database of an earlier version to this one."),
    "backup": ("keeping", "Copy the database into a file, while it runs."),
}


class Verbs(click.Group):
    """Finds a verb in its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """All verbs, in the order of `VERBS`."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's
        """The verb, or None if there is none of that name."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"schedules.cli.{VERBS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's
        """The list of verbs, without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("nachtrag"), "--version", message="Nachtrag %(version)s")
def main() -> None:
    """Nachtrag watches news articles after publication: what was changed, when, and does the page admit it."""
