"""Sumber: who said that first, how did it get here, and how far can they be trusted?"""

from sumber import compiled as compiled  # before anything of `sourcing` is imported
