"""Worked examples of the national definitions, for one person, for whole columns and for evaluation tables.

X numbers name the example. R recovery, I reliable improvement, D reliable deterioration, N no reliable change,
RR reliable recovery. Reliable-change figures and cut-offs of SPIN, PCL-5, OCI and MI are partly unverified.
"""

import csv

PHQ9_WITH_GAD7 = """\
id,phq_first,phq_last,gad_first,gad_last,caseness,R,I,D,N,RR,why
X01,14,8,9,7,Y,Y,Y,N,N,Y,a PHQ-9 fall of 6 is exactly reliable; both below at the end
X02,10,9,8,7,Y,Y,N,N,Y,N,both exactly at the cut-off then one below: recovered but the change is too small
X04,9,3,7,3,N,N,Y,N,N,N,not at caseness: can improve but cannot recover
X05,9,9,8,4,Y,Y,Y,N,N,Y,a case on GAD-7 only; a GAD-7 fall of 4 is exactly reliable
X07,18,9,15,8,Y,N,Y,N,N,N,GAD-7 ends at 8 which is caseness: not recovered
X08,16,10,6,2,Y,N,Y,N,N,N,PHQ-9 ends at 10 which is caseness: not recovered
X10,15,8,4,7,Y,Y,Y,N,N,Y,a GAD-7 rise of 3 is not reliable so the improvement stands
X11,11,17,12,12,Y,N,N,Y,N,N,a PHQ-9 rise of 6 is reliable deterioration
X13,6,11,5,8,N,N,N,N,Y,N,rises of 5 and 3: now at caseness but the change is not reliable
X14,20,15,16,13,Y,N,N,N,Y,N,falls of 5 and 3: just short on both
X16,27,0,21,0,Y,Y,Y,N,N,Y,extremes
X17,10,10,8,8,Y,N,N,N,Y,N,no movement at the exact cut-offs
X19,12,18,14,10,Y,N,N,N,Y,N,PHQ-9 6 worse and GAD-7 4 better: they cancel out
X20,9,3,7,11,N,N,N,N,Y,N,PHQ-9 6 better and GAD-7 4 worse cancel out; now at caseness
"""

WITH_OWN_MEASURE = """\
id,descriptor,phq_first,phq_last,adsm,adsm_first,adsm_last,gad_first,gad_last,caseness,R,I,RR,why
X31,F401,9,8,spin,40,19,12,3,Y,N,Y,N,SPIN ends exactly at 19: still a case even though GAD-7 is low
X32,F401,9,8,spin,40,,12,3,Y,Y,Y,Y,SPIN taken once: falls back to GAD-7 12 to 3
X34,F401,8,7,spin,28,18,6,6,Y,Y,Y,Y,a SPIN fall of exactly 10
X35,F431,9,9,pcl5,32,31,7,7,Y,Y,N,N,moves one point across the cut-off
X37,F42,9,5,oci,71,39,7,5,Y,Y,Y,Y,one point lower at both ends
X38,F400,9,8,mi,2.3,1.5,5,5,N,N,Y,N,MI caseness is strictly above 2.3; 2.3 is not a case
X40,F400,9,8,mi,2.51,1.78,5,5,Y,Y,Y,Y,a fall of exactly 0.73: binary floating point would miss it
X41,F400,9,8,mi,3.0,2.3,5,5,Y,Y,N,N,ends at 2.3 which is not caseness; a fall of 0.70
X43,,9,9,pdss,20,2,7,5,N,N,N,N,no descriptor: PHQ-9 and GAD-7; not at caseness
X45,F402,9,9,pdss,20,2,12,3,Y,Y,Y,Y,specific phobia has no measure of its own: GAD-7 applies
"""

MISSING = """\
id,phq_first,phq_last,gad_first,gad_last,caseness,not_caseness,R,I,D,N,RR,unassessed
X23,14,8,9,,Y,N,N,N,N,N,N,anxiety_not_paired
X26,12,6,,,Y,N,N,N,N,N,N,anxiety_not_paired
one below alone,8,6,,,N,N,N,N,N,N,N,anxiety_not_paired
GAD-7 alone,,,9,2,Y,N,N,N,N,N,N,phq9_not_paired
nothing,,,,,N,N,N,N,N,N,N,phq9_not_paired
both once,9,,7,,N,Y,N,N,N,N,N,phq9_not_paired
"""


def read(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(table.splitlines()))


FLAGS = {
    "caseness": "at_caseness",
    "not_caseness": "not_at_caseness",
    "R": "recovery",
    "I": "reliable_improvement",
    "D": "reliable_deterioration",
    "N": "no_reliable_change",
    "RR": "reliable_recovery",
}
EVERY_EXAMPLE = read(PHQ9_WITH_GAD7) + read(WITH_OWN_MEASURE) + read(MISSING)
