"""The demo's audio, made here: three tones of a bell, six seconds."""

import io
import math
import wave
from array import array
from typing import Final

from django.core.files.base import ContentFile

RATE: Final = 8_000
SECONDS: Final = 6
#: Of each tone: when it begins, and its hertz.
TONES: Final = ((0.0, 523.25), (1.2, 659.25), (2.4, 783.99))


def bell() -> "ContentFile[bytes]":
    """Return it as a WAV of 16 bits, 94 kB."""
    samples = array("h", (round(9_000 * _at(number / RATE)) for number in range(RATE * SECONDS)))
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return ContentFile(made.getvalue(), name="bell.wav")


def _at(second: float) -> float:
    begun = ((second - begins, hertz) for begins, hertz in TONES if second >= begins)
    return sum(math.exp(-1.6 * since) * math.sin(2 * math.pi * hertz * since) for since, hertz in begun)
