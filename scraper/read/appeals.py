"""Small boxes among the paragraphs that ask the reader for something: to vote, pay, sign up, allow, listen, click.

What they say first is often a sentence like any other; a button, a form or another line gives them away. An `Outline`
with its roles comes in, boxes go out.
"""

from __future__ import annotations

import re
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from scraper.read.extras import BULK, Small, largest, name_of, only_tells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.read.outline import Box, Line, Outline
    from scraper.read.roles import Role

_LONGEST_CALL, _LONGEST_LINE, _RUNNING, _NO_BOX = 45, 320, 3, frozenset(("li", "td", "th", "dt", "dd"))
_LITTLE = 2 / 3
_WHOLE_LINK, _LONGEST_WAY, _QUOTED = 0.9, 30, "\"„“”«»‚‘'"
# What is written on a button, or is a link and a line of its own, in one box with what it is about.
_ADVERB = r"(?:jetzt|hier|gleich|kostenlos|gratis|alle[ns]?|und|mehr|kein\w*)"
_THING = (
    r"(?:inhalte?|newsletter|app|podcast|video|audio|abo|konto|mitglied|feedback|fehler|artikel|ergebnis(?:se)?"
    r"|einstellungen)"
)
_DO = (
    r"abonnieren|abspielen|ablehnen|abschließen|abstimmen|anmelden|anhören|anzeigen|ansehen|anschauen|bestellen|herunterladen",
    r"laden|testen|spenden|kaufen|akzeptieren|zustimmen|einloggen|registrieren|unterstützen|mitmachen|erfahren|geben|lesen",
    r"weiterlesen|teilnehmen|werden|absenden|abschicken",
)
_CALLS = (
    rf"(?:(?:{_ADVERB}|{_THING}) )*(?:{'|'.join(_DO)})|ja|nein",
    r"(?:akzeptieren|zustimmen) und \w+(?: \w+)?",
    r"(?:(?:app ?store|google play|spotify|apple podcasts?|deezer|rss)\W*)+",
    r"(?:start|begin) (?:your )?(?:free )?(?:trial|subscription)|become a (?:member|subscriber)",
    r"dev(?:enir|enez) membre",
    r"(?:word|lid worden|word lid|bekijk (?:de|het|onze) \w+)(?: \w+){0,2}|full forecast",
    r"ja, (?:ich|wir)(?: \w+){1,4}",
    r"zu[rm] (?:artikel|beitrag|podcast|newsletter|umfrage|vorhersage|wetter|angebot|shop|abo|folge)\w*",
    r"yes|no|vote(?: now)?|(?:accept|allow)(?: all)?(?: cookies)?|load(?: now| content)?|log ?in",
    r"sign (?:in|up)(?: (?:here|now))?|subscribe(?: now)?|download(?: now| the app)?|get the app|donate(?: now)?",
    r"contribute|support us|learn more|read more|read the (?:full )?(?:story|article)|listen(?: now)?|play|buy now",
    r"shop now|give feedback|send(?: feedback)?|submit|envoyer|enviar|invia|verzenden|verstuur",
    r"(?:je m['’]inscris|s['’]inscrire|s['’]abonner|je m['’]abonne)(?: [\w'’]+){0,2}",
    r"(?:abonnez-vous|inscrivez-vous|j['’]accepte|(?:tout )?accepter|je fais un don)(?: [\w'’]+){0,2}",
    r"(?:faire un don|télécharger|en savoir plus|lire (?:la suite|l['’]article)|connectez-vous)(?: [\w'’]+){0,2}",
    r"(?:se connecter|écouter|voter|oui|non)(?: [\w'’]+){0,2}",
    r"(?:sí|apúntate|suscr[íi]bete|suscribirme|aceptar|descargar?)(?: [\w'’]+){0,2}",
    r"(?:donar?|hazte (?:socio|suscriptor)|inicia(?:r)? sesión)(?: [\w'’]+){0,2}",
    r"(?:leer (?:más|la noticia)|saber más|votar|escuchar)(?: [\w'’]+){0,2}",
    r"(?:sì|iscriviti|abbonati|accett[ao]|scarica|dona)(?: [\w'’]+){0,2}",
    r"(?:sostienici|accedi|leggi (?:tutto|di più|l['’]articolo)|scopri di più|vota|ascolta)(?: [\w'’]+){0,2}",
    r"(?:inschrijven|schrijf je in|abonneer(?: je)?|accepteren|doneer)(?: [\w'’]+){0,2}",
    r"(?:steun ons|inloggen|lees (?:meer|verder)|meer (?:info(?:rmatie)?|lezen)|stem|luister)(?: [\w'’]+){0,2}",
)
_CALL = re.compile(rf"\W*(?:{'|'.join(_CALLS)})\W*", re.I)
# What one can do with the whole article.
_TOOL = re.compile(
    r"\W*(?:(?:jetzt |artikel )*(?:an|vor|ab)(?:hören|lesen|spielen)|listen|play|écouter|escuchar|ascolta|luister)\b",
    re.I,
)
# A whole line, or its beginning, that no article has: each is said to whoever reads, about what is in the box.
_COUNT = r"\d[\d.,\u00a0\u202f ]*"
_MOST_ANSWERS = 12
_VOTES = re.compile(
    rf"\W*{_COUNT}(?:stimmen|teilnehm\w+|votes?|votants?|votos|voti|stemmen)(?: (?:abgegeben|cast))?\W*", re.I
)
_SHARE = re.compile(r"[^.!?]{1,60}?\W*\d{1,3}(?:[.,]\d)? ?(?:%|prozent|percent)\W*", re.I)
_WE = r"(?:wir|we|nous|noi|wij|nosotros)"
_EVERY = r"(?:pro|im|per|a|par|al|por)"
_READERS = r"(?:leser|nutzer|user|personen)\w*"
_MADE = (
    r"(?:erstellt|generiert|zusammengefasst|created|generated|written|généré|generad[oa]|generat[oa]|gemaakt"
    r"|gegenereerd)"
)
_SUMMARY = r"(?:zusammenfassung|summary|résumé|resumen|riassunto|samenvatting)"
_MACHINE = r"(?:ki|ai|ia|intelligen[zc]\w*|inteligencia|intelligenza)"
_BY = r"(?:mit|von(?: der)?|durch|per|by|with|using|par|avec|con|met|door)"
_GIST = r"(?:das wichtigste|kurz (?:zusammen)?gefasst|in kürze|key points|l['’]essentiel|las claves|in breve|kort)"
_OPENINGS = (
    rf"(?:\w+[ -]){{0,3}}{_SUMMARY}\b(?: \w+){{0,5}} {_MACHINE}\b|{_MACHINE}[ -]{_SUMMARY}\b",
    rf"(?:automatisch |maschinell )?{_MADE} (?:\w+ ){{1,3}}{_MACHINE}\b|{_MACHINE}[ -]{_MADE}\W*$",
    rf"[^.:!?]{{3,40}}[,:(–-] ?{_MADE} (?:\w+ ){{1,3}}{_MACHINE}\W*$|[^.:!?]{{3,40}} \({_MACHINE}[ -]{_MADE}\)\W*$",
    rf"(?:[^.:!?]{{3,40}}[,:(–-] ?)?{_BY} {_MACHINE} {_MADE}\W*$",
    rf"{_MACHINE}[ -]{_MADE}[,.;:–-] ?(?:kann|may|can|peut|pued|può|kan)",
    rf"{_GIST}[^.:!?]{{0,20}} {_BY} {_MACHINE}\W*$",
    rf"dieser text wurde (?:automatisch|maschinell|{_BY} {_MACHINE}) {_MADE}\W*$",
    rf"(?:es haben )?(?:bereits |schon |bisher )?{_COUNT}{_READERS} (?:haben )?(?:bereits |schon )?abgestimmt",
    rf"{_COUNT}(?:votes?|votants?|votos|voti|stemmen)(?: so far)?\W*(?:$|this is not a scientific)",
    r"diese (?:zusammenfassung|audio\w+) wurde\b.{0,60}(?:künstlich|\bki\b|maschinell|automatisch)",
    r"(?:this|the) (?:ai )?(?:summary|audio(?: version)?) (?:was|is|has been) (?:auto|ai[- ]|generated|created)",
    r"(?:ce résumé|cette version audio) (?:a été|est) (?:généré|créé|rédigé)",
    r"este (?:resumen|audio) (?:ha sido|fue|está) (?:generado|creado|hecho)",
    r"quest[oa] (?:riassunto|sintesi|audio) è stat[oa] (?:generat|creat)",
    r"deze (?:samenvatting|audioversie) is (?:automatisch |met ai )?(?:gemaakt|gegenereerd)",
    r"(?:sie sind |du bist )?(?:bereits|schon) (?:abonnent\w*|registriert|kund\w+|mitglied|ein abo)\W*\?",
    r"sie haben (?:bereits|schon) ein (?:abo|konto)|sie möchten diesen artikel lesen",
    r"already (?:a |have a )?(?:subscri\w+|member|account)\W*\?|subscribe to (?:continue|keep) reading",
    r"(?:vous êtes )?déjà abonné|il vous reste \d+ ?% de cet article|la suite (?:de cet article )?est réservée",
    r"¿ya eres (?:suscriptor|socio)|suscríbete para (?:seguir|continuar)|este contenido es exclusivo",
    r"sei già abbonato|questo contenuto è riservato|(?:ben je )?al abonnee\W*\?",
    r"mit (?:der|ihrer|deiner) (?:anmeldung|registrierung|bestellung) (?:stimm|akzeptier|erklär)",
    r"by (?:signing up|subscribing|showing|loading|clicking|registering)\b.{0,60}you (?:agree|accept)",
    r"en (?:vous inscrivant|cliquant)\b.{0,60}(?:vous accept|seront déposés)",
    r"al (?:registrarte|suscribirte|inscribirte),? acept",
    r"(?:iscrivendoti|registrandoti)\b.{0,20}accetti|door je (?:in te schrijven|aan te melden)",
    r"(?:hier (?:sehen|finden) sie|hier befindet sich) (?:\w+ )?(?:externe\w* )?inhalte? (?:von|aus) ",
    r"(?:mit (?:einem|dem)|durch) klick auf .{0,60}(?:stimm|willig|akzeptier)",
    r"um diesen inhalt (?:anzuzeigen|zu sehen|anzusehen)",
    r"dieser inhalt (?:kann nicht|wird nicht) (?:angezeigt|geladen)",
    r"this content is (?:hosted|provided|not available)|to (?:view|see|display) this content",
    r"ce contenu (?:est bloqué|n['’]est pas|a été bloqué)|para (?:ver|visualizar) este contenido",
    r"per (?:vedere|visualizzare) questo contenuto",
    r"deze inhoud (?:kan niet|wordt niet) (?:worden )?(?:getoond|weergegeven|geladen)",
    r"om deze inhoud te (?:zien|bekijken)",
    rf"{_WE} (?:und|and|et|e|en|y) (?:unsere|our|nos|i nostri|onze|nuestros) (?:{_COUNT})?part[en]",
    rf"avec votre accord, (?:nous|nos) |(?:nous et )?nos (?:{_COUNT})?partenaires et nous",
    r"(?:dieser|unser|jeder)\w* (?:artikel|beitrag|text|journalismus) (?:ist|bleibt) (?:für alle )?(?:frei|kostenlos)",
    r"mit (?:ihrer|deiner) (?:spende|unterstützung) |votre (?:don|soutien) (?:nous )?(?:permet|aide)",
    r"tu (?:donación|aportación|apoyo) ",
    r"we (?:rely|depend) on (?:readers|people|donations)",
    r"your (?:donation|contribution|support) (?:helps|makes|allows|keeps|will help) ",
    r"la tua donazione |(?:jouw|uw) (?:donatie|steun) ",
    r"haben sie (?:einen|diesen) fehler (?:ge|ent)|war dieser (?:artikel|beitrag|text) (?:hilfreich|interessant)",
    r"(?:alle )?(?:kurse|angaben) (?:um )?(?:mindestens )?(?:\d+ (?:min\.?|minuten) )?(?:zeit)?verzögert",
    r"(?:all )?(?:quotes|prices|data) (?:are )?delayed\b",
    r"wie (?:gefällt|gefiel|fanden|finden|hilfreich|bewerten) (?:\w+ ){0,2}diese[rn] (?:artikel|beitrag|text)",
    r"(?:wir|hier) benötigen (?:wir )?(?:ihre|deine) (?:zustimmung|einwilligung)|ich bin damit einverstanden",
    r"(?:dieser|der) (?:artikel|inhalt|text) ist (?:nur|exklusiv) für (?:abonn|mitglied|plus)",
    r"(?:cet article|ce contenu) est réservé|(?:este artículo|esta noticia) es (?:exclusiv|solo)",
    r"(?:questo articolo|contenuto) (?:è )?(?:riservato|esclusivo)|dit artikel is (?:alleen|exclusief)",
    r"this (?:article|story|content) is (?:for|only|exclusive|available) (?:\w+ ){0,3}(?:subscribers|members)",
    r"(?:you['’]ve|you have) (?:reached|used) (?:your|all)\b.{0,20}(?:limit|free)",
    r"(?:hören sie sich|écouter|listen to|escuchar) (?:den|cet|this|est[ea]|l['’]) ?\w+",
    r"(?:ascolta|luister naar) (?:quest[oa]|dit|l['’]) ?\w+",
    r"vorlesen(?=\W*(?:\d|$))",
    rf"(?:nur|für|ab|only|for|seulement|desde|vanaf) (?:[€$£])? ?{_COUNT}(?:€|euros?|chf)? {_EVERY} (?:mo|mes|maand|w)",
    r"(?:bitte )?aktivieren sie javascript|please enable javascript|(?:activez|habilita|abilita|schakel) javascript",
    r"fehler (?:gefunden|entdeckt)\?",
    r"was this (?:article|story|page) (?:helpful|useful|interesting)|(?:spotted|see|found) (?:an error|a mistake)",
    r"cet article vous a(?:-t-il)? ",
    r"vous avez (?:repéré|trouvé) une erreur|¿te ha (?:resultado|parecido) |¿has encontrado (?:un|algún) error",
    r"(?:recevez|recibe|recibirás|ricevi|ontvang) (?:\w+ ){0,4}(?:dans votre|en tu|nella tua)",
    r"(?:recevez|recibe|recibirás|ricevi|ontvang) (?:\w+ ){0,4}(?:in je|directement|directamente|gratis)",
)
_OPENING = re.compile(rf"\W*(?:{'|'.join(_OPENINGS)})")  # in lower case
# These may stand anywhere on a line; each comes with a part of it that is quickly looked for, in lower case.
_ANYWHERE = (
    ("postfach", r"\b(?:ihr|dein)(?:em|en)? (?:e-?mail-)?postfach\b"),
    ("boîte", r"\bdans votre boîte (?:mail|e-?mail|aux lettres|de réception)\b"),
    ("correo", r"\ben tu (?:correo|bandeja|buzón)\b"),
    ("casella", r"\bnella tua casella\b"),
    ("je mailbox", r"\bin (?:je|jouw|uw) (?:mailbox|inbox)\b"),
    ("je inbox", r"\bin (?:je|jouw|uw) (?:mailbox|inbox)\b"),
    ("ihrem handy", r"\bauf (?:ihrem|deinem) (?:handy|smartphone)\b"),
    ("your phone", r"\b(?:to|on) your phone\b"),
    ("kündbar", r"\b(?:jederzeit|monatlich) kündbar\b"),
    ("any time", r"\bcancel any ?time\b"),
    ("anytime", r"\bcancel any ?time\b"),
    ("sans engagement", r"\bsans engagement\W*$"),
    ("opzegbaar", r"\bopzegbaar\W*$"),
)
_PARTS = tuple(part for part, _ in _ANYWHERE)
_GIVEN_AWAY = tuple((part, re.compile(pattern)) for part, pattern in _ANYWHERE)


def appeals(page: Outline, found: dict[int, Role], headline: Box | None) -> Iterator[Box]:
    """None where they are much of the text: what every entry of a live blog has says nothing."""
    telling = [*_asking(page, found), *_polls(page, found), *(line for line in page.lines if _gives_away(line, found))]
    if not telling:
        return
    whole = sum(len(line.text) for line in page.lines if line.running and not found[id(line.box)])
    parts = _parts_of_text(page, {line.at for line in telling})
    small = Small(headline, BULK * whole, _RUNNING, parts)
    boxes = [
        box
        for line in telling
        if (box := largest(page, line, small, begun=False)) is not None and _counts(page, found, small, line, box)
    ]
    inside = {at for box in boxes for at in range(box.first, box.last)}
    said = sum(
        len(page.lines[at].text) for at in inside if page.lines[at].running and not found[id(page.lines[at].box)]
    )
    if said <= BULK * whole:
        yield from boxes


def _counts(page: Outline, found: dict[int, Role], small: Small, line: Line, box: Box) -> bool:
    """A way elsewhere ends its box; and what is for the whole article says nothing about its intro. What begins like an
    appeal and has nothing to click at is a sentence like any other.
    """
    if only_tells(page, box):
        return False
    surely = not _is_way(line) or _is_call(line)
    if not surely and not _ends_with(page, box, line, _LITTLE * small.most):
        return False
    return (surely and not _TOOL.match(line.text)) or not _is_first(page, found, small.headline, box)


def _is_first(page: Outline, found: dict[int, Role], headline: Box | None, box: Box) -> bool:
    """No sentence before it: with a button to hear the article it may well be the intro."""
    start = headline.last if headline is not None else 0
    return not any(line.running and not found[id(line.box)] for line in page.lines[start : box.first])


def _ends_with(page: Outline, box: Box, line: Line, most: float) -> bool:
    """A few sentences, and this link last: but under a quotation a link may name who said it."""
    said = [inner.text for inner in page.of(box) if inner.running]
    return 0 < sum(map(len, said)) <= most and box.last == line.at + 1 and not any(text[0] in _QUOTED for text in said)


def _parts_of_text(page: Outline, telling: set[int]) -> set[tuple[int, str, str]]:
    """What boxes with sentences and nothing telling are called, and in which they stand: those are text."""
    running = list(accumulate((line.running for line in page.lines), initial=0))
    told = list(accumulate((line.at in telling for line in page.lines), initial=0))
    return {
        name_of(box)
        for box in page.boxes
        if running[box.last] > running[box.first] and told[box.last] == told[box.first]
    }


def _asking(page: Outline, found: dict[int, Role]) -> Iterator[Line]:
    """What stands in a form, or is a call on a button, among what is none otherwise."""
    for box in page.boxes:
        if box.tag not in ("form", "button") or not found[id(box)] or box.parent is None or found[id(box.parent)]:
            continue
        for line in page.of(box):
            if len(line.text) <= _LONGEST_LINE and (box.tag == "form" or _is_call(line)):
                yield line


def _polls(page: Outline, found: dict[int, Role]) -> Iterator[Line]:
    """How many voted, behind a question and at least two answers with their shares: of a real vote nobody asks."""
    for line in page.lines:
        if found[id(line.box)] or _VOTES.fullmatch(line.text) is None:
            continue
        before = page.lines[max(0, line.at - _MOST_ANSWERS - 1) : line.at][::-1]
        shares = list(takewhile(lambda other: _SHARE.fullmatch(other.text) is not None, before))
        if len(shares) > 1 and len(shares) < len(before) and before[len(shares)].text.endswith("?"):
            yield line


def _gives_away(line: Line, found: dict[int, Role]) -> bool:
    if found[id(line.box)] or len(line.text) > _LONGEST_LINE or line.box.tag in _NO_BOX:
        return False
    if line.link_share >= _WHOLE_LINK:
        return _is_call(line) or _is_way(line)
    return _OPENING.match(line.low) is not None or _says(line)


def _is_way(line: Line) -> bool:
    """A short link alone on its line: "All episodes"."""
    return line.link_share >= _WHOLE_LINK and len(line.text) <= _LONGEST_WAY


def _is_call(line: Line) -> bool:
    return len(line.text) <= _LONGEST_CALL and _CALL.fullmatch(line.text) is not None


def _says(line: Line) -> bool:
    """Nearly every line has none of the parts, which is the quickest to be told so."""
    return any(map(line.low.__contains__, _PARTS)) and any(
        part in line.low and pattern.search(line.low) for part, pattern in _GIVEN_AWAY
    )
