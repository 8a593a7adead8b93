"""Who works for a programme under 42 CFR Part 2 from outside, by which agreement."""
