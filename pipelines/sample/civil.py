"""Civil status of a person on the register: documents, disability, pregnancy, and who is away, gone or dead.

Birth certificates 0-17 about 95 %, KTP-el about 97 % of who must hold one (Ditjen Dukcapil, Kalimantan
Selatan); disability about 1 %; a live birth for every 62 residents a year, so about one in eighteen wives
under 45 is pregnant.
"""

from random import Random

from pipelines.sample.draws import odds, step
from pipelines.sample.people import DEAD, HEAD, MARRIED, MOVED, SINGLE, Person
from pipelines.sample.schooling import ATTENDS

ADULT, FERTILE = 17, range(15, 50)
DISABLED = {0: 0.0075, 60: 0.02, 75: 0.06}
DISABILITY = odds("disabilitas", {"Fisik": 42, "Netra": 14, "Rungu/Wicara": 15, "Mental": 19, "Ganda": 7, "Lainnya": 3})
BIRTH_CERTIFICATE = {0: 0.88, 1: 0.945, 5: 0.965, 18: 0.88, 30: 0.6, 50: 0.22}
KTP = {17: 0.86, 18: 0.965, 30: 0.985}
PREGNANT = {15: 0.10, 25: 0.085, 35: 0.035, 45: 0.0}
AWAY_STUDENT, AWAY_WORKER = 0.22, 0.05  # study in the city; work elsewhere, among grown children and kin
MARKED_DEAD, MARKED_MOVED = {0: 0.001, 50: 0.006, 70: 0.06}, {0: 0.004, 18: 0.025, 35: 0.006}


def give_civil_status(rng: Random, person: Person) -> None:
    """Fill documents, disability and pregnancy of one person."""
    age = person.age
    if rng.random() < step(DISABLED, age):
        person.disabilitas = DISABILITY.draw(rng)
    person.akta_lahir = rng.random() < step(BIRTH_CERTIFICATE, age)
    if age >= ADULT or person.status_perkawinan is not SINGLE:
        person.ktp_el = rng.random() < max(0.86, step(KTP, age))
    if person.woman and age in FERTILE:
        person.hamil = person.status_perkawinan is MARRIED and rng.random() < step(PREGNANT, age)


def give_residence(rng: Random, person: Person) -> None:
    """Decide who of a family is away, has moved or has died; the head stays. Schooling must be known."""
    if person.hubungan_keluarga is HEAD:
        return
    grown_up = 18 <= person.age < 36 and person.status_perkawinan is SINGLE
    studies = person.schooling is not None and person.schooling.partisipasi is ATTENDS
    if rng.random() < step(MARKED_DEAD, person.age):
        person.status_dasar = DEAD
    elif rng.random() < step(MARKED_MOVED, person.age):
        person.status_dasar = MOVED
    elif grown_up and rng.random() < (AWAY_STUDENT if studies else AWAY_WORKER):
        person.tinggal = False
