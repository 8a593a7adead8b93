"""The numbers of the worked examples on measures, scoring and outcomes that the page of worked cases has to print.

Of the two collections, those about other things (who may see, medicine, fidelity, money, membership of national
quality measures, numbers of people, suitability) are tested where those things are.
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
