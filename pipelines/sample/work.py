"""The week's work of who is 15 or older, and the occupation on the family card.

Calibrated on Kalimantan Selatan, August 2024 (Sakernas): participation 84.7 % of men and 55.5 % of women,
53.6 % informal, NEET 18.7 %; Hulu Sungai Selatan 2021: participation 69.25 %, open unemployment 2.44 %.
"""

from dataclasses import dataclass
from random import Random

from pipelines.sample.draws import Weighted, entry, step, table
from pipelines.sample.people import Person, Work
from pipelines.sample.schooling import ATTENDS
from schemas.codelists import Entry, code_list

WORKING_AGE = 15
MEN = {15: 0.74, 20: 0.94, 25: 0.975, 55: 0.89, 65: 0.56, 75: 0.2}
WOMEN = {15: 0.46, 20: 0.68, 25: 0.665, 55: 0.58, 65: 0.30, 75: 0.08}
AT_SCHOOL = {15: 0.08, 19: 0.16}
SEEKING = {15: 0.13, 20: 0.11, 25: 0.03, 35: 0.008, 60: 0.0}  # open unemployment in the labour force
ABSENT, TRAINING = 0.02, 0.03
NORMAL_HOURS, WANT_MORE = 35, (0.02, 0.14)  # who looks for work besides the job: of full hours, of short ones
NO_JOB, HOUSEWORK = entry("pekerjaan", "Belum/Tidak Bekerja"), entry("pekerjaan", "Mengurus Rumah Tangga")
PUPIL, PENSIONER = entry("pekerjaan", "Pelajar/Mahasiswa"), entry("pekerjaan", "Pensiunan")


@dataclass(frozen=True)
class Job:
    """An occupation as on the family card, KBLI section, status at work, usual hours in a week."""

    occupation: str
    section: str
    status: str
    hours: int


SCHOOLED = (0, 9, 14)  # least years of schooling of the three groups of jobs


def _jobs(sex: str) -> list[Weighted[Job]]:
    """The jobs of men or women by group of schooling."""
    jobs = [(Job(*(job[name] for name in ("occupation", "section", "status", "hours"))), job[sex]) for job in JOBS]
    return [Weighted({job: weights[group] for job, weights in jobs}) for group in range(len(SCHOOLED))]


JOBS = table("jobs")["job"]
MENS_JOBS, WOMENS_JOBS = _jobs("men"), _jobs("women")


def give_work(rng: Random, person: Person) -> None:
    """Fill the labour questions and the occupation of one person; schooling must be known."""
    school = person.schooling
    pupil = school is not None and school.partisipasi is ATTENDS
    if person.age < WORKING_AGE:
        person.pekerjaan = PUPIL if pupil and person.age > 6 else NO_JOB
        return
    work = person.work = Work()
    takes_part = rng.random() < step(AT_SCHOOL if pupil else WOMEN if person.woman else MEN, person.age)
    if takes_part and rng.random() > step(SEEKING, person.age):
        job = _job(rng, person)
        _employ(rng, work, job)
        person.pekerjaan = PUPIL if pupil else entry("pekerjaan", job.occupation)
        return
    if takes_part:
        _seek(rng, work)
    work.sementara_tidak_bekerja = False
    work.ikut_pelatihan = person.age < 25 and not pupil and rng.random() < TRAINING
    person.pekerjaan = PUPIL if pupil else _without_work(rng, person)


def _job(rng: Random, person: Person) -> Job:
    years = person.schooling.years if person.schooling else 0
    group = sum(years >= least for least in SCHOOLED) - 1
    return (WOMENS_JOBS if person.woman else MENS_JOBS)[group].draw(rng)


def _employ(rng: Random, work: Work, job: Job) -> None:
    week = rng.random()  # its lower end is absent from work, its upper end looks for more work besides
    work.bekerja = week > ABSENT
    work.sementara_tidak_bekerja = None if work.bekerja else True
    work.jam_kerja = max(4, min(84, round(rng.gauss(job.hours, 9)))) if work.bekerja else 0
    work.mencari_kerja = week > 1 - WANT_MORE[work.bekerja and work.jam_kerja < NORMAL_HOURS]
    work.status_pekerjaan = entry("status_pekerjaan", job.status)
    work.lapangan_usaha = section(job.section)


def _seek(rng: Random, work: Work) -> None:
    sign = rng.random()
    work.mencari_kerja = sign < 0.72
    work.mempersiapkan_usaha = 0.72 <= sign < 0.82
    work.putus_asa = 0.82 <= sign < 0.93
    work.sudah_diterima = sign >= 0.93


def _without_work(rng: Random, person: Person) -> Entry:
    if person.age >= 58 and person.schooling and person.schooling.years >= 12 and rng.random() < 0.7:
        return PENSIONER
    return HOUSEWORK if person.woman and person.age > 19 else NO_JOB


def section(letter: str) -> Entry:
    """The entry of a KBLI section."""
    return next(known for known in code_list("lapangan_usaha") if known.code == letter)
