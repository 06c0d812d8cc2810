#!/usr/bin/env python3
"""A tiny random BERT and its hidden states, computed in float64 with NumPy alone.

    bert_oracle.py OUT     writes OUT/bert-{erf,tanh}/{config.json,model.safetensors,expected.safetensors}

expected.safetensors holds ids and mask (int64) and the hidden states of every token (float64). The numbers
come from the definition of the encoder, not from any other implementation.
"""

import json
import math
import struct
import sys
from pathlib import Path

import numpy as np

CONFIG = {
    "model_type": "bert",
    "vocab_size": 23,
    "hidden_size": 12,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "intermediate_size": 20,
    "max_position_embeddings": 9,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
}
TYPES = {np.dtype("float32"): "F32", np.dtype("float64"): "F64", np.dtype("int64"): "I64"}


def write_safetensors(path, arrays):
    header, body = {}, b""
    for name in sorted(arrays):
        data = np.ascontiguousarray(arrays[name]).tobytes()
        header[name] = {"dtype": TYPES[arrays[name].dtype], "shape": list(arrays[name].shape),
                        "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def random_weights(c, rng):
    d, wide = c["hidden_size"], c["intermediate_size"]
    w = {}

    def dense(name, out, into):
        w[name + ".weight"] = rng.normal(0, 0.4, (out, into))
        w[name + ".bias"] = rng.normal(0, 0.2, out)

    def norm(name):
        w[name + ".weight"] = rng.normal(1, 0.2, d)
        w[name + ".bias"] = rng.normal(0, 0.2, d)

    for name, rows in (("word", "vocab_size"), ("position", "max_position_embeddings"), ("token_type", "type_vocab_size")):
        w[f"embeddings.{name}_embeddings.weight"] = rng.normal(0, 1, (c[rows], d))
    norm("embeddings.LayerNorm")
    for i in range(c["num_hidden_layers"]):
        at = f"encoder.layer.{i}."
        for part in ("query", "key", "value"):
            dense(at + "attention.self." + part, d, d)
        dense(at + "attention.output.dense", d, d)
        norm(at + "attention.output.LayerNorm")
        dense(at + "intermediate.dense", wide, d)
        dense(at + "output.dense", d, wide)
        norm(at + "output.LayerNorm")
    return {name: value.astype(np.float32) for name, value in w.items()}


def hidden_states(c, weights, ids, mask, gelu):
    w = {name: value.astype(np.float64) for name, value in weights.items()}
    heads = c["num_attention_heads"]

    def dense(x, name):
        return x @ w[name + ".weight"].T + w[name + ".bias"]

    def norm(x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + c["layer_norm_eps"])
        return scaled * w[name + ".weight"] + w[name + ".bias"]

    def split(x):
        n, length, d = x.shape
        return x.reshape(n, length, heads, d // heads).transpose(0, 2, 1, 3)

    places = w["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = w["embeddings.word_embeddings.weight"][ids] + places + w["embeddings.token_type_embeddings.weight"][0]
    x = norm(x, "embeddings.LayerNorm")
    bias = (1.0 - mask)[:, None, None, :] * -1e4
    for i in range(c["num_hidden_layers"]):
        at = f"encoder.layer.{i}."
        query, key, value = (split(dense(x, at + "attention.self." + part)) for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(query.shape[-1]) + bias
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ value
        mixed = mixed.transpose(0, 2, 1, 3).reshape(x.shape)
        x = norm(dense(mixed, at + "attention.output.dense") + x, at + "attention.output.LayerNorm")
        widened = gelu(dense(x, at + "intermediate.dense"))
        x = norm(dense(widened, at + "output.dense") + x, at + "output.LayerNorm")
    return x


def gelu_erf(x):
    return 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def main():
    rng = np.random.default_rng(7)
    lengths = [9, 5, 1]
    ids = rng.integers(0, CONFIG["vocab_size"], (len(lengths), max(lengths)))
    mask = (np.arange(max(lengths)) < np.array(lengths)[:, None]).astype(np.int64)
    weights = random_weights(CONFIG, rng)
    for act, gelu, folder in (("gelu", gelu_erf, "bert-erf"), ("gelu_new", gelu_tanh, "bert-tanh")):
        out = Path(sys.argv[1]) / folder
        out.mkdir(parents=True, exist_ok=True)
        (out / "config.json").write_text(json.dumps(dict(CONFIG, hidden_act=act), indent=2) + "\n")
        write_safetensors(out / "model.safetensors", weights)
        hidden = hidden_states(CONFIG, weights, ids, mask, gelu)
        write_safetensors(out / "expected.safetensors", {"ids": ids, "mask": mask, "hidden": hidden})


if __name__ == "__main__":
    main()
