#!/usr/bin/env python3
"""Tiny random vision transformers and their tokens, computed in float64 with NumPy alone.

    vit_oracle.py OUT     writes the folders OUT/vit and OUT/vit-sharded

expected.safetensors holds a picture (uint8, height x width x 3), the pixels that the encoder takes (float64,
1 x 3 x side x side, the nearest pixel under each centre, x / 127.5 - 1) and all tokens of the last layer
(float64): hidden by the folder's configuration, hidden_reference with the exact GELU and an epsilon of 1e-6.
Patches are cut and multiplied one by one; nothing is taken from another implementation.
"""

import math
import sys
from pathlib import Path

import numpy as np

from bert_oracle import gelu_erf, gelu_tanh, write_json, write_safetensors, write_shards

CONFIG = {
    "model_type": "vit",
    "hidden_size": 12,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "intermediate_size": 20,
    "image_size": 12,
    "patch_size": 4,
    "num_channels": 3,
    "layer_norm_eps": 0.01,
}


def random_weights(c, rng):
    d, wide, patch = c["hidden_size"], c["intermediate_size"], c["patch_size"]
    w = {}

    def dense(name, out, into, bias=True):
        w[name + ".weight"] = rng.normal(0, 0.4, (out, into))
        if bias:
            w[name + ".bias"] = rng.normal(0, 0.2, out)

    def norm(name):
        w[name + ".weight"] = rng.normal(1, 0.2, d)
        w[name + ".bias"] = rng.normal(0, 0.2, d)

    tokens = 1 + (c["image_size"] // patch) ** 2
    w["embeddings.cls_token"] = rng.normal(0, 1, (1, 1, d))
    w["embeddings.position_embeddings"] = rng.normal(0, 0.5, (1, tokens, d))
    w["embeddings.patch_embeddings.projection.weight"] = rng.normal(0, 0.2, (d, 3, patch, patch))
    w["embeddings.patch_embeddings.projection.bias"] = rng.normal(0, 0.2, d)
    for i in range(c["num_hidden_layers"]):
        at = f"encoder.layer.{i}."
        for part in ("query", "key", "value"):
            dense(at + "attention.attention." + part, d, d, c.get("qkv_bias", True))
        dense(at + "attention.output.dense", d, d)
        dense(at + "intermediate.dense", wide, d)
        dense(at + "output.dense", d, wide)
        norm(at + "layernorm_before")
        norm(at + "layernorm_after")
    norm("layernorm")
    return {name: value.astype(np.float32) for name, value in w.items()}


def nearest(picture, side):
    """Row and column under the centre of each new pixel."""
    high, wide, _ = picture.shape
    rows = [int((i + 0.5) * high / side) for i in range(side)]
    columns = [int((j + 0.5) * wide / side) for j in range(side)]
    return picture[rows][:, columns]


def prepare(picture, side):
    return (nearest(picture, side).astype(np.float64) / 127.5 - 1).transpose(2, 0, 1)


def tokens_of(c, weights, pixels, gelu, eps):
    """pixels (3, side, side) -> (1 + patches, width)"""
    w = {name: value.astype(np.float64) for name, value in weights.items()}
    heads, patch, side = c["num_attention_heads"], c["patch_size"], c["image_size"]
    size = c["hidden_size"] // heads

    def dense(x, name):
        return x @ w[name + ".weight"].T + w.get(name + ".bias", 0.0)

    def norm(x, name):
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + eps) * w[name + ".weight"] + w[name + ".bias"]

    kernel = w["embeddings.patch_embeddings.projection.weight"]
    rows = [w["embeddings.cls_token"][0, 0]]
    for top in range(0, side, patch):
        for left in range(0, side, patch):
            cut = pixels[:, top : top + patch, left : left + patch]
            rows.append((kernel * cut).sum((1, 2, 3)) + w["embeddings.patch_embeddings.projection.bias"])
    x = np.stack(rows) + w["embeddings.position_embeddings"][0]
    for i in range(c["num_hidden_layers"]):
        at = f"encoder.layer.{i}."
        y = norm(x, at + "layernorm_before")
        query, key, value = (dense(y, at + "attention.attention." + part) for part in ("query", "key", "value"))
        mixed = []
        for h in range(heads):
            own = slice(h * size, (h + 1) * size)
            scores = np.exp(query[:, own] @ key[:, own].T / math.sqrt(size))
            mixed.append(scores / scores.sum(1, keepdims=True) @ value[:, own])
        x = x + dense(np.concatenate(mixed, 1), at + "attention.output.dense")
        x = x + dense(gelu(dense(norm(x, at + "layernorm_after"), at + "intermediate.dense")), at + "output.dense")
    return norm(x, "layernorm")


def write_folder(out, rng, changes, gelu):
    out.mkdir(parents=True, exist_ok=True)
    config = dict(CONFIG, **changes)
    write_json(out / "config.json", config)
    weights = random_weights(config, rng)
    picture = rng.integers(0, 256, (7, 19, 3)).astype(np.uint8)
    pixels = prepare(picture, config["image_size"])
    write_safetensors(out / "expected.safetensors", {
        "picture": picture, "pixels": pixels[None],
        "hidden": tokens_of(config, weights, pixels, gelu, config["layer_norm_eps"])[None],
        "hidden_reference": tokens_of(config, weights, pixels, gelu_erf, 1e-6)[None],
    })
    return config, weights


def main():
    out, rng = Path(sys.argv[1]), np.random.default_rng(9)
    config, weights = write_folder(out / "vit", rng, {"hidden_act": "gelu", "architectures": ["ViTForImageClassification"]},
                                   gelu_erf)
    stored = {"vit." + n: w for n, w in weights.items()}
    stored["classifier.weight"] = rng.normal(0, 1, (5, config["hidden_size"])).astype(np.float32)
    stored["classifier.bias"] = rng.normal(0, 1, 5).astype(np.float32)
    write_safetensors(out / "vit" / "model.safetensors", stored)
    half = [0.5] * 3
    write_json(out / "vit" / "preprocessor_config.json", {
        "do_resize": True, "do_rescale": True, "do_normalize": True, "rescale_factor": 1 / 255, "resample": 0,
        "size": {"height": config["image_size"], "width": config["image_size"]}, "image_mean": half, "image_std": half,
    })
    config, weights = write_folder(out / "vit-sharded", rng, {"hidden_act": "gelu_new", "qkv_bias": False, "patch_size": 6},
                                   gelu_tanh)
    width = config["hidden_size"]
    weights["pooler.dense.weight"] = rng.normal(0, 1, (width, width)).astype(np.float32)
    weights["pooler.dense.bias"] = rng.normal(0, 1, width).astype(np.float32)
    write_shards(out / "vit-sharded", weights, 2)


if __name__ == "__main__":
    main()
