"""Three real trials of opioid treatment as evaluation tables.

Reads the Parquet files of `public.ctn0094data` (NIDA Clinical Trials Network studies 0027, 0030 and 0051; MIT
licence) and writes the evaluation tables that `alongside evaluate --tables` reads. It ships no data.

    python examples/ctn0094.py FOLDER-OF-THE-DATA FOLDER-FOR-THE-TABLES

The data count days from consent, so every date here is invented: day 0 is 1 January 2000 for everybody. The arm is
that of the first randomisation. A monthly injection of naltrexone covers 28 days. Days of use come from the time
line follow-back, in the 28 days before randomisation and in those before the last visit that was kept.
"""

import sys
from pathlib import Path

import duckdb

DAY_ZERO = "DATE '2000-01-01'"

# Weeks of treatment planned at the first randomisation (meta_study_length: phase 1, follow-up without medicine left
# out). In CTN-0030 the first phase was two weeks of stabilisation and two of taper.
WEEKS = {"27": 24, "30": 4, "51": 24}

PLANNED = " ".join(f"WHEN '{project}' THEN {7 * weeks}" for project, weeks in WEEKS.items())

VIEWS = """
CREATE VIEW arms AS
  SELECT who, any_value(treatment) AS arm, min("when") AS day FROM randomization WHERE which = '1' GROUP BY who;
CREATE VIEW kept AS
  SELECT who, "when" AS day FROM visit WHERE what = 'visit' AND "when" IS NOT NULL;
CREATE VIEW spans AS
  SELECT who, project, arm, arms.day AS randomised,
    CASE project {planned} END AS length,
    (SELECT max(kept.day) FROM kept WHERE kept.who = everybody.who) AS last_visit,
    (SELECT max(t."when") FROM treatment t WHERE t.who = everybody.who) AS last_dose
  FROM everybody LEFT JOIN arms USING (who);
"""

TABLES = {
    "persons": """
SELECT who AS person_id, NULL::INTEGER AS birth_year,
  CASE is_male WHEN 'Yes' THEN 'male' WHEN 'No' THEN 'female' END AS sex,
  CASE WHEN is_hispanic = 'Yes' THEN 'Hispanic' WHEN race <> 'Refused/missing' THEN race END AS ethnicity,
  NULL::INTEGER AS deprivation_decile, NULL::VARCHAR AS language,
  CASE WHEN 'Yes' IN (has_major_dep, has_anx_pan) THEN true
       WHEN 'No' IN (has_major_dep, has_anx_pan) THEN false END AS history_mood_anxiety
FROM everybody LEFT JOIN demographics USING (who) LEFT JOIN psychiatric USING (who) ORDER BY who""",
    "episodes": """
SELECT who AS episode_id, who AS person_id, 'site ' || site_masked AS service_id, 'substance_use' AS service_kind,
  arm, {zero} AS referral_received, 'trial' AS referral_source, arm IS NOT NULL AS accepted,
  CASE WHEN arm IS NULL THEN 'not randomised' END AS declined_reason,
  {zero} + greatest(0, last_visit, last_dose)::INTEGER AS discharged,
  NULL::VARCHAR AS problem_descriptor, CASE WHEN arm IS NOT NULL THEN who END AS journey_id
FROM spans LEFT JOIN site_masked USING (who) ORDER BY who""",
    "contacts": """
SELECT row_number() OVER (ORDER BY who, "when", visit) AS contact_id, who AS episode_id,
  {zero} + "when"::INTEGER AS date, true AS planned,
  CASE WHEN "when" > randomised THEN 'treatment' ELSE 'assessment' END AS kind,
  CASE WHEN what = 'visit' THEN 'attended' ELSE 'did_not_attend' END AS attendance, NULL::VARCHAR AS mode
FROM visit JOIN spans USING (who) WHERE what <> '' AND "when" >= 0 ORDER BY 1""",
    "substance_use": """
WITH looks AS (
  SELECT who, randomised AS day FROM spans WHERE randomised IS NOT NULL
  UNION SELECT who, last_visit FROM spans WHERE last_visit >= randomised + 28),
substances AS (SELECT DISTINCT who, what FROM tlfb)
SELECT l.who AS person_id, {zero} + l.day::INTEGER AS date, s.what AS substance,
  count(DISTINCT t."when")::INTEGER AS days_used_of_28, NULL::DOUBLE AS amount, NULL::VARCHAR AS unit
FROM looks l JOIN substances s USING (who)
LEFT JOIN tlfb t ON t.who = l.who AND t.what = s.what AND t."when" >= l.day - 28 AND t."when" < l.day
GROUP BY ALL ORDER BY 1, 2, 3""",
    "journeys": """
SELECT who AS journey_id, who AS person_id, 'CTN-00' || project AS pathway, arm,
  {zero} + randomised::INTEGER AS opened, {zero} + greatest(randomised, last_visit, last_dose)::INTEGER AS closed,
  {zero} + (randomised + length)::INTEGER AS planned_end
FROM spans WHERE arm IS NOT NULL ORDER BY who""",
    "doses": """
SELECT who AS person_id, CASE WHEN arm IS NOT NULL THEN who END AS journey_id, {zero} + "when"::INTEGER AS date,
  CASE WHEN arm = 'Methadone' THEN 'methadone' WHEN arm LIKE '%NTX' THEN 'naltrexone injection'
       ELSE 'buprenorphine' END AS medicine,
  amount, CASE WHEN arm LIKE '%NTX' THEN 'injections' ELSE 'mg' END AS unit,
  CASE WHEN arm LIKE '%NTX' THEN 28 ELSE 1 END AS days_covered
FROM treatment JOIN spans USING (who) WHERE "when" IS NOT NULL ORDER BY who, "when\"""",
    "tests": """
SELECT who AS person_id, CASE WHEN arm IS NOT NULL THEN who END AS journey_id, {zero} + "when"::INTEGER AS date,
  'urine' AS specimen, what AS substance, 'positive' AS result
FROM uds JOIN spans USING (who) WHERE "when" IS NOT NULL ORDER BY who, "when", what""",
}

NEEDED = (
    "everybody",
    "demographics",
    "psychiatric",
    "randomization",
    "site_masked",
    "treatment",
    "visit",
    "tlfb",
    "uds",
)


def convert(data: Path, tables: Path) -> None:
    """Write every table as Parquet into `tables`, from the files in `data`."""
    missing = [f"{name}.parquet" for name in NEEDED if not (data / f"{name}.parquet").is_file()]
    if missing:
        sys.exit(f"{data} lacks {', '.join(missing)}. Give the folder that holds the ctn0094 Parquet files.")
    tables.mkdir(parents=True, exist_ok=True)
    engine = duckdb.connect()
    for name in NEEDED:
        engine.read_parquet(str(data / f"{name}.parquet")).create_view(name)
    engine.execute(VIEWS.format(planned=PLANNED))
    for name, query in TABLES.items():
        engine.sql(query.format(zero=DAY_ZERO)).write_parquet(str(tables / f"{name}.parquet"))
        print(f"{name}.parquet")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Give two folders: the data, and where the tables go.")
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
