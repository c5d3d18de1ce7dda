"""What papers say to their readers among the paragraphs of an article: the patterns, by where on a line they stand.

All but the short `AD_LABEL` and `AGENCIES` are for lines in lower case: to look for both cases takes twice as long.
"""

from __future__ import annotations

import re

# They lead elsewhere.
_ADVERTISEMENT = (
    r"(?:advertis(?:e?ment|ing)|sponsored|anzeigen?|werbung|reklame|gesponsert|publicité|publicidade?|pubblicità"
    r"|advertentie|annonse|annons|reklama|реклама)\W*$"
    r"|(?:story|article) continues|continue reading|scroll to continue"
    r"|(?:der )?(?:artikel|text|beitrag) (?:wird|geht) (?:nach|unter) (?:der|dieser) (?:anzeige|werbung)"
)
# Under a post of somebody's.
_SHARED_BY = (
    r"(?:a post shared by|ein(?: von .{1,60} geteilter)? beitrag|une publication partagée par"
    r"|una publicación compartida (?:de|por)|un post condiviso da|een bericht gedeeld door)"
)
# Nothing but what an advertisement must be called; what stands in the same small box is one.
AD_LABEL = re.compile(
    r"\W*(?:anzeige|werbung|advertisement|sponsored|publicité|publicidad|advertentie|pubblicità|sponsorisé|patrocinado"
    r"|sponsorizzato|gesponsert|gesponsord)\W*",
    re.I,
)
# The label and the advertisement in one paragraph. Of "Werbung:" an article may well say something.
AD_BEGINS = re.compile(r"\W*(?:anzeige|advertisement|sponsored|advertentie) ?:\s")
SIGNPOST = re.compile(
    r"^\W*(?:lesen sie|lies auch|auch interessant|mehr:|mehr (?:zum thema|dazu)\b.{0,40} finden sie"
    r"|siehe auch|read (?:more|also|next|the full)|also read|also:|for more stories like this"
    r"|see also|see more:|you (?:may|might) also like|more:|watch\s*[:|]|watch (?:more|now)|sign up|subscribe\b"
    r"|follow (?:us|\w+ on)|click here|join (?:us|our)\b"
    rf"|download (?:our|the)\b|get our\b|{_ADVERTISEMENT}|don['’]?t miss"
    r"|(?:copyright )?(?:©|\(c\) )|all rights reserved|alle rechte vorbehalten|our standards:"
    r"|(?:image|photo|picture) credits?:"
    r"|foto:|fotos:|bild:|bildquelle|quelle:|photo:|image:|picture:|filed under:"
    r"|artikel teilen|(?:(?:noch )?keine )?kommentare?$|comments?$|tags?:|topics:|themen:"
    r"|leer más|le[ea] también|v(?:er|ea) también|lire (?:aussi|également)|voir aussi|(?:leggi|vedi|guarda) anche"
    r"|(?:lees|zie|bekijk) ook|les også|läs också|čtěte|también te|à (?:lire|voir)\b"
    rf"|{_SHARED_BY}\b.{{0,80}}\(@\w{{1,30}}\)[^.!?]{{0,20}}$"
    r"|this (?:article|story) (?:first |originally )?appeared (?:in|on)\b)"
)
# These begin sentences of an article too: there they are followed by no link and no colon.
MAYBE_SIGNPOST = re.compile(
    r"^\W*(?:mehr (?:zum|zu|aus|über|dazu)|weitere (?:artikel|themen|nachrichten|infos)|das könnte sie|hier geht es"
    r"|volg ons\b|suivez-nous|síguenos|seguici|rejoignez|únete"
    r"|hören sie (?:hier|jetzt|auch|dazu|mehr|den|die|unseren)\b"
    r"|zum thema|empfohlene|related|more (?:from|on|about)|recommended|join the|get the |newsletter|copyright"
    r"|share (?:this|on)|teilen|we (?:may )?earn)"
)
# Sentences about the paper: these begin a line.
_SERVICE = (
    r"this document is subject to copyright",
    r"in order to view (?:the|this) (?:video|content)",
    r"keep reading for\b",
    r"if you enjoyed this\b",
    r"(?:please )?(?:e-?mail|write to|contact|reach)\b.{0,60}\b(?:at|via|on)\b.{0,40}@",
    r"follow \w+['’]s (?:full )?coverage\b",
    r"an dieser stelle finden sie .{0,80}\binhalt",
    r"ich bin damit einverstanden, dass mir",
    r"(?:this|diese) (?:web)?site (?:uses|nutzt|verwendet) cookies",
    r"die kommentar\w+ ist\b",
    r"nicht alle bilder konnten\b",
    r"write a comment\b",
    r"disclaimer:? ",
    r"citation: ",
)
SERVICE = re.compile("|".join(_SERVICE))
# Of whole sentences without a link these say that they are about the paper, whoever is quoted with them.
_SURE = (
    r"^this document is subject to copyright",
    r"^in order to view (?:the|this) (?:video|content)",
    r"^an dieser stelle finden sie .{0,80}\binhalt|^ich bin damit einverstanden, dass mir",
    r"^(?:this|diese) (?:web)?site (?:uses|nutzt|verwendet) cookies,? (?:to|for|um|für|damit)\b",
    r"^die kommentarfunktion ist (?:für diesen|derzeit|geschlossen|deaktiviert)",
    r"^disclaimer:? (?:all rights reserved|(?:the )?(?:views|opinions|information)\b|this (?:article|site|story|post))",
    r"^\W*(?:copyright )?(?:©|\(c\) )|\ball rights reserved\W*$|^alle rechte vorbehalten\W*$",
    r"^(?:the )?copyright \d|^this (?:article|story) (?:first |originally )?appeared (?:in|on) [^,.]{3,80}\W*$",
    r"^this (?:article|story) .{0,60}\bprint edition\b",
    r"\byour inbox\b|\baffiliate (?:commission|fee)|\bby emailing us\b|\bretrieved \d.{0,30} from https?://",
    r"\bwe (?:may|might) (?:also )?(?:earn|receive) (?:an? )?(?:\w+ )?(?:commission|compensation)",
    r"\b(?:sign up|subscribe) (?:for|to)\b.{0,60}\bnewsletters?\b|\bsign up (?:to|for) our\b",
    r"\bdiese[rn] artikel gefallen\b.{0,120}(?:unterstütz|spende|teilen)",
    r"^\W*(?:got|have) (?:a|any) (?:news )?tips?\?|\bdo you have (?:info|a (?:news )?tip|a story)\b",
    r"^\W*(?:e-?mail|write to|contact|reach) (?:us|me|our|the (?:author|editor|newsroom|reporter))\b.{0,60}@",
    r"^\W*(?:please )?(?:e-?mail|write to|contact|reach) (?:\w+ ){1,3}(?:at|via|on) \S+@",
    r"^\W*(?:schreiben|schicken|senden) sie uns\b.{0,80}@\S+\W*$",
    r"^\W*(?:(?:lesen sie|lies|siehe) auch|auch interessant|mehr (?:zum thema|dazu)) ?:",
    r"^\W*(?:read|see) (?:more|also|next) ?:|^\W*scroll to continue",
    r"^\W*(?:le[ea] también|v(?:er|ea) también|lire aussi|voir aussi|(?:leggi|vedi) anche|(?:lees|zie) ook) ?:",
    r"^\W*mehr (?:zum thema|dazu)\b.{0,40} finden sie|^for more stories like this|^(?:image|photo|picture) credits?:",
    r"^\W*(?:\w+ ){1,3}can be reached (?:at|on|via)\b.{0,60}@",
    r"\b\d+ (?:wochen|monate?) für\b.{0,30}\btesten\b|有料会員に|有料記事読み放題|会員の方のみ|좋아요를 눌러",
    r"^\W*follow us on\b",
    r"^\W*(?:join|download|get|subscribe to) our\b.{0,120}\b(?:app|newsletters?|channels?|podcasts?)\b",
    r"^\W*(?:abonnieren|bestellen|lesen|hören) sie (?:\w+ )?unsere[nr]? ",
    r"^(?:bitte )?aktivieren sie javascript|^please enable javascript|^(?:activez|habilita|abilita|schakel) javascript",
    r"^diese (?:zusammenfassung|audio\w+) wurde\b.{0,60}(?:künstlich|\bki\b|maschinell|automatisch)",
    r"^this (?:ai )?(?:summary|audio(?: version)?) (?:was|is|has been) (?:auto|ai[- ]|generated|created)",
    r"^ce résumé a été (?:généré|créé)|^este resumen ha sido (?:generado|creado)",
    r"^quest[oa] (?:riassunto|sintesi) è stat",
    r"^mit (?:der|ihrer) anmeldung stimmen sie\b|^by (?:signing up|subscribing|registering)\b.{0,60}\byou agree\b",
    r"\bunseren (?:kostenlosen )?newsletter (?:abonnieren|bestellen)\b",
)
SURE_SERVICE = re.compile("|".join(_SURE))
# And these may stand anywhere on a line. Each comes with a part of it that is quickly looked for, in lower case.
_OUR = r"(?:unser\w*|our|notre|nos|nuestr[oa]s?|nostr[oa]|onze?)"
_CHANNEL = r"(?:app|application|aplicación|applicazione|newsletter|nieuwsbrief|boletín|whatsapp[\w-]*)"
_ANYWHERE = (
    ("your inbox", r"\byour inbox\b"),
    ("commission", r"\bwe (?:may|might) (?:also )?(?:earn|receive) (?:an? )?(?:\w+ )?commission"),
    ("compensation", r"\bwe (?:may|might) (?:also )?(?:earn|receive) (?:a )?(?:\w+ )?compensation"),
    ("affiliate", r"\baffiliate (?:commission|fee)"),
    ("retrieved ", r"\bretrieved \d.{0,30} from https?://"),
    (" up ", r"\bsign(?:ing)? up (?:here|now|to our|for our|to \w+ \w+['’]s)"),
    ("newsletter", r"\b(?:sign up|subscribe) (?:for|to)\b.{0,60}\bnewsletters?\b"),
    ("newsletter", r"\bnewsletters? (?:here|abonnieren|bestellen)\b|\bunseren? (?:kostenlosen? )?newsletter"),
    ("artikel gefallen", r"\bdiese[rn] artikel gefallen\b.{0,120}(?:unterstütz|spende|teilen)"),
    (" tip?", r"^\W*(?:got|have) (?:a|any) (?:news )?tips?\?"),
    ("do you have", r"\bdo you have (?:info|a (?:news )?tip|a story) (?:to share )?(?:for|with)\b"),
    ("can be reached", r"\bcan be reached (?:at|on|via)\b.{0,60}(?:@|\d)"),
    ("click here", r"\bclick here\W+to (?:subscribe|sign|read|get)\b"),
    ("my bookmarks", r"\bin\W+my bookmarks\b"),
    ("all rights reserved", r"\ball rights reserved\W*$"),
    ("en sie uns", r"\b(?:schreiben|schicken|senden) sie uns\b.{0,80}@"),
    ("좋아요를", r"좋아요를 눌러"),
    ("emailing us", r"\bby emailing us\b"),
    ("en für ", r"\b\d+ (?:wochen|monate?) für\b.{0,30}\b(?:testen|lesen)\b"),
    ("allow manage cookies", r"\ballow manage cookies"),
    ("有料会員に", r"有料会員に"),
    ("有料記事読み放題", r"有料記事読み放題"),
    ("会員の方のみ", r"会員の方のみ"),
)
_PARTS = tuple(dict.fromkeys(part for part, _ in _ANYWHERE))
_SERVICE_ANYWHERE = tuple((part, re.compile(pattern)) for part, pattern in _ANYWHERE)
# Appeals: these are all that a line says. Whoever is quoted with one stands in quotes or after a comma.
_REST = r"(?:,? (?:um|und|damit|für|im|aus|auf|hier|jetzt|kostenlos)\b[^.!?,:\"„“”«»]{0,100})?"
_PLATFORM = r"(?:whatsapp|facebook|instagram|telegram|tiktok|youtube|threads|bluesky|mastodon|google news)"
_WHOLE_LINES = (
    r"(?:nach|unter) der (?:anzeige|werbung) geht es weiter|weiter(?:lesen)? nach der (?:anzeige|werbung)",
    r"sie haben (?:nur )?noch \d+ (?:gratis-?|freie |kostenlose )artikel(?: (?:in diesem|diesen) monat)?(?: übrig)?",
    rf"laden sie (?:sich )?(?:jetzt |hier )?unsere (?:neue |kostenlose )*(?:[\w-]+-)?app(?: herunter)?{_REST}",
    rf"folgen sie (?:uns|unserem) (?:jetzt |auch |hier )*(?:(?:auf|bei) )?{_PLATFORM}(?:-?(?:kanal|channel))?{_REST}",
    rf"aktivieren sie (?:jetzt )?unsere push-\w+{_REST}",
    r"(?:die wichtigsten )?(?:eil)?(?:nachrichten|meldungen) jetzt auch (?:als|per|auf) (?:push|whatsapp)[\w-]*",
    r"you have (?:only )?\d+ (?:free )?(?:articles?|stories|story) (?:left|remaining)(?: this month)?",
    r"(?:diesen )?(?:artikel|beitrag) (?:teilen|merken|drucken|versenden)|share this (?:article|story)",
    r"partager (?:cet |l['’])article|compartir (?:esta noticia|este artículo)|condividi (?:questo |l['’])articolo",
    r"deel dit artikel",
    r"(?:empfohlener )?(?:externer?|redaktioneller) inhalte?|(?:external|recommended) content|contenu externe",
    r"contenido externo|contenuto esterno|externe inhoud",
    rf"view this (?:post|photo|reel) on {_PLATFORM}|sieh dir diesen beitrag auf {_PLATFORM} an",
    rf"(?:voir cette publication sur|ver esta publicación en|visualizza questo post su) {_PLATFORM}",
    rf"dit bericht (?:op {_PLATFORM} bekijken|bekijken op {_PLATFORM})",
    r"dpa(?:-\w+)?(?:, ?dpa)?:\d[\d-]*(?:/\d+)?",
)
WHOLE_LINE = re.compile(rf"[^\w\"„“”«»]*(?:{'|'.join(_WHOLE_LINES)})[^\w\"„“”«»]*")
# Which agency a text is from, alone on its line.
_AGENCY = r"(?:dpa(?:-[\w-]+)?|afp|reuters|rtr|apa|keystone-sda|sda|epd|kna|sid|ap|dts|ansa|efe|anp|belga)"
AGENCIES = re.compile(rf"\W*(?:[a-z]{{2,4}} ?/ ?)?{_AGENCY}(?: ?[/,] ?(?:{_AGENCY}|[a-z]{{2,4}}))*\W*", re.I)
_THINGS = "articles?|stories|news|posts|content|coverage|reading|topics|from|videos?"
_DINGE = "artikel|themen|nachrichten|meldungen"
# A box that begins so is about the paper, its subscribers, its authors or its other articles.
_PITCHES = (
    r"(?:we(?:'ve| have)? noticed|it (?:looks|seems) like) you(?:'re| are)? .{0,20}ad.?block",
    r"(?:please )?(?:turn off|disable) your ad.?block",
    r"(?:your|ihr|dein|tu|su|votre) (?:subscription|abo(?:nnement)?|suscripción)\b",
    r"(?:\d+ )?(?:wochen|monate?) (?:kostenlos|gratis)",
    r"(?:jetzt )?(?:kostenlos|gratis) (?:testen|lesen)",
    r"(?:subscribe|sign up|abonnieren|suscríbete|abonnez)\b.{0,60}$",
    r"(?:unser |our |the )?[\w-]*newsletter\b.{0,40}$",
    r"(?:support (?:our|us|independent)|stand up for|unterstützen sie)\b",
    r"(?:about|meet) the (?:author|writer|reporter|contributor)s?\W*$",
    r"sobre (?:la firma|el autor|o autor)",
    r"(?:über|zu) (?:den autor|die autorin)|zu[rm] autor(?:in)?\b",
    r"our sources\W*$",
    rf"(?:related|recommended|latest|popular|trending|more|top|most (?:read|popular|viewed)) ?(?:{_THINGS})?\W*$",
    r"trending (?:this week|today|now)\W*$|explore more\W*$",
    r"(?:read|see|watch) (?:more|next|also)\W*$",
    r"(?:current issue|up next)\W*$",
    r"you (?:may|might) (?:also )?(?:like|be interested in)\W*$",
    rf"(?:mehr|weiteres?|weitere (?:{_DINGE})) (?:zum thema|dazu|zu\b.{{0,40}}|aus\b.{{0,40}})\W*$",
    r"zum thema\W*$|(?:auch )?interessant\W*$|(?:das|dies) könnte sie .{0,30}$",
    r"(?:meistgelesen\w*|lesetipps?|lesen sie (?:auch|mehr|weiter))\W*$",
    r"(?:más|mas) (?:información|noticias|leído)\W*$",
    r"(?:lire aussi|à lire aussi|leggi anche|lees ook|les også|läs mer)\W*$",
    r"(?:sur le même (?:sujet|thème)|dans la même rubrique|les plus lus|(?:nos )?articles? liés?)\W*$",
    r"(?:te (?:puede|podría) interesar|lo más (?:leído|visto)|noticias relacionadas)(?: también)?\W*$",
    r"(?:potrebbe interessarti(?: anche)?|ti potrebbe interessare|articoli correlati|i più letti)\W*$",
    r"(?:meer over dit onderwerp|meest gelezen|gerelateerde? (?:artikelen|nieuws))\W*$",
    r"(?:noticias? relacionadas?|articolo correlato|article lié)\W*$",
    r"fakta(?:boks|ruta)?(?: om .{0,60})?\W*$",
)
PITCH = re.compile(rf"\W*(?:{'|'.join(_PITCHES)})")


# Links to what a paper has beside its articles, in any language.
OFFER_LINK = re.compile(
    r"whatsapp\.com/channel|google\.\w+/preferences/source|news\.google\.\w+/publications"
    r"|apps\.apple\.com|play\.google\.com/store/apps"
    r"|/(?:newsletters?|nieuwsbrief(?:ven)?|boletin(?:es)?)(?:[/?#]|$)"
)
OUR_CHANNEL = re.compile(rf"\b{_OUR} (?:[\w-]+ ){{0,2}}(?:[\w-]+-)?{_CHANNEL}\b|\b(?:chaîne|canale?) whatsapp\b")


def says_service(low: str) -> bool:
    """A sentence to the reader about the paper stands somewhere on the line."""
    # Nearly every line has none of the parts, which is the quickest to be told so.
    return any(map(low.__contains__, _PARTS)) and any(
        part in low and pattern.search(low) for part, pattern in _SERVICE_ANYWHERE
    )


# Who wrote it.
BYLINE = re.compile(
    r"^(?:Von|By|Text|Autor(?:in)?|Par|Por|Di)\b:?\s+(?:unser\w* (?:[\w-]+ )?)?(?:dpa|[A-ZÄÖÜ][\w.'’-]+)[^.!?]{0,80}$"
)
NAME = r"[^\W\d_a-z][\w.'’-]*(?: (?:van|von|de|der|da|di|del|la|le|bin|al|[^\W\d_a-z][\w.'’-]*))+"
ONLY_NAMES = re.compile(rf"\W*{NAME}(?:\s*(?:/|,|&|und|and)\s*{NAME})*\W*")
