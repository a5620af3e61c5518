"""What a file is that bears a spreadsheet's name but is none, and how its sender saves it again."""

import re

from pipelines.intake.refusals import NO_WORKBOOK

HEAD = 2000  # bytes
AGAIN = "Buka di Excel, pilih Simpan Sebagai, jenis .xlsx."
WEB_PAGE = f"Berkas ini halaman web yang diberi nama Excel. {AGAIN}"
XML_2003 = f"Berkas ini XML Spreadsheet 2003 yang diberi nama lain. {AGAIN}"
PLAIN_TEXT = "Berkas ini teks biasa (seperti CSV), bukan workbook. Ganti akhirannya menjadi .csv, lalu kirim."
OLD_EXCEL = f"Berkas ini dari Excel yang sangat lama (sebelum 1995). {AGAIN}"
PDF = "Berkas ini PDF, bukan workbook. Kirim workbook asalnya, atau ketik ulang tabelnya di templat."
PICTURE = "Berkas ini gambar atau foto, bukan workbook. Ketik tabelnya di templat, lalu kirim templat itu."
PACKED = "Berkas ini arsip, bukan workbook. Keluarkan isinya, lalu kirim workbook-nya."
PAGE = re.compile(
    r"<(!doctype|!--|\?xml|(html|head|body|meta|title|link|style|table|div|center|span|font|h[1-6]|p|b)\b)"
)
STARTS = (
    (PDF, (b"%PDF",)),
    (PICTURE, (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")),
    (PACKED, (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
    (OLD_EXCEL, (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")),
)


def sentence_for(content: bytes) -> str:
    """One sentence that names the kind, where it can be told."""
    for sentence, starts in STARTS:
        if content.startswith(starts):
            return sentence
    head = _text(content[:HEAD])
    if "urn:schemas-microsoft-com:office:spreadsheet" in head or "mso-application" in head:
        return XML_2003
    if head.startswith("mime-version:") or PAGE.match(head):
        return WEB_PAGE
    first, _, _ = head.partition("\n")
    if head and "\0" not in head and "\ufffd" not in head and any(sign in first for sign in ",;\t|"):
        return PLAIN_TEXT
    return NO_WORKBOOK


def _text(head: bytes) -> str:
    """The first characters in small letters, without byte-order mark and blanks."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8", "replace")
        text = text[:-1] if text.endswith("\ufffd") and len(head) == HEAD else text
    return text.lstrip("\ufeff \r\n\t").lower()
