#!/usr/bin/env python3
"""The JSON Schema for editors: every shipped scenario passes it, slips do not, and it knows
the same keys as the reader (the tables of fields in src/formats).

    python3 tests/schema.py
"""

import copy
import json
import pathlib
import re
import sys
import unittest

try:
    import jsonschema
    import yaml
except ImportError:
    print("skipped: python3-jsonschema or python3-yaml is not there")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "schema/truce.schema.json").read_text(encoding="utf-8"))
COMMON = {"note", "basis", "visibility", "claim"}

# The table of the reader for each definition of the schema.
TABLES = {
    "root_fields": None,
    "source_fields": "source",
    "claim_fields": "claim",
    "fact_fields": "fact",
    "party_fields": "party",
    "delegation_fields": "delegation",
    "process_fields": "process",
    "clock_fields": "clock",
    "issue_fields": "issue",
    "preference_fields": "preferences",
    "bonus_fields": "bonus",
    "red_line_fields": "red-line",
    "demand_fields": "demand",
    "rule_fields": "rule",
    "step_fields": "step",
    "constraint_fields": "constraint",
    "threat_fields": "threat",
    "deadline_fields": "deadline",
    "round_fields": "round",
    "observation_fields": "observation",
    "agreement_fields": "agreement",
}


def tables():
    """Name of table: (keys, required keys)."""
    found = {}
    for path in sorted((ROOT / "src/formats").glob("*.c")):
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(r"field (\w+_fields)\[\] = \{(.*?)\};", text, re.S):
            keys = set(re.findall(r'"([a-z0-9-]+)"', body))
            required = set(re.findall(r'REQUIRED\([^"]*"([a-z0-9-]+)"', body))
            found[name] = (keys, required)
    return found


def is_valid(scenario):
    return jsonschema.Draft7Validator(SCHEMA).is_valid(scenario)


def read(path):
    # Every scalar a string, as the reader sees it.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


class Schema(unittest.TestCase):
    def setUp(self):
        self.scenarios = sorted((ROOT / "scenarios").glob("*.truce.yaml"))
        self.assertTrue(self.scenarios)

    def test_it_is_a_schema(self):
        jsonschema.Draft7Validator.check_schema(SCHEMA)

    def test_every_shipped_scenario_passes(self):
        for path in self.scenarios:
            for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(read(path)):
                self.fail(f"{path.name}: {list(error.absolute_path)}: {error.message}")

    def test_scalars_may_be_numbers_and_booleans(self):
        for path in self.scenarios:
            scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
            for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(scenario):
                self.fail(f"{path.name}: {list(error.absolute_path)}: {error.message}")

    def test_the_sketch_passes_when_it_is_at_hand(self):
        sketch = ROOT.parent / "shared/report/istanbul-2025-05.sketch.yaml"
        if not sketch.exists():
            self.skipTest("../shared/report is not there")
        self.assertTrue(is_valid(read(sketch)))

    def test_slips_do_not_pass(self):
        whole = read(self.scenarios[0])
        for section, entries in whole.items():
            slip = copy.deepcopy(whole)
            slip[section + "x"] = slip.pop(section)
            self.assertFalse(is_valid(slip), section)
            for name, entry in entries.items() if isinstance(entries, dict) else ():
                if not isinstance(entry, dict):
                    continue
                slip = copy.deepcopy(whole)
                slip[section][name]["slip"] = "x"
                self.assertFalse(is_valid(slip), f"{section}.{name}")

    def test_it_knows_the_keys_of_the_reader(self):
        found = tables()
        for table, name in TABLES.items():
            shape = SCHEMA["definitions"][name] if name else SCHEMA
            keys, required = found[table]
            self.assertEqual(set(shape["properties"]) - COMMON, keys - COMMON, table)
            if name not in (None, "bonus"):  # these check their own required keys
                self.assertEqual(set(shape.get("required", ())), required, table)


if __name__ == "__main__":
    unittest.main()
