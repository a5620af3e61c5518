"""The `cantik` program: reads the call, runs one command, and turns every error into one sentence and an exit code."""

import argparse
import importlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pipelines.diagnosis import diagnosed
from pipelines.errors import OfficerError
from pipelines.faultlog import record
from pipelines.inert import one_line
from pipelines.settings import Places, find_home

DONE, WRONG_CALL, INTERRUPTED = 0, 2, 130


WORDS = (
    (r"the following arguments are required: (.*)", r"belum diisi: \1"),
    (r"argument ([^:]*): invalid choice: (\S+) \(choose from (.*)\)", r"\1 tidak mengenal \2, pilih \3"),
    (r"argument ([^:]*): invalid \w+ value: (\S+)", r"\1 harus angka, bukan \2"),
    (r"argument ([^:]*): expected .*", r"\1 belum diisi"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 kurang jelas, pilih \2"),
)
PERIOD = ("--period", "--periode")


FOLDER = re.compile(r"(?:[A-Za-z]:|\.{0,2})[\\/]|[A-Za-z]:$")  # how a written place begins


class _Parser(argparse.ArgumentParser):
    """argparse in Bahasa Indonesia, with one line on stderr where the call is wrong."""

    def error(self, message: str) -> NoReturn:
        for english, indonesian in WORDS:
            message = re.sub(english, indonesian, message)
        raise OfficerError(f"Perintah salah: {message}. Lihat: {self.prog} --help.")

    def format_help(self) -> str:
        text = super().format_help()
        for english, indonesian in (
            ("usage:", "pemakaian:"),
            ("positional arguments:", "isian:"),
            ("options:", "pilihan:"),
            ("show this help message and exit", "tampilkan bantuan ini"),
        ):
            text = text.replace(english, indonesian)
        return text


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    root = _Parser(prog="cantik", description="Kantor statistik kelurahan: dari berkas RT menjadi tabel indikator.")
    commands = root.add_subparsers(dest="command", metavar="perintah", title="perintah")

    def add(name: str, help_text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_text, description=help_text)

    demo = add("demo", "Buat kelurahan contoh, olah seluruhnya, dan tunjukkan hasilnya.")
    demo.add_argument("dir", nargs="?", default="cantik-demo", help="folder contoh (bawaan: cantik-demo)")

    sample = add("sample", "Buat data contoh yang siap diolah dengan CANTIK_HOME.")
    sample.add_argument("dir", help="folder tujuan")
    sample.add_argument("--rt", type=int, default=24, help="banyaknya RT per kelurahan")
    sample.add_argument("--persons-per-rt", type=int, default=250, help="penduduk per RT")
    sample.add_argument("--kelurahan", type=int, default=1, help="banyaknya kelurahan")
    sample.add_argument(*PERIOD, default="2025-Q3", help="periode, misalnya 2025-Q3")
    sample.add_argument("--seed", type=int, default=1, help="angka acak awal")
    sample.add_argument("--mistakes", type=float, default=1.0, help="kelipatan kesalahan lapangan; 0 tanpa kesalahan")

    template = add("template", "Buat lembar isian untuk tiap RT, terisi data triwulan sebelumnya bila ada.")
    template.add_argument(*PERIOD, help="periode, misalnya 2025-Q4 (bawaan: triwulan ini)")
    template.add_argument("--rt", help="kode satu RT saja, misalnya 63.06.05.1002-002-005 (bawaan: semua RT)")
    template.add_argument("-o", dest="output", required=True, help="folder tujuan")

    check = add("check", "Periksa berkas satu per satu tanpa memasukkannya.")
    check.add_argument("file", nargs="+", help="berkas yang diperiksa")
    check.add_argument(*PERIOD, help="periode (bawaan: yang terbaru di kotak masuk)")
    check.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran")

    check.add_argument(
        "--simpan-tata-letak",
        dest="layout_name",
        metavar="NAMA",
        help="simpan arti judul kolom yang belum dikenal sebagai tata letak baru, lalu periksa lagi",
    )

    run = add("run", "Olah kotak masuk: baca, periksa, hitung, terbitkan. Aman diulang.")
    run.add_argument(*PERIOD, help="hanya periode ini")
    run.add_argument("--strict", action="store_true", help="kode keluar 1 bila ada baris tertahan")
    run.add_argument("--tanpa-prefect", dest="plainly", action="store_true", help="olah langsung, tanpa Prefect")

    pull = add("pull", "Ambil tabel indikator.")
    pull.add_argument("indicator", nargs="*", help="kode indikator (bawaan: semua)")
    pull.add_argument("--level", help="rt, rw, kelurahan, kecamatan, atau kabupaten")
    pull.add_argument("--area", help="kode wilayah")
    pull.add_argument(*PERIOD, help="periode (bawaan: yang terbaru terbit)")
    pull.add_argument("--breakdown", help="total, L, P, satu rincian seperti umur:0-4, atau umur untuk semuanya")
    pull.add_argument("--tier", choices=("public", "liaison"), default="public", help="siapa pembacanya")
    pull.add_argument("--release", metavar="RILIS", help="tabel persis seperti yang terbit pada rilis ini")
    pull.add_argument("--since", metavar="RILIS", help="hanya baris yang baru atau berubah sejak rilis ini")
    pull.add_argument("--format", choices=("csv", "xlsx", "parquet", "json", "sdmx-csv"), help="bentuk keluaran")
    pull.add_argument("-o", dest="output", help="berkas tujuan (bawaan: ke layar)")

    explain = add("explain", "Jelaskan satu angka: rumus, RT yang masuk, berkas, sheet, dan baris di baliknya.")
    explain.add_argument("indicator", help="kode indikator, misalnya amh")
    explain.add_argument("--area", required=True, help="kode wilayah, misalnya 63.06.05.1002-002-005")
    explain.add_argument(*PERIOD, help="periode (bawaan: yang terbaru dihitung)")
    explain.add_argument("--breakdown", default="total", help="total, L, P, atau satu rincian seperti umur:0-4")
    explain.add_argument("--compare", metavar="PERIODE", help="periode lain; jelaskan mengapa angkanya berubah")
    explain.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran")

    status = add("status", "Lihat RT yang sudah melapor, baris yang tertahan, dan masalah yang terbuka.")
    status.add_argument(*PERIOD, help="periode (bawaan: yang terbaru di kotak masuk)")
    status.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran")

    serve = add("serve", "Layani halaman web dan API yang hanya dapat dibaca, sampai dihentikan.")
    serve.add_argument("--port", type=int, default=8420, help="port (bawaan: 8420)")
    serve.add_argument(
        "--host", default="127.0.0.1", help="alamat (bawaan: 127.0.0.1, komputer ini saja; 0.0.0.0: seluruh jaringan)"
    )

    token = add("token", "Buat token untuk tingkat pendamping pada cantik serve.")
    token.add_argument("label", nargs="?", metavar="nama", help="nama kantor atau peran, misalnya bps-kabupaten")
    token.add_argument("--list", action="store_true", help="tampilkan nama token yang berlaku")
    token.add_argument("--revoke", metavar="NAMA", help="cabut token ini")

    add("schedule", "Jalankan pengolahan terjadwal sampai dihentikan.")
    add("rebuild", "Susun ulang gudang data dari berkas yang tersimpan.")
    backup = add("backup", "Simpan seluruh data kantor ke satu berkas bersandi, juga selagi pengolahan berjalan.")
    backup.add_argument(
        "target",
        nargs="?",
        metavar="berkas",
        help="berkas tujuan, atau folder seperti E:\\cadangan (bawaan: [backup] to di cantik.toml)",
    )
    restore = add("restore", "Pulihkan data kantor dari berkas cadangan.")
    restore.add_argument("file", metavar="berkas", help="berkas cadangan")
    restore.add_argument(
        "--geser-yang-lama",
        dest="move_old",
        action="store_true",
        help="pindahkan dahulu data kantor yang sudah ada ke folder lama-...",
    )
    for sealed in (backup, restore):
        sealed.add_argument(
            "--sandi-dari",
            dest="passphrase_file",
            metavar="BERKAS",
            help="ambil kata sandi dari baris pertama berkas ini (bawaan: variabel CANTIK_SANDI, atau ditanyakan)",
        )
    withdraw = add("withdraw", "Tarik berkas yang seharusnya tidak diterima, misalnya salah triwulan.")
    withdraw.add_argument("file", metavar="berkas", help="nama berkas seperti di cantik status, atau tempatnya")
    withdraw.add_argument(*PERIOD, help="periode tempat berkas itu diterima, misalnya 2025-Q4")
    withdraw.add_argument("--ya", dest="sure", action="store_true", help="jangan bertanya lagi")
    forget = add("forget", "Lupakan seorang warga atas permintaannya (UU 27/2022). Tidak dapat dibatalkan.")
    forget.add_argument("nik", nargs="?", help="NIK warga itu (bawaan: ditanyakan, agar tidak tersimpan di riwayat)")
    forget.add_argument("--ya", dest="sure", action="store_true", help="jangan bertanya lagi")
    correct = add("correct", "Koreksi satu isian seorang warga atas permintaannya (UU 27/2022).")
    correct.add_argument(
        "nik",
        nargs="?",
        help="NIK warga itu, atau Nomor KK untuk isian keluarga (bawaan: ditanyakan, agar tidak tersimpan di riwayat)",
    )
    for name, place, help_text in (
        ("kolom", "column", "kolom yang keliru, misalnya tanggal_lahir"),
        ("nilai", "value", "isi yang benar, seperti di sel (bawaan: ditanyakan)"),
        ("periode", "period", "hanya periode ini, misalnya 2025-Q3 (bawaan: di mana pun isi yang keliru itu)"),
        ("alasan", "reason", 'dasar koreksi, misalnya "menurut akta"'),
    ):
        must = place in ("column", "reason")
        names = PERIOD if place == "period" else (f"--{name}",)
        correct.add_argument(*names, dest=place, metavar=name.upper(), required=must, help=help_text)
    return root


def as_meant(word: str, platform: str = sys.platform) -> str:
    """A word of the call as the officer meant it: the shells of Windows make `"D:\\Kantor Lurah\\"` end in a quote.

    Raises OfficerError where that quote swallowed the words after it.
    """
    path, found, rest = word.partition('"')
    if platform != "win32" or not found or (rest and not FOLDER.match(path)):
        return word
    if rest:
        raise OfficerError(
            'Tulis folder tanpa garis miring di ujungnya: "D:\\Kantor Lurah", bukan "D:\\Kantor Lurah\\".'
        )
    return path


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code: 0 done, 1 problems found, 2 wrong call or set-up, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may be cp1252
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        words = [as_meant(word) for word in words]
        root = parser()
        call, unknown = root.parse_known_args(words)
        if unknown:
            of_it = f"{root.prog} {call.command}" if call.command else root.prog
            raise OfficerError(f"Perintah salah: pilihan tidak dikenal: {' '.join(unknown)}. Lihat: {of_it} --help.")
        if call.command is None:
            root.print_help()
            return WRONG_CALL
        command = importlib.import_module(f"pipelines.commands.{call.command}")
        return int(command.run(call))
    except OfficerError as error:
        print(f"cantik: {one_line(' '.join(str(error).split()))}", file=sys.stderr)
        return WRONG_CALL
    except KeyboardInterrupt:
        print("cantik: dihentikan.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except Exception as error:  # noqa: BLE001 - the officer never sees a traceback; it goes to the log
        home = Places(Path(call.dir).resolve()) if call.command == "demo" else find_home()
        log, found = record(home, error), diagnosed(home, error)
        if found is not None:
            print(f"cantik: {one_line(str(found))}", file=sys.stderr)
            return WRONG_CALL
        print(f"cantik: terjadi kesalahan pada program. Kirim berkas {log} kepada pengelola.", file=sys.stderr)
        return WRONG_CALL
