"""What stands over the words of readers, in six languages, and how papers ask for them: a text in, what it says out.

None of it is proof by itself: "Kommentare", "Leserbriefe" and "Diskussion" head parts of articles, too.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WHO = (
    r"(?:leser(?:innen und leser|[:*_/-]?innen)?|nutzer(?:[:*_/-]?innen)?|user|community|besucher|readers?(?:['’]s?)?)"
)
_WHAT = (
    r"(?:kommentare?n?|meinung(?:en)?|stimmen?|briefe?|zuschriften|reaktionen|beiträge|post|forum|debatte|diskussion"
    r"|comments?|responses|reactions|opinions|letters|views|discussion)"
)
_SAY = r"(?:sagen|meinen|schreiben|denken|kommentieren|(?:are )?say(?:ing)?|(?:are )?think(?:ing)?|write)"
_LEADING = (
    r"(?:(?:die|unsere|ihre|eure|deine|alle|all|neueste|letzte|aktuelle|weitere|our|your|latest|recent|vos|les)\s+)"
    r"{0,2}"
)
_TOPIC = (
    r"(?:\s+(?:zum|zu|on|about|auf|dieses?|diesem|this)(?:\s+(?:diesem|this))?"
    r"\s+(?:artikel|thema|beitrag|article|story|text))?"
)
_READERS = re.compile(
    rf"\W*{_LEADING}(?:{_WHO}[\s-]?{_WHAT}|(?:(?:stimmen|meinungen|reaktionen|kommentare|zuschriften|briefe|comments"
    rf"|letters|reactions|views)\s+(?:unserer|der|von|from|of|by|aus der)\s+(?:our\s+)?{_WHO}n?)"
    rf"|(?:das|so|was|what)\s+(?:(?:unsere|die|our|the)\s+)?(?:{_SAY}\s+(?:(?:unsere|die|our|the)\s+)?{_WHO}"
    rf"|{_WHO}\s+(?:dazu\s+)?{_SAY})|(?:ihre|eure|deine|your)\s+(?:kommentare|meinungen|zuschriften|reaktionen|stimmen"
    r"|comments|views|letters|reactions|thoughts)|(?:leser)?(?:briefe|zuschriften) (?:und|&) (?:leser)?kommentare"
    r"|(?:leser)?kommentare (?:und|&) (?:leser)?(?:briefe|zuschriften)|letters (?:and|&) comments"
    r"|comments (?:and|&) letters"
    rf"|(?:commentaires|réactions|courrier) des lecteurs|vos (?:commentaires|réactions)|commenti dei lettori"
    rf"|comentarios de (?:los )?lectores|reacties van lezers|lezersreacties){_TOPIC}"
    r"(?:\s*[(\[:]\s*\d{1,6}\s*[)\]]?)?\W*",
    re.I,
)
_PLAIN = re.compile(
    rf"\W*{_LEADING}(?:kommentare|comments|commentaires|comentarios|commenti|reacties|kommentarer|zuschriften"
    r"|letters(?: to the editor)?"
    rf"|kommentarbereich|comment section){_TOPIC}\W*",
    re.I,
)
_ONE = re.compile(
    rf"\W*(?:(?:der|die|das|the)\s+)?(?:(?:best\w{{0,2}}|top|beliebtest\w{{0,2}}|meistgelikt\w{{0,2}}|ausgewählt\w{{0,2}}"
    rf"|hilfreichst\w{{0,2}}|featured|highlighted|selected|most liked|favou?rite)[\s-]+(?:{_WHO}[\s-]?)?"
    rf"(?:kommentare?|comments?|meinung|zuschrift|brief|postings?)(?:\s+unserer\s+{_WHO})?"
    rf"|{_WHO}[\s-]?(?:kommentar|meinung|brief|stimme|zuschrift|comment|letter|posting)"
    rf"|(?:kommentar|comment)\s+(?:aus der|der|von|from|of|by)\s+(?:unserer\s+|the\s+|our\s+|a\s+)?{_WHO})"
    rf"(?:\s+(?:des tages|der woche|of the (?:day|week)))?\W*",
    re.I,
)
# Themes of blogs say so, with the title of the article: 3 thoughts on "…".
_ABOUT = re.compile(
    r"\W*(?:(?:\d{1,5}|eine?|one|une?|una|een)\s+(?:gedanken?|antwort(?:en)?|thoughts?|responses?|reply|replies|réflexions?"
    r"|réponses?|pensamientos?|respuestas?|pensier[oi]|rispost[ae]|gedachten?|reacties?)"
    r"|\d{1,5}\s+(?:kommentare?|comments?|commentaires?|comentarios?|comment[oi]))"
    r"\s+(?:zu|auf|on|to|sur|à|en|a|su|over|op)\s*(?:[„“\"«»‘‚']).+[“”\"«»’‘']\s*",
    re.I,
)
# Those who read are asked; in an interview the person is.
_CALL = re.compile(
    r"\W*(?:(?:und )?was (?:denken|meinen|sagen) sie(?: dazu)?|was (?:denkst|meinst) du(?: dazu)?"
    r"|(?:ihre|deine) meinung(?: ist gefragt)?|wie sehen sie das|diskutier(?:en sie|e|t) mit|mitdiskutieren|mitreden"
    r"|reden sie mit|(?:and )?what do you think|join the (?:conversation|discussion|debate)|have your say"
    r"|(?:et vous, )?qu['’]en pensez[- ]vous|réagissez|participez au débat|¿?qué opina(?:s|n)?|wat vindt u(?: ervan)?"
    r"|praat mee|e voi,? che ne pensate)\W*",
    re.I,
)
# Whatever the talk is called, it counts what was said in it.
_POSTS = re.compile(
    r"\W*(?:debatte|diskussion|forum|talk|gespräch|stimmen|meinungen|leserforum|discussion|debate|débat|conversation"
    r"|opinions|foro|debat)\s*[(\[:·|–-]?\s*(\d{1,6})\s+(?:beitr[aä]ge?|wortmeldung(?:en)?|kommentare?|antwort(?:en)?"
    r"|posts?|comments?|messages?|repl(?:y|ies)|responses?|contributions?|commentaires?|réactions?|comentarios?|reacties?)"
    r"\s*[)\]]?\W*|\W*forum\s*\((\d{1,6})\)\W*",
    re.I,
)
# Over what readers wrote, and over much else.
_WEAK = re.compile(
    r"\W*(?:(?:(?:die|zur|la|the) )?(?:community|debatte|stimmen|reaktionen|talk|feedback|debate|débat|conversation"
    r"|reactions|réactions|reacciones|reazioni|voices)(?:\s*[(\[]\d{1,6}[)\]])?|\d{1,6} (?:stimmen|reaktionen"
    r"|reactions)|beiträge|posts|(?:sort(?:ed)? by|sortier(?:en|t) nach|trier par)\W*(?:(?:most )?(?:newest|oldest"
    r"|latest|recent|best|top|popular|(?:neu|ält|alt|bel?iebt|best|relevant)e?st\w*|beste\w*)(?: first| zuerst)?\W*)+)",
    re.I,
)
# How the paper talks to those who may comment.
_INVITES = (
    "kommenti", "kommentar", "comment", "login", "log in", "signin", "sign in", "anmeld", "registr", "subscri", "abonn",
    "loading", "moderat", "netiquette", "guidelines", "community", "email", "e-mail", "required", "leserbrief",
    "disqus", "discussion thread",
)  # fmt: skip
# One of these is in any heading.
_HINTS = (
    "omment", "omentar", "leser", "reader", "lezers", "lector", "lecteur", "lettori", "react", "réactions", "user",
    "nutzer", "community", "besucher", "zuschrift", "meinung", "views", "letters", "posting", "brief", "reaktionen",
    "stimmen", "thoughts",
)  # fmt: skip
# What one presses to answer a comment, or to complain of it.
_BESIDE = r"(?:gefällt mir|like|teilen|share|antworten|melden|reply|report|(?:vor )?\d{1,3} ?[a-zé]{1,8}\.?(?: ago)?)"
ANSWER = re.compile(
    rf"^\W*(?:{_BESIDE}\s*[·•|]\s*){{0,3}}"
    rf"(?:(?:auf .{{1,40}} )?antworten|reply(?: to .{{1,40}})?|répondre|responder|rispondi|beantwoorden"
    rf"|(?:(?:kommentar|beitrag|comment) )?(?:melden|report))(?:\s*[·•|]\s*{_BESIDE}){{0,3}}\W*$",
    re.I,
)
_UP = r"[▲△▴⬆↑👍♥❤▼▽▾⬇↓👎]\ufe0f?"
LIKED = re.compile(
    r"\W*\d{1,6}\s+(?:likes?|gefällt(?: mir)?|(?:personen|leuten) gefällt das|daumen(?: (?:hoch|runter|nach oben))?"
    r"|(?:up|down)votes?|votes?|points?|punkte?|empfehlung(?:en)?|recommendations?|j['’]aime|me gusta)\W*"
    rf"|(?:{_UP}\s*\d{{1,6}}\W*){{1,2}}|(?:\d{{1,6}}\s*{_UP}\s*){{1,2}}",
    re.I,
)
# Ways to write or to see more; they stand under the comments.
_WAYS = re.compile(
    r"\W*(?:(?:schreiben|verfassen|hinterlassen) sie (?:einen|ihren) kommentar|(?:neuen |einen )?kommentar (?:schreiben"
    r"|verfassen|abgeben|hinzufügen|hinterlassen)|(?:weitere|mehr|alle) (?:leser)?kommentare(?: (?:laden|anzeigen|lesen"
    r"|ansehen))?|(?:write|leave|add|post) (?:a|your) (?:comment|reply)|(?:load|show|view|see) (?:more|all) comments"
    r"|(?:anmelden|einloggen|registrieren),? um (?:mit)?zu ?(?:kommentieren|diskutieren)|mitdiskutieren"
    r"|(?:bitte )?melden sie sich(?: bitte)? an,? um (?:mit)?zu ?(?:kommentieren|diskutieren)"
    r"|(?:zum|um) (?:kommentieren|mitdiskutieren|zu kommentieren),? (?:bitte |müssen sie )?(?:hier )?(?:anmelden"
    r"|einloggen|registrieren|sich anmelden|angemeldet sein)|(?:please |you (?:must|need to|have to) (?:be )?)?"
    r"(?:log|sign|logged|signed)[ -]?in to (?:comment|join|reply|post)|connectez-vous pour (?:commenter|réagir)"
    r"|jetzt kommentieren)\b.{0,30}",
    re.I,
)
_LONGEST, _LONGEST_CALL, _LONGEST_ABOUT = 90, 250, 250


def names_readers(text: str) -> bool:
    """It says that readers speak here, several of them."""
    return _may_head(text) and _READERS.fullmatch(text) is not None


def is_about(text: str) -> bool:
    """It says how many wrote about the article, and repeats its title."""
    return len(text) <= _LONGEST_ABOUT and _ABOUT.fullmatch(text) is not None


def is_weak(text: str) -> bool:
    """Readers may speak under it, if much else says so."""
    return len(text) <= _LONGEST and _WEAK.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """ "Kommentare" and no more."""
    return _may_head(text) and _PLAIN.fullmatch(text) is not None


def names_one(text: str) -> bool:
    """It says that what follows was written by one reader, or by the best of them."""
    return _may_head(text) and _ONE.fullmatch(text) is not None


def calls(text: str) -> bool:
    """It asks those who read for what they think."""
    return len(text) <= _LONGEST and _CALL.fullmatch(text) is not None


def posts_in(text: str) -> int | None:
    """How many said something, as a heading like "Debatte (2 Beiträge)" tells."""
    match = _POSTS.fullmatch(text) if len(text) <= _LONGEST else None
    return int(match[1] or match[2]) if match else None


def leads_to_writing(text: str) -> bool:
    """To where one can write a comment, or see more of them."""
    return len(text) <= _LONGEST and _WAYS.fullmatch(text) is not None


def invites(text: str) -> bool:
    """It may be the paper that speaks, to those who may comment."""
    if len(text) > _LONGEST_CALL:
        return False
    said = text.lower()
    return any(map(said.__contains__, _INVITES))


def speaks_of_readers(text: str) -> bool:
    """Of one of them or of several."""
    return _may_head(text) and (_ONE.fullmatch(text) or _READERS.fullmatch(text)) is not None


@lru_cache(maxsize=512)  # several ask this of each line of a page, one after another
def _may_head(text: str) -> bool:
    """A quick look, as most lines are none. To look for one word at a time takes a tenth of what a pattern does."""
    if len(text) > _LONGEST:
        return False
    said = text.lower()
    return any(map(said.__contains__, _HINTS))
