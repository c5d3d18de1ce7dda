"""The encodings of the web (https://encoding.spec.whatwg.org/) where Python's codecs know them otherwise than browsers.

Python is told the labels that it does not know, once, at import: w3lib asks Python what a label means.
"""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import to_unicode

# By what Python calls them; "_" stands for whatever else a label has between letters and digits.
_LABELS = {
    "big5hkscs": "cn_big5 x_x_big5",
    "cp874": "dos_874 iso885911",
    "cp949": "cseuckr csksc56011987 iso_ir_149 ks_c_5601_1989 ksc_5601 windows_949",
    "cp1250": "x_cp1250",
    "cp1251": "x_cp1251",
    "cp1252": "iso88591 x_cp1252",
    "cp1253": "x_cp1253",
    "cp1254": "iso88599 x_cp1254",
    "cp1255": "x_cp1255",
    "cp1256": "x_cp1256",
    "cp1257": "x_cp1257",
    "cp1258": "x_cp1258",
    "euc_jp": "cseucpkdfmtjapanese x_euc_jp",
    "gb18030": "csgb2312 gb_2312 x_gbk",
    "iso8859-2": "iso88592",
    "iso8859-3": "iso88593",
    "iso8859-4": "iso88594",
    "iso8859-5": "iso88595",
    "iso8859-6": "csiso88596e csiso88596i iso88596 iso_8859_6_e iso_8859_6_i",
    "iso8859-7": "iso88597 sun_eu_greek",
    "iso8859-8": "csiso88598e csiso88598i iso88598 iso_8859_8_e iso_8859_8_i logical visual",
    "iso8859-10": "iso885910",
    "iso8859-13": "iso885913",
    "iso8859-14": "iso885914",
    "iso8859-15": "csisolatin9 iso885915",
    "koi8-r": "koi koi8",
    "koi8-u": "koi8_ru",
    "mac-cyrillic": "x_mac_cyrillic x_mac_ukrainian",
    "mac-roman": "csmacintosh mac x_mac_roman",
    "utf-8": "unicode11utf8 unicode20utf8 unicode_1_1_utf_8 x_unicode20utf8",
    "utf-16-be": "unicodefffe",
    "utf-16-le": "csunicode iso_10646_ucs_2 ucs_2 unicode unicodefeff",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
# Two bytes of these are a character, of which the second may be ASCII.
_PAIRS = ("big5hkscs", "cp932", "cp949")
# Six signs that Python reads in JIS X 0208 otherwise than everybody else does.
_SIGNS = str.maketrans("〜‖−¢£¬", "～∥－￠￡￢")
# ISO-2022-JP: escape sequences switch between ASCII, Katakana and pairs.
_SWITCH = re.compile(rb"\x1b(\([BIJ]|\$[@B])([\x21-\x7e]*)")


def decode(body: bytes, codec: str) -> str:
    """The text, as browsers read it; what is no text in that encoding is U+FFFD."""
    if codec == "iso2022_jp":
        body, codec = _SWITCH.sub(_shifted, body), "euc_jp"
    if codec == "euc_jp":
        return body.decode(codec, "nachtrag_jis").translate(_SIGNS)
    return body.decode(codec, "nachtrag_pairs") if codec in _PAIRS else to_unicode(body, codec)


def _shifted(switch: re.Match[bytes]) -> bytes:
    """EUC-JP writes the same without escape sequences."""
    if switch[1] in (b"(B", b"(J"):
        return switch[2]
    high = bytes(byte | 0x80 for byte in switch[2])
    return b"".join(b"\x8e%c" % byte for byte in high) if switch[1] == b"(I" else high


def _pair(fault: UnicodeError) -> tuple[str, int]:
    """A pair that is no character is one U+FFFD, unless its second byte is ASCII: that stands for itself."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    second = fault.object[fault.start + 1 : fault.start + 2]
    return "\ufffd", fault.start + (2 if second >= b"\x80" else 1)


def _pair_of_jis(fault: UnicodeError) -> tuple[str, int]:
    """Signs that vendors added to JIS X 0208, such as numbers in circles, are known to Python in Shift_JIS only."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    start = fault.start
    lead, trail = fault.object[start : start + 1], fault.object[start + 1 : start + 3]
    if lead == b"\x8f" and len(trail) == 2 and min(trail) > 0xA0:
        return "\ufffd", start + 3
    if not (b"\xa1" <= lead <= b"\xfe" and b"\xa1" <= trail[:1] <= b"\xfe"):
        return _pair(fault)
    row, cell = divmod((lead[0] - 0xA1) * 94 + trail[0] - 0xA1, 188)
    shifted = bytes([row + (0x81 if row < 0x1F else 0xC1), cell + (0x40 if cell < 0x3F else 0x41)])
    try:
        return shifted.decode("cp932"), start + 2
    except UnicodeDecodeError:
        return "\ufffd", start + 2


def _codec(label: str) -> codecs.CodecInfo | None:
    known = _CODECS.get(label.replace("-", "_"))
    return codecs.lookup(known) if known else None


codecs.register_error("nachtrag_pairs", _pair)
codecs.register_error("nachtrag_jis", _pair_of_jis)
codecs.register(_codec)
