"""Where people were born and first registered: the first six digits of a NIK and the place of birth."""

from random import Random

from pipelines.sample.draws import Weighted

# Share whose NIK was first issued elsewhere, by age: who is young was registered where the family lives.
FROM_ELSEWHERE_CHILD, FROM_ELSEWHERE_ADULT = 0.02, 0.16
ELSEWHERE = Weighted(
    {
        ("630602", "Padang Batung"): 10,
        ("630601", "Sungai Raya"): 9,
        ("630604", "Angkinang"): 8,
        ("630606", "Simpur"): 8,
        ("630607", "Negara"): 8,
        ("630610", "Loksado"): 6,
        ("630501", "Tapin"): 8,
        ("630706", "Barabai"): 9,
        ("630805", "Amuntai"): 5,
        ("630303", "Banjar"): 5,
        ("637101", "Banjarmasin"): 10,
        ("627103", "Palangka Raya"): 4,
        ("647203", "Samarinda"): 3,
        ("357810", "Surabaya"): 3,
        ("317106", "Jakarta"): 2,
        ("730101", "Selayar"): 1,
        ("330901", "Boyolali"): 1,
    }
)
HOME_TOWN = Weighted({"Kandangan": 70, "Hulu Sungai Selatan": 26, "Banjarmasin": 2, "Barabai": 2})


def origin(rng: Random, home: str, age: float) -> tuple[str, str]:
    """Region of first registration (six digits) and place of birth; `home` is the family's own region."""
    if rng.random() < (FROM_ELSEWHERE_CHILD if age < 17 else FROM_ELSEWHERE_ADULT):
        return ELSEWHERE.draw(rng)
    return home, HOME_TOWN.draw(rng)
