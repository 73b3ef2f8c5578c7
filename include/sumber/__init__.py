"""Sumber: who said that first, how did it get here, and how far can they be trusted?"""
