"""Being imported, loads what most texts ask for of dictionaries, lexicons and patterns: once, in the server that all
workers are forked from."""

from speechparse.archive.batches import arrow, input_schema, parse_batch

# texts that go through all stages; what they say does not matter
_SPEECH = "在全县项目建设动员大会上的讲话\n（2031年3月5日）\n今年，确保投资增长8%以上，6月底前云溪水厂竣工。\n"
_DAMAGED = "項(xiàng)目建設動(dòng)員大會(huì)上的講(jiǎng)話，確?偼顿Y增長(zhǎng)8％。\n"

_ROWS = [{"id": text[:2], "text": text} for text in (_SPEECH, _DAMAGED)]
parse_batch(arrow().RecordBatch.from_pylist(_ROWS, schema=input_schema()))
