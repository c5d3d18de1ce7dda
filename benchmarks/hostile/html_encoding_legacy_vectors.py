"""The encodings of the web: every label means what it means to browsers, and bytes become the text that it should be.

A label is tried, as header and as declaration of the page, on a few words in the encoding that the suite names, written
by Python's codec for it. We decode with Python's codecs (`scraper.code_pages` mends some of them).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.case import Case, Verdict, manifest, same, unexpected
from benchmarks.hostile.page import page_of, survive
from scraper.charset import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# By the suite's name: Python's name, and words that this encoding alone, among its neighbours, writes so.
_WORDS = {
    "BIG5": ("big5", "今天的消息"), "EUC_JP": ("euc_jp", "今日のニュース"), "EUC_KR": ("cp949", "오늘의 뉴스 똠방각하"),
    "GB18030": ("gb18030", "今天的消息 €"), "GBK": ("gbk", "今天的消息"), "IBM866": ("cp866", "Новости дня"),
    "ISO_2022_JP": ("iso2022_jp", "今日のニュース"), "ISO_8859_10": ("iso8859-10", "Ŧ đŋ ķ ĸ"),
    "ISO_8859_13": ("iso8859-13", "„žąsis” ø"), "ISO_8859_14": ("iso8859-14", "Ŵ ẅ Ṁ ŷ"),
    "ISO_8859_15": ("iso8859-15", "5 € Œuvre"), "ISO_8859_16": ("iso8859-16", "ș ț € „ ”"),
    "ISO_8859_2": ("iso8859-2", "žluťoučký kůň"), "ISO_8859_3": ("iso8859-3", "ĝardeno ħ ŭ"),
    "ISO_8859_4": ("iso8859-4", "ķēniņš ĸ"), "ISO_8859_5": ("iso8859-5", "Новости дня"),
    "ISO_8859_6": ("iso8859-6", "أخبار اليوم"), "ISO_8859_7": ("iso8859-7", "Νέα της ημέρας €"),
    "ISO_8859_8": ("iso8859-8", "חדשות ‗"), "ISO_8859_8_I": ("iso8859-8", "חדשות ‗"), "KOI8_R": ("koi8-r", "Новости ╜"),
    "KOI8_U": ("koi8-u", "Новини ґ"), "MACINTOSH": ("mac-roman", "Größe Ω"), "SHIFT_JIS": ("cp932", "今日のニュース ①"),
    "UTF_16BE": ("utf-16-be", "Größe €"), "UTF_16LE": ("utf-16-le", "Größe €"), "UTF_8": ("utf-8", "Größe € 今"),
    "WINDOWS_1250": ("cp1250", "žluťoučký „kůň“"), "WINDOWS_1251": ("cp1251", "Новости дня €"),
    "WINDOWS_1252": ("cp1252", "Größe: 5 €, „Zitat“"), "WINDOWS_1253": ("cp1253", "Νέα € ΅"),
    "WINDOWS_1254": ("cp1254", "İğneş €"), "WINDOWS_1255": ("cp1255", "חדשות ₪"),
    "WINDOWS_1256": ("cp1256", "أخبار پ €"),
    "WINDOWS_1257": ("cp1257", "„žąsis“ €"), "WINDOWS_1258": ("cp1258", "ơ ư ₫"), "WINDOWS_874": ("cp874", "ข่าววันนี้ €"),
    "X_MAC_CYRILLIC": ("mac-cyrillic", "Новости Ґ"),
}  # fmt: skip
_LABELS = {"jis0208": "euc-jp", "jis0212": "euc-jp"}


def cases(folder: Path) -> Iterator[Case]:
    for case in manifest(folder):
        if "input" in case:
            yield Case(case["id"], partial(_decoded, folder, case))
        else:
            yield Case(case["id"], partial(_labelled, case["input_text"], case["expected"]))


def _decoded(folder: Path, case: dict[str, Any]) -> Verdict:
    name = case["id"].removeprefix("decode/")
    content_type = f"text/html; charset={_LABELS.get(name, name.replace('_', '-'))}"
    body = (folder / case["input"]).read_bytes()
    survive(page_of(body, content_type))
    found = text_of(body, content_type).splitlines()
    wanted = (folder / case["expected"]).read_text("utf-8").splitlines()
    wrong = [(one, other) for one, other in zip(found, wanted, strict=True) if one != other]
    return same(wrong[:9], []) if wrong else same(len(found), len(wanted))


def _labelled(label: str, encoding: str) -> Verdict:
    if encoding not in _WORDS:
        return unexpected(f"no encoding of ours is {encoding}")
    codec, words = _WORDS[encoding]
    body = f"<!doctype html><p>{words}</p>".encode(codec)
    survive(page_of(body, f"text/html; charset={label}"))
    if words not in (text := text_of(body, f"text/html; charset={label}")):
        return unexpected(f"as header: {text!r}")
    if encoding.startswith("UTF_16"):
        # What declares itself in ASCII is no UTF-16, says HTML.
        codec = "utf-8"
    body = f'<!doctype html><meta charset="{label}"><p>{words}</p>'.encode(codec)
    return same(text_of(body, "text/html").rpartition("<p>")[2], f"{words}</p>")
