#!/usr/bin/env python3
"""A tiny random BERT and its hidden states, computed in float64 with NumPy alone.

    bert_oracle.py OUT     writes OUT/bert-{erf,tanh}/{config.json,model.safetensors,expected.safetensors}
                           and the folders OUT/bert-{cased,uncased-sharded}

expected.safetensors holds ids and mask (int64) and the hidden states of every token (float64). The numbers
come from the definition of the encoder, not from any other implementation. The latter two are laid out as
published encoders are: with a vocabulary, names behind a prefix, task heads, shards. In them TEXT is given
in pieces that were split by hand, and hidden_reference is what the same weights give with GELU by tanh and
an epsilon of 1e-14.
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
TYPES = {np.dtype("float32"): "F32", np.dtype("float64"): "F64", np.dtype("int64"): "I64",
         np.dtype("uint8"): "U8"}
TEXT = "The Café in 東京, é!"
CASED = "[CLS] The Caf ##é in 東 京 , é ! [SEP]".split()
UNCASED = "[CLS] the caf ##e in 東 京 , e ! [SEP]".split()
SPECIAL = ["[PAD]", "[unused1]", "[unused2]", "[unused3]", "[unused4]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


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


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def write_shards(out, arrays, count):
    """The tensors dealt out over shards, with their index."""
    names = [f"model-{i + 1:05d}-of-{count:05d}.safetensors" for i in range(count)]
    place = {name: names[i % count] for i, name in enumerate(sorted(arrays))}
    for shard in names:
        write_safetensors(out / shard, {n: arrays[n] for n in arrays if place[n] == shard})
    total = sum(a.nbytes for a in arrays.values())
    write_json(out / "model.safetensors.index.json", {"metadata": {"total_size": total}, "weight_map": place})


def old_name(name):
    """As the first published encoders call the parameters of a normalisation."""
    return "bert." + name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")


def write_folder(out, rng, pieces, others, lower):
    out.mkdir(parents=True, exist_ok=True)
    tokens = SPECIAL + sorted(set(pieces) - set(SPECIAL)) + others
    (out / "vocab.txt").write_text("".join(t + "\n" for t in tokens), encoding="utf-8")
    # More embeddings than tokens, and an epsilon so large that it shows in the states.
    config = dict(CONFIG, vocab_size=len(tokens) + 3, max_position_embeddings=16, layer_norm_eps=0.01,
                  hidden_act="gelu", architectures=["BertForPreTraining"], pad_token_id=0)
    write_json(out / "config.json", config)
    write_json(out / "tokenizer_config.json", {"do_lower_case": lower, "strip_accents": None, "model_max_length": 16})
    weights = random_weights(config, rng)
    ids = np.array([[tokens.index(t) for t in pieces]])
    mask = np.ones_like(ids)
    states = hidden_states(config, weights, ids, mask, gelu_erf)
    reference = hidden_states(dict(config, layer_norm_eps=1e-14), weights, ids, mask, gelu_tanh)
    write_safetensors(out / "expected.safetensors",
                      {"ids": ids, "mask": mask, "hidden": states, "hidden_reference": reference})
    return config, weights


def write_folders(out):
    rng = np.random.default_rng(8)
    width = CONFIG["hidden_size"]
    config, weights = write_folder(out / "bert-cased", rng, CASED, ["the", "Cafe", "##e", "e"], False)
    heads = {"bert.pooler.dense.weight": (width, width), "bert.pooler.dense.bias": (width,),
             "cls.predictions.bias": (config["vocab_size"],), "cls.seq_relationship.weight": (2, width)}
    stored = {old_name(n): w for n, w in weights.items()}
    stored |= {n: rng.normal(0, 1, s).astype(np.float32) for n, s in heads.items()}
    stored["bert.embeddings.position_ids"] = np.arange(config["max_position_embeddings"])[None]
    write_safetensors(out / "bert-cased" / "model.safetensors", stored)
    _, weights = write_folder(out / "bert-uncased-sharded", rng, UNCASED, ["café", "##é", "é"], True)
    write_shards(out / "bert-uncased-sharded", weights, 3)


def main():
    write_folders(Path(sys.argv[1]))
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
