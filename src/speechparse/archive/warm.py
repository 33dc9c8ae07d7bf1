"""Being imported, loads dictionaries, lexicons and patterns: once, in the server that all workers are forked from."""

from speechparse.archive.batches import arrow, input_schema, parse_batch

# a text that goes through all stages; what it says does not matter
_SPEECH = "在全县项目建设动员大会上的讲话\n（2031年3月5日）\n今年，确保投资增长8%以上，6月底前云溪水厂竣工。\n"

parse_batch(arrow().RecordBatch.from_pylist([{"id": "warm", "text": _SPEECH}], schema=input_schema()))
