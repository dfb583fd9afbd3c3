"""Slips of the finger: a key with one letter too many, too few, wrong, or in the wrong place."""

from hypothesis import strategies as st

LETTERS = "abcdefghijklmnopqrstuvwxyz_"


@st.composite
def slip(draw: st.DrawFn, key: str) -> str:
    """One slip in a key."""
    at, letter = draw(st.integers(0, len(key) - 1)), draw(st.sampled_from(LETTERS))
    ways = {
        "left out": key[:at] + key[at + 1 :],
        "doubled": key[:at] + key[at] + key[at:],
        "wrong": key[:at] + letter + key[at + 1 :],
        "too many": key[:at] + letter + key[at:],
        "turned round": key[:at] + key[at : at + 2][::-1] + key[at + 2 :],
    }
    return ways[draw(st.sampled_from(sorted(ways)))]


def one_slip_away(word: str, key: str) -> bool:
    """Whether a key is as near to a word as any can be."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word, key) <= 1
