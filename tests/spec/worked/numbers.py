"""The numbers of the worked examples that were written down before the code: those on measures, scoring and outcomes,
which the page of worked cases has to print, and all others, with what became of them.
"""

WRITTEN_DOWN = """
X01 X02 X04 X05 X07 X08 X10 X11 X13 X14 X16 X17 X19 X20 X22 X23 X25 X26
X31 X32 X34 X35 X37 X38 X40 X41 X43 X44 X45
X50 X52 X53 X55 X56 X58 X59
X61 X62 X64 X65 X67 X68
X70 X71 X73 X74 X76 X77 X79 X80 X82 X83 X85 X86 X88 X89
X92 X94 X95 X97 X98 X100 X107 X109 X115 X116 X118
T-01 T-02 T-04 T-05 T-07 T-08 Q-13 Q-25 I-01 I-02 I-03 I-04 I-05 V-05
"""
EVERY = tuple(WRITTEN_DOWN.split())

# What the others are about, by what became of them. Nothing here is claimed of a case that no code stands behind.
OTHERS = (
    ("X101 X103 X104 X106", "NHS numbers", "tests/unit/people/test_nhs_number.py"),
    ("X91", "DIALOG, which is none of the instruments here", ""),
    ("X110 X112 X113", "Journeys and retention in drug and alcohol treatment returns", ""),
    ("X119 C-01 C-02 C-04 C-05 C-07 C-08 C-10 C-11 C-13 C-14 C-16 C-17", "Consent in the words of other engines", ""),
    ("X121 X122 X124 X125 X127", "Suitability, as a suggestion to record", ""),
    ("P-01 P-02 P-04 P-05 P-07 P-08 P-10 P-11 P-13 P-14 P-16 P-17 P-19 P-20", "42 CFR Part 2", ""),
    ("M-01 M-02 M-04 M-05 M-07 M-08 M-10 M-11 M-13 M-14 M-16 M-17 M-19 M-20", "Medicines together", ""),
    ("F-01 F-02 F-04 F-05 F-07 F-08 F-10 F-11 F-13 F-14", "Fidelity", ""),
    ("T-10 T-11 T-13", "Billing of collaborative care", ""),
    (
        "Q-01 Q-02 Q-04 Q-05 Q-07 Q-08 Q-10 Q-11 Q-14 Q-16 Q-17 Q-19 Q-20 Q-22 Q-23",
        "Who belongs to a quality measure",
        "",
    ),
    ("I-09 I-10 I-11 I-12", "MHSF-III, HITS and ASAM levels, which are none of the instruments here", ""),
    ("V-01 V-02 V-03 V-04", "Money", ""),
)
