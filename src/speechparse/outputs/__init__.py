"""From Documents to what people and programs read: one module a format.

| module     | what it writes                                                        |
|------------|-----------------------------------------------------------------------|
| `jsonl`    | Documents or records as JSON, one a line; Documents as one JSON array |
| `csv`      | records as comma-separated rows                                       |
| `terminal` | records as a table for the eye                                        |
| `explain`  | records and changes with the rules that made them                     |
| `diff`     | what cleaning changed, in place                                       |
| `frames`   | records as a pandas DataFrame (extra `frames`)                        |

`rows` holds what the tables share, `screen` what the modules for the eye share. A new format is a new module.
"""
