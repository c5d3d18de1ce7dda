"""Bytes as text, whatever they claim to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.charset import storable, text_and_source, text_of

TEXT = "Größe: 5 €, „Zitat“ – naïve café"


def document(text: str = TEXT, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}<title>t</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (document().encode(), "text/html; charset=utf-8"),
        (document().encode(), "text/html"),
        (document().encode(), ""),
        (document().encode(), 'text/html; charset="UTF-8"; boundary=x'),
        (document().encode(), "text/html; charset=utf-8\x1f"),
        (document().encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (document().encode("cp1252"), "text/html"),
        (document(head='<meta charset="iso-8859-1">').encode("cp1252"), "text/html"),
        (document(head='<meta charset="utf-8">').encode("cp1252"), "text/html; charset=windows-1252"),
        (document(head='<meta charset="utf-16">').encode(), "text/html"),
        (document(head='<meta charset="utf-16le">').encode(), "text/html"),
        (document(head='<meta http-equiv=content-type content="text/html; charset=latin1">').encode("cp1252"), ""),
        (document(head="<!-- pad -->" * 500 + '<meta charset="cp1252">').encode(), "text/html"),
        (b"\xef\xbb\xbf" + document().encode(), "text/html; charset=iso-8859-1"),
        (b"\xff\xfe" + document().encode("utf-16-le"), "text/html; charset=utf-8"),
        (b"\xfe\xff" + document().encode("utf-16-be"), "text/html"),
        (document().encode("utf-16-le"), "text/html; charset=utf-16"),
        (document().encode("utf-16-le"), "text/html; charset=utf-16le"),
        (document().encode("utf-16-be"), "text/html; charset=utf-16be"),
        (document().encode("utf-32"), "text/html; charset=utf-32"),
        (('<?xml version="1.0" encoding="windows-1252"?>' + document()).encode("cp1252"), "application/xml"),
    ],
)
def test_what_browsers_read(body: bytes, content_type: str) -> None:
    text = text_of(body, content_type)
    assert TEXT in text
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize("declared", ["gbk", "iso-8859-1", "shift_jis"])
def test_a_page_that_was_saved_again_as_utf_8_still_declares_what_it_was(declared: str) -> None:
    body = document(head=f'<meta charset="{declared}">').encode()
    assert TEXT in text_of(body, "text/html")
    assert TEXT in text_of(body, f"text/html; charset={declared}")


# What Python takes for an encoding, and no browser does.
NOT_OF_THE_WEB = [
    "zlib", "zip", "hex", "base64", "bz2", "rot13", "quopri", "uu", "idna", "punycode", "unicode_escape",
    "raw_unicode_escape", "undefined", "mbcs", "oem", "utf-7", "utf-8-sig", "utf-32", "utf_32_le", "charmap", "hz",
    "palmos", "ptcp154", "cp037", "cp500", "cp1140", "no-such-charset", "x" * 5_000, "'utf-8'", "", "\0",
    "__init__", "aliases", "..utf_8", "ünïcode",
]  # fmt: skip


@pytest.mark.parametrize("label", NOT_OF_THE_WEB, ids=lambda label: label[:20])
def test_what_is_no_encoding_of_the_web_is_as_if_not_said(label: str) -> None:
    assert TEXT in text_of(document().encode(), f"text/html; charset={label}")
    assert TEXT in text_of(document(head=f'<meta charset="{label}">').encode(), "text/html")
    assert TEXT in text_of(document().encode("cp1252"), f"text/html; charset={label}")


@given(st.binary(), st.one_of(st.text(), st.sampled_from(NOT_OF_THE_WEB).map(lambda label: f"a/b;charset={label}")))
def test_no_bytes_are_too_strange(body: bytes, content_type: str) -> None:
    for page in (body, b"<meta charset=" + body + b">", b'<?xml encoding="' + body):
        text = text_of(page, content_type)
        assert isinstance(text.encode(), bytes)
        assert "\0" not in text


@given(st.binary(max_size=200))
def test_every_encoding_of_the_web_survives_every_byte(body: bytes) -> None:
    labels = "utf-8 utf-16 big5 euc-jp euc-kr gb18030 gbk iso-2022-jp shift_jis koi8-u macintosh windows-1257 tis-620"
    for label in labels.split():
        assert isinstance(text_of(body, f"text/html; charset={label}").encode(), bytes)


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("Stadtrat beschließt Brücke".encode(), "iso-8859-1"),
        ("Stadtrat beschließt Brücke".encode("cp1252"), "utf-8"),
        ("„Stadtrat“ – beschließt".encode("cp1252"), "utf-8"),
    ],
    ids=["UTF-8 called Latin-1", "a code page called UTF-8", "quotation marks of a code page"],
)
def test_a_label_that_the_bytes_belie_is_not_believed(body: bytes, label: str) -> None:
    text = text_of(body, f"text/html; charset={label}")
    assert "\ufffd" not in text
    assert "Ã" not in text
    assert "beschließt" in text


def test_what_cannot_be_stored_is_replaced() -> None:
    assert storable("a\0b\ud800c\udfff\U0001f5de") == "a\ufffdb\ufffdc\ufffd\U0001f5de"
    assert text_of(b"be\0fore\xed\xa0\x80", "text/html; charset=utf-8").startswith("be\ufffdfore\ufffd")
    assert storable(TEXT) is TEXT


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("x-cp1251", "cp1251", "Новости дня"),
        ("iso88592", "iso8859-2", "žluťoučký kůň"),
        ("iso_8859-2:1987", "iso8859-2", "žluťoučký kůň"),
        ("logical", "iso8859-8", "חדשות"),
        ("x-mac-roman", "mac-roman", "Größe Ω"),
        ("windows-949", "cp949", "오늘의 뉴스"),
        ("x-euc-jp", "euc_jp", "今日のニュース"),
        ("gb_2312", "gb18030", "今天的消息"),
        ("unicode-1-1-utf-8", "utf-8", TEXT),
    ],
)
def test_labels_that_python_does_not_know(label: str, codec: str, words: str) -> None:
    assert words in text_of(document(words).encode(codec), f"text/html; charset={label}")
    assert words in text_of(document(words, f'<meta charset="{label}">').encode(codec), "text/html")


@pytest.mark.parametrize(
    ("label", "body", "text"),
    [
        ("euc-jp", b"\xad\xa1 \xa1\xc1 \xa4\xa2", "① ～ あ"),
        ("iso-2022-jp", b'\x1b$B-!!A$"\x1b(B a \x1b(I1\x1b(B.', "①～あ a ｱ."),
        ("euc-jp", b"\xa9\xa9<b>", "\ufffd<b>"),
        ("euc-jp", b"\x8f\xa1\xa1<b>", "\ufffd<b>"),
        ("euc-kr", b"\xc9\xa1<b>\xc9<b>", "\ufffd<b>\ufffd<b>"),
        ("shift_jis", b"\xfc\xfc<b>\x85", "\ufffd<b>\ufffd"),
        ("big5", b"\x81\x40", "\ufffd@"),
    ],
)
def test_pairs_of_bytes_are_read_as_browsers_read_them(label: str, body: bytes, text: str) -> None:
    """What is no character takes no markup with it."""
    assert text_of(body, f"text/html; charset={label}") == text


# A declaration, and whether it is one to browsers.
DECLARATIONS = [
    ("<meta charset=iso8859-2>", True),
    ("<meta charset='\niso8859-2 '>", True),
    ('<META test="" CharSet = ISO8859-2 />', True),
    ("<meta charset=bogus><meta charset=iso8859-2>", True),
    ("<meta http-equiv=content-type content='text/html; charset = \"iso8859-2\"'>", True),
    ("<meta http-equiv=Content-Type content='charset;charset=iso8859-2;'>", True),
    ("<!--><meta charset=iso8859-2>", True),
    ("<!-- <meta charset=utf-8> --><meta charset=iso8859-2>", True),
    ("<p title='>'><meta charset=iso8859-2></p>", True),
    ("<!-- " + "-" * 9_000 + " --><meta charset=iso8859-2>", True),
    ("<meta content='text/html; charset=iso8859-2'>", False),
    ("<meta http-equiv='Content-Type ' content='text/html; charset=iso8859-2'>", False),
    ("<meta http-equiv=Content-Style-Type content='text/html; charset=iso8859-2'>", False),
    ("<meta charset='iso8859-2>", False),
    ('<meta charset=iso8859-2">', False),
    ("<p title='><meta charset=iso8859-2>", False),
    ("<metacharset=iso8859-2>", False),
    ("<!--<meta charset=iso8859-2>-->", False),
    ("<!--<meta charset=iso8859-2>", False),
    ("<meta charset=iso8859-2", False),
    ("<meta charset=", False),
]


@pytest.mark.parametrize(
    ("body", "is_source"),
    [
        (document().encode(), True),
        (document(head='<meta charset="iso-8859-1">').encode(), True),
        (document().encode("cp1252"), False),
        (b"\xef\xbb\xbf" + document().encode(), False),
        (document(f"{TEXT}\0").encode(), False),
        (document(TEXT).encode() + b"\xe4", False),
    ],
)
def test_a_body_is_parsed_as_it_is_only_where_it_is_the_text(body: bytes, *, is_source: bool) -> None:
    text, source = text_and_source(body, "text/html")
    assert (source == text.encode()) is is_source
    assert is_source or source is None


@pytest.mark.parametrize(("head", "is_one"), DECLARATIONS)
def test_what_declares_an_encoding(head: str, *, is_one: bool) -> None:
    assert text_of(head.encode() + b"\xb1\xe6", "text/html").endswith("ąć" if is_one else "±æ")


def test_declarations_take_no_long_time() -> None:
    """Each of these would take minutes if anything were tried again."""
    for piece in (b"<!--", b"<meta ", b"<meta a=", b"<a b='", b"<meta charset", b"<meta x ", b"<?xml encoding=", b"< "):
        assert text_of(piece * 20_000 + b"\xe4", "text/html").endswith("ä")
