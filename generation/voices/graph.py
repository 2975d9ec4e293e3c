"""A model cut in two: ONNX files are protobuf messages, and a part of a graph is some of their fields.

Only four field numbers of the format are needed (onnx.proto3): ModelProto.graph = 7; GraphProto.node = 1,
initializer = 5, input = 11, output = 12, value_info = 13; NodeProto.input = 1, output = 2; the name of a
ValueInfoProto is field 1 and that of a TensorProto field 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_GRAPH = 7
_NODE, _INITIALIZER, _INPUT, _OUTPUT, _VALUE_INFO = 1, 5, 11, 12, 13
_TENSOR_NAME = 8
_FIXED = {1: 8, 5: 4}


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _fields(data: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """Yield (field number, payload, the field as written) of a message."""
    at = 0
    while at < len(data):
        begin = at
        key, at = _varint(data, at)
        start = at
        if key & 7 == 0:
            _, at = _varint(data, at)
        elif key & 7 == 2:
            size, start = _varint(data, at)
            at = start + size
        else:
            at += _FIXED[key & 7]
        yield key >> 3, data[start:at], data[begin:at]


def _field(number: int, payload: bytes | memoryview) -> bytes:
    size, head = len(payload), bytes([number << 3 | 2])
    while size > 0x7F:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + payload


def _name(message: memoryview, number: int) -> str:
    return next((bytes(payload).decode() for field, payload, _ in _fields(message) if field == number), "")


def cut(model: bytes, inputs: Sequence[str], outputs: Sequence[str]) -> bytes:
    """Return the part of an ONNX model that makes ``outputs`` from ``inputs``, and no more.

    The names are of values inside the graph, whose types it lists in ``value_info``, or of its own inputs and outputs.
    Raises ``KeyError`` for a name that the graph does not have.
    """
    kept = b""
    graph = memoryview(b"")
    for number, payload, field in _fields(memoryview(model)):
        if number == _GRAPH:
            graph = payload
        else:
            kept += field
    nodes: list[tuple[list[str], list[str], memoryview]] = []
    weights: dict[str, memoryview] = {}
    values: dict[str, memoryview] = {}
    for number, payload, field in _fields(graph):
        if number == _NODE:
            names = [(kind, bytes(name).decode()) for kind, name, _ in _fields(payload) if kind in (1, 2)]
            nodes.append(([name for kind, name in names if kind == 1], [n for kind, n in names if kind == 2], field))
        elif number == _INITIALIZER:
            weights[_name(payload, _TENSOR_NAME)] = field
        elif number in (_INPUT, _OUTPUT, _VALUE_INFO):
            values[_name(payload, 1)] = payload
    wanted = set(outputs)
    body: list[memoryview] = []
    for sources, results, field in reversed(nodes):  # nodes are stored in the order they run
        if wanted.intersection(results).difference(inputs):
            wanted.update(sources)
            body.append(field)
    parts: list[bytes | memoryview] = [*reversed(body)]
    parts += [field for name, field in weights.items() if name in wanted]
    parts += [_field(_INPUT, values[name]) for name in inputs]
    parts += [_field(_OUTPUT, values[name]) for name in outputs]
    parts.append(_field(2, b"part"))
    return kept + _field(_GRAPH, b"".join(parts))
