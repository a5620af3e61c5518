"""Titles as BPS publications write them: number, subject, territory, period; and below them unit and reference date."""

import datetime as dt

from pipelines.capitals import capital
from pipelines.publishing.workbook_publication import Publication

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")  # fmt: skip
LEVEL_NAMES = {"rt": "RT", "rw": "RW"}
SUBJECTS = {  # a file of schemas/indicators: its sheet and the title of its table
    "penduduk": ("Kependudukan", "Kependudukan dan Keluarga"),
    "dokumen": ("Dokumen", "Dokumen Kependudukan dan Disabilitas"),
    "kesejahteraan": ("Kesejahteraan", "Kesejahteraan, Bantuan Sosial, dan Perumahan"),
    "ketepatan_bantuan": ("Ketepatan Bantuan", "Ketepatan Sasaran Bantuan Sosial"),
    "kemiskinan_multidimensi": ("Kemiskinan Multidimensi", "Kemiskinan Multidimensi"),
    "pendidikan": ("Pendidikan", "Pendidikan"),
    "anak_tidak_sekolah": ("Anak Tidak Sekolah", "Anak Tidak Sekolah dan Penyelesaian Pendidikan"),
    "ketenagakerjaan": ("Ketenagakerjaan", "Ketenagakerjaan"),
}


def subject_sheet(subject: str) -> str:
    """The name of the subject's sheet."""
    return SUBJECTS[subject][0] if subject in SUBJECTS else subject.replace("_", " ").capitalize()[:31]


def subject_title(subject: str) -> str:
    """The subject in words."""
    return SUBJECTS[subject][1] if subject in SUBJECTS else subject_sheet(subject)


def level_name(level: str) -> str:
    """`RT`, `Kelurahan`."""
    return LEVEL_NAMES.get(level, level.capitalize())


def period_title(publication: Publication) -> str:
    """`Triwulan III 2025`."""
    return capital(publication.period.title)


def day(date: dt.date) -> str:
    """`30 September 2025`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def territory(publication: Publication) -> str:
    """`Kelurahan Kandangan Utara, Triwulan III 2025`."""
    return f"{publication.where}, {period_title(publication)}"


def subtitle(publication: Publication, unit: str) -> str:
    """Unit, reference date and release of a table."""
    date = day(publication.period.reference_date)
    return f"Satuan: {unit}. Tanggal acuan: {date}. Rilis: {publication.release}."
