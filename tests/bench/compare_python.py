#!/usr/bin/python3
"""The engine beside a straightforward Python pipeline: same machine, weights, texts, batch and threads.

  python3 tests/bench/compare_python.py --bin build/release/bin --documents FILE.jsonl [--rounds 3]

needs PyTorch and NumPy, nothing else. The pipeline is what one writes with a BERT module in Hugging Face's
layout: texts in the order of the file, padded to the longest of their batch, mention head over the batch,
then the typing and the relation head document by document, in inference mode. It is spared what ours does
besides: tokenizing, decoding of spans (it gets the spans that ours found), ranking against all categories
is one matrix product. Its training step encodes the texts and the labels, trains the same layers with the
same optimiser on mention detection, typing and relations, and leaves out the bottleneck's KL, the VAE,
generated samples, InfoNCE, alignment and tree, which ours computes.

Prints versions, the largest difference of its latents to ours, and the ratios, which come from rounds that
alternate between both programs.
"""
import argparse
import json
import math
import pathlib
import platform
import re
import statistics
import struct
import subprocess
import tempfile
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

BATCH = 16
LABELS = 32
TOP_LAYERS = 3


def safetensors(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    kinds = {"F32": np.float32, "F16": np.float16}
    out = {}
    for name, item in header.items():
        if name == "__metadata__":
            continue
        begin, end = item["data_offsets"]
        values = np.frombuffer(data[8 + size + begin:8 + size + end], kinds[item["dtype"]])
        out[name] = torch.from_numpy(values.astype(np.float32)).reshape(item["shape"])
    return out


class Layer(nn.Module):
    def __init__(self, width, heads, wide, eps):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.mix = (nn.Linear(width, width) for _ in range(4))
        self.mix_norm, self.norm = (nn.LayerNorm(width, eps=eps) for _ in range(2))
        self.widen, self.narrow = nn.Linear(width, wide), nn.Linear(wide, width)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).permute(0, 2, 1, 3)

    def forward(self, x, bias):
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(q.shape[-1]) + bias
        seen = torch.matmul(scores.softmax(-1), v).permute(0, 2, 1, 3).reshape(x.shape)
        x = self.mix_norm(self.mix(seen) + x)
        return self.norm(self.narrow(F.gelu(self.widen(x))) + x)


class Bert(nn.Module):
    NAMES = {"query": "attention.self.query", "key": "attention.self.key",
             "value": "attention.self.value", "mix": "attention.output.dense",
             "mix_norm": "attention.output.LayerNorm", "widen": "intermediate.dense",
             "narrow": "output.dense", "norm": "output.LayerNorm"}

    def __init__(self, config, weights):
        super().__init__()
        width, eps = config["hidden_size"], config["layer_norm_eps"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.types = nn.Embedding(config["type_vocab_size"], width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], eps)
            for _ in range(config["num_hidden_layers"]))
        state = {"words.weight": weights["embeddings.word_embeddings.weight"],
                 "places.weight": weights["embeddings.position_embeddings.weight"],
                 "types.weight": weights["embeddings.token_type_embeddings.weight"]}
        for part in ("weight", "bias"):
            state["norm." + part] = weights["embeddings.LayerNorm." + part]
            for i in range(len(self.layers)):
                for ours, theirs in self.NAMES.items():
                    state[f"layers.{i}.{ours}.{part}"] = weights[f"encoder.layer.{i}.{theirs}.{part}"]
        self.load_state_dict(state)

    def forward(self, ids, mask):
        bias = (1 - mask.float())[:, None, None, :] * -1e4
        x = self.words(ids) + self.places(torch.arange(ids.shape[1])) + self.types(torch.zeros_like(ids))
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Head(nn.Module):
    """One HMGRL head for texts without image, by the names of heads.safetensors."""

    def __init__(self, weights, kind):
        super().__init__()
        self.p = nn.ParameterDict({name[len(kind) + 1:].replace(".", "_"): nn.Parameter(value)
                                   for name, value in weights.items() if name.startswith(kind + ".")})

    def linear(self, name, x):
        return F.linear(x, self.p[name + "_weight"], self.p[name + "_bias"])

    def layer_norm(self, name, x):
        return F.layer_norm(x, x.shape[-1:], self.p[name + "_weight"], self.p[name + "_bias"])

    @staticmethod
    def clip(x, radius=7.600903):
        norm = x.norm(dim=-1, keepdim=True).clamp_min(1e-12)
        return x * (radius / norm).clamp_max(1)

    def curvature(self):
        return torch.exp(torch.tanh(self.p["raw_curvature"]) * math.log(10))

    def bottleneck(self, x):
        return self.linear("vib_mu", F.pad(self.clip(self.linear("vib_ll1", self.clip(x))), (1, 0)))

    def fused(self, tokens, anchors):
        """tokens (L, D) of one text without padding, anchors (B, A, D) -> (B, W)"""
        z = self.bottleneck(torch.cat([tokens, self.p["absent_image"][None]]))
        query = self.linear("query", anchors.flatten(1))
        attention = (query @ self.linear("key", z).T / math.sqrt(z.shape[1])).softmax(-1)
        return torch.cat([tokens[:1].expand(len(anchors), -1), anchors.flatten(1), attention @ z], 1)

    def hidden(self, fused):
        return F.gelu(self.linear("hidden", self.layer_norm("norm", fused)))

    def lift(self, name, h):
        root = self.curvature().sqrt()
        v = self.clip(self.p[name + "_log_alpha"].exp() * self.linear(name + "_linear", h) * root)
        norm = v.norm(dim=-1, keepdim=True).clamp_min(1e-12)
        return norm.sinh() / norm * v / root

    def prototypes(self, labels):
        return self.lift("label_lift", self.layer_norm("label_norm", labels))

    def scores(self, x, y):
        c = self.curvature()
        time_x, time_y = (1 / c + x.square().sum(-1)).sqrt(), (1 / c + y.square().sum(-1)).sqrt()
        inner = (c * (time_x[:, None] * time_y - x @ y.T)).clamp_min(1 + 1e-6)
        return -torch.acosh(inner) / c.sqrt() / self.p["log_tau"].exp()

    def related(self, hidden):
        return self.linear("related", hidden)[:, 0]


class Pipeline(nn.Module):
    def __init__(self, model):
        super().__init__()
        config = json.loads((model / "config.json").read_text())
        heads = safetensors(model / "heads.safetensors")
        self.bert = Bert(config["text"], safetensors(model / "text.safetensors"))
        self.mention = Head(heads, "mention")
        self.entity, self.relation = Head(heads, "entity"), Head(heads, "relation")
        self.threshold = config["calibration"]["relation_threshold"]

    def encode(self, texts):
        length = max(len(ids) for ids in texts)
        ids = torch.tensor([text + [0] * (length - len(text)) for text in texts])
        mask = torch.tensor([[True] * len(text) + [False] * (length - len(text)) for text in texts])
        return self.bert(ids, mask), mask

    def label_states(self, texts):
        states, mask = self.encode(texts)
        return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)

    def mention_logits(self, states):
        hidden = F.gelu(self.mention.linear("hidden", states) + self.mention.p["style_weight"][0])
        return self.mention.linear("out", hidden)

    @staticmethod
    def pairs(count):
        near = range(min(count, 24))
        return [(h, t) for h in near for t in near if h != t]

    def extract(self, documents, entity_prototypes, relation_prototypes):
        latents, relations = [], 0
        for begin in range(0, len(documents), BATCH):
            group = documents[begin:begin + BATCH]
            states, _ = self.encode([d["ids"] for d in group])
            self.mention_logits(states).softmax(-1).numpy()
            for document, tokens in zip(group, states):
                tokens = tokens[:len(document["ids"])]
                latents.append(None)
                if not document["mentions"]:
                    continue
                anchors = torch.stack([tokens[a:b].mean(0) for a, b in document["mentions"]])
                fused = self.entity.fused(tokens, anchors[:, None])
                latents[-1] = self.entity.lift("lift", self.entity.hidden(fused))
                self.entity.scores(latents[-1], entity_prototypes).softmax(-1).topk(5)
                pairs = self.pairs(len(anchors))
                if not pairs:
                    continue
                hidden = self.relation.hidden(self.relation.fused(tokens, anchors[torch.tensor(pairs)]))
                kept = self.relation.related(hidden).sigmoid() >= self.threshold
                if kept.any():
                    points = self.relation.lift("lift", hidden[kept])
                    self.relation.scores(points, relation_prototypes).softmax(-1).topk(5)
                    relations += int(kept.sum())
        return latents, relations

    def trained(self):
        self.bert.requires_grad_(False)
        for layer in self.bert.layers[-TOP_LAYERS:]:
            layer.requires_grad_(True)
        return [p for p in self.parameters() if p.requires_grad]

    def loss(self, documents, entity_labels, relation_labels, random):
        states, mask = self.encode([d["ids"] for d in documents])
        logits = self.mention_logits(states)
        loss = F.cross_entropy(logits[mask], torch.zeros(int(mask.sum()), dtype=torch.long))
        typed, paired = [], []
        for document, tokens in zip(documents, states):
            if not document["mentions"]:
                continue
            tokens = tokens[:len(document["ids"])]
            anchors = torch.stack([tokens[a:b].mean(0) for a, b in document["mentions"]])
            typed.append(self.entity.fused(tokens, anchors[:, None]))
            pairs = self.pairs(len(anchors))[:6]
            if pairs:
                paired.append(self.relation.fused(tokens, anchors[torch.tensor(pairs)]))
        samples = 0
        for head, rows, labels in ((self.entity, typed, entity_labels), (self.relation, paired, relation_labels)):
            hidden = head.hidden(torch.cat(rows))
            protos = head.prototypes(self.label_states(labels))
            target = torch.from_numpy(random.integers(len(labels), size=len(hidden)))
            loss = loss + F.cross_entropy(head.scores(head.lift("lift", hidden), protos), target)
            if head is self.relation:
                loss = loss + F.binary_cross_entropy_with_logits(head.related(hidden),
                                                                 (target % 2).float())
            samples += len(hidden)
        return loss, samples


def train(pipeline, data, steps, warm_up=3):
    random = np.random.default_rng(1)
    optimiser = torch.optim.AdamW(pipeline.trained(), lr=1e-5, weight_decay=0.01)
    documents = [d for d in data["documents"] if len(d["ids"]) <= 128]
    times, samples = [], 0
    for step in range(warm_up + steps):
        draw = lambda what, n: [what[i] for i in random.choice(len(what), min(n, len(what)), replace=False)]
        batch = draw(documents, BATCH)
        labels = draw(data["entity"], LABELS), draw(data["relation"], LABELS)
        start = time.perf_counter()
        loss, count = pipeline.loss(batch, *labels, random)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for g in optimiser.param_groups for p in g["params"]], 1)
        optimiser.step()
        if step >= warm_up:
            times.append(time.perf_counter() - start)
            samples += count
    return BATCH * steps / sum(times), samples / sum(times), samples / steps


def ours(program, arguments, pattern):
    out = subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
    return [float(x) for x in re.search(pattern, out).groups()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path("build/release/bin"))
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/default"))
    parser.add_argument("--documents", default="resources/sample/sample.jsonl")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=20)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    common = ["--text-only", "--threads", str(arguments.threads)]
    files = [arguments.documents, str(arguments.model)]
    print(f"Python {platform.python_version()}, PyTorch {torch.__version__}, NumPy {np.__version__}, "
          f"{arguments.threads} threads, batch {BATCH}")
    with tempfile.TemporaryDirectory() as folder:
        dump = pathlib.Path(folder) / "dump.json"
        subprocess.run([arguments.bin / "extract_bench", *common, "--dump", dump, *files], check=True)
        data = json.loads(dump.read_text())
    documents = data["documents"]
    pipeline = Pipeline(arguments.model).eval()
    with torch.inference_mode():
        prototypes = [head.prototypes(torch.cat([pipeline.label_states(labels[i:i + 32])
                                                 for i in range(0, len(labels), 32)]))
                      for head, labels in ((pipeline.entity, data["entity"]),
                                           (pipeline.relation, data["relation"]))]
        latents, relations = pipeline.extract(documents, *prototypes)
        # Latents end with what words said before training, which this pipeline leaves out.
        worst = max((float((mine - torch.tensor(document["latents"])[:, :mine.shape[1]]).abs().max())
                     for mine, document in zip(latents, documents) if mine is not None))
        print(f"{len(documents)} texts, {sum(len(d['ids']) for d in documents)} tokens, "
              f"{sum(len(d['mentions']) for d in documents)} mentions, {relations} relations; "
              f"latents differ from ours by at most {worst:.1e}")
    extraction, training = [], []
    for _ in range(arguments.rounds):
        with torch.inference_mode():
            start = time.perf_counter()
            pipeline.extract(documents, *prototypes)
            theirs = len(documents) / (time.perf_counter() - start)
        (mine,) = ours(arguments.bin / "extract_bench", [*common, *files], r"([\d.]+) pairs/s")
        extraction.append((mine, theirs))
        print(f"  extraction round: ours {mine:.1f}, Python {theirs:.1f} texts/s", flush=True)
    for _ in range(arguments.rounds):
        theirs = train(pipeline, data, arguments.steps)
        mine = ours(arguments.bin / "train_bench", [*common, "--steps", str(arguments.steps), *files],
                    r"([\d.]+) texts/s, ([\d.]+) samples/s; a step of \d+ texts and ([\d.]+)")
        training.append((mine, theirs))
        print(f"  training round: ours {mine[0]:.1f}, Python {theirs[0]:.1f} texts/s", flush=True)
    ratio = lambda rounds: statistics.median(mine / theirs for mine, theirs in rounds)
    print(f"extraction: ours {statistics.median(m for m, _ in extraction):.1f}, Python "
          f"{statistics.median(t for _, t in extraction):.1f} texts/s; ratio {ratio(extraction):.2f} "
          f"(median of {arguments.rounds} rounds)")
    for at, unit in ((0, "texts/s"), (1, "samples/s")):
        part = [(m[at], t[at]) for m, t in training]
        print(f"training: ours {statistics.median(m for m, _ in part):.1f}, Python "
              f"{statistics.median(t for _, t in part):.1f} {unit}; ratio {ratio(part):.2f}")
    print(f"a step: ours {training[0][0][2]:.0f}, Python {training[0][1][2]:.0f} samples")


if __name__ == "__main__":
    main()
