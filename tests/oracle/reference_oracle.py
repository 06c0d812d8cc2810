"""Golden values of the reference mode, end to end, in float64 NumPy with all noise injected.

A tiny model with an encoder of its own (a table of token states, so that the gradient into the encoder
is visible): every loss term, its gradient in every parameter, and three optimiser steps; then twenty
Adam steps on a small function. Gradients come from complex steps, exact to rounding and independent of
any automatic differentiation. Run by hand:

    python3 tests/oracle/reference_oracle.py > tests/learning/data/reference.json

Inputs are rounded to float32, so that one file serves the tests of both types.
"""

import json
import math
import sys

import numpy as np

RNG = np.random.default_rng(20260401)
RADIUS = 7.600903  # asinh(1000)
STEP = 1e-30


def single(a):
    return np.asarray(a, dtype=np.float32).astype(np.float64)


def tensor(a):
    a = np.real(a).astype(np.float64)
    return {"shape": list(a.shape), "data": [float(v) for v in a.reshape(-1)]}


def tensors(d):
    return {k: tensor(v) for k, v in d.items()}


# ---- Functions of complex numbers that are analytic where the real part decides --------------------------


def stop_gradient(x):
    return np.real(x) + 0j


def positive(x):
    return np.where(np.real(x) > 0, x, 0)


def leaky(x):
    return np.where(np.real(x) > 0, x, 0.2 * x)


def norm(x):
    return np.sqrt(np.sum(x * x, axis=-1, keepdims=True))


def log_softmax(x, axis=-1):
    shifted = x - np.max(np.real(x), axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def dense(p, name, x):
    return x @ p[name + ".weight"].T + p[name + ".bias"]


def clip(x):
    n = norm(x)
    outside = np.real(n) > RADIUS
    return np.where(outside, x * (RADIUS / np.where(outside, n, 1)), x)


def lorentz(p, name, x):
    y = clip(clip(x) @ p[name + ".weight"].T + p[name + ".bias"])
    return np.concatenate([np.zeros(y.shape[:-1] + (1,)), y], axis=-1)


# ---- The model -------------------------------------------------------------------------------------------


def divergence(mu, logvar):
    return np.mean(0.5 * np.sum(mu * mu + np.exp(logvar) - 1 - logvar, axis=-1))


def bottleneck(p, x, eps):
    mu, logvar = dense(p, "vib.mu", lorentz(p, "vib.ll1", x)), dense(p, "vib.logvar", lorentz(p, "vib.ll2", x))
    return mu + np.exp(logvar / 2) * eps, divergence(mu, logvar)


def decode(p, z, condition):
    h = leaky(dense(p, "vae.hidden1", np.concatenate([z, condition], axis=-1)))
    return dense(p, "vae.output", leaky(dense(p, "vae.hidden2", h)))


def info_nce(a, b):
    z = a @ b.T
    rows = np.arange(len(a))
    return -(np.mean(log_softmax(z, 1)[rows, rows]) + np.mean(log_softmax(z, 0)[rows, rows])) / 2


def ranking(scores, target):
    total = 0
    for row, y in zip(scores, target):
        for j in range(len(row)):
            if j != y:
                total = total + positive(1 - row[y] + row[j])
    return total / len(target)


def fuse(case, p, noise):
    """h_mm (B, W), attention (B, L + K), the divergence and the contrast of the two modalities."""
    tokens, anchors = p["tokens"][case["ids"]], p["tokens"][case["ids"]]
    batch = np.arange(len(tokens))
    anchors = np.stack([anchors[batch, place] for place in np.transpose(case["anchors"])], axis=1)
    image = dense(p, "image_in", p["image"]) if "image_in.weight" in p else p["image"]
    text_z, text_kl = bottleneck(p, tokens, noise["text"])
    image_z, image_kl = bottleneck(p, image, noise["image"])
    z = np.concatenate([text_z, image_z], axis=1)
    attention = np.exp(log_softmax((z @ p["token_score.weight"].T)[..., 0]))
    context = np.sum(attention[..., None] * z, axis=1)
    fused = np.concatenate([tokens[:, 0], anchors.reshape(len(tokens), -1), context], axis=-1)
    contrast = info_nce(text_z.mean(axis=1), image_z.mean(axis=1))
    return fused, attention, anchors, (text_kl + image_kl) / 2, contrast


def vae_loss(p, fused, anchors, eps):
    x, condition = stop_gradient(fused), stop_gradient(anchors.mean(axis=1))
    mu, logvar = lorentz(p, "vae.mu", x), lorentz(p, "vae.logvar", x)
    error = decode(p, mu + np.exp(logvar / 2) * eps, condition) - x
    return np.mean(error * error) + divergence(mu, logvar)


def unseen_losses(p, states, eps):
    """Cross entropy of Z to the identity and the divergence of its diagonal from uniform."""
    fixed = stop_gradient(states)
    decodings = decode(p, eps, np.broadcast_to(fixed[:, None], eps.shape[:2] + fixed.shape[-1:]))
    z = dense(p, "ln1", decodings.mean(axis=1)) @ dense(p, "ln2", fixed).T
    diagonal = np.arange(len(z))
    cross_entropy = -np.mean(log_softmax(z)[diagonal, diagonal])
    alignment = -math.log(len(z)) - np.mean(log_softmax(positive(z[diagonal, diagonal])))
    return cross_entropy, alignment, z


def forward(case, p, noise):
    fused, attention, anchors, vib, nce = fuse(case, p, noise)
    states = p["tokens"][case["labels"]].mean(axis=1)  # all positions, padding too
    scores = dense(p, "ln1", fused) @ dense(p, "ln2", states).T
    cross_entropy, alignment, z = unseen_losses(p, states[case["unseen"]], noise["generated"])
    terms = {
        "rank": ranking(scores[:, case["seen"]], case["target"]),
        "vib": vib,
        "vae": vae_loss(p, fused, anchors, noise["vae"]),
        "nce": nce,
        "unseen": cross_entropy,
        "align": alignment,
    }
    weight = case["weight"]
    total = terms["rank"] + terms["vae"] + terms["vib"] + terms["nce"] + weight * (cross_entropy + alignment)
    return terms, total, {"fused": fused, "attention": attention, "scores": scores, "z": z}


# ---- Gradients and optimiser -----------------------------------------------------------------------------


def gradients(function, p):
    """Complex steps: gradient of every value of `function`'s dict in every parameter."""
    result = {}
    for name, value in p.items():
        for place in np.ndindex(value.shape):
            moved = dict(p)
            moved[name] = value.astype(complex)
            moved[name][place] += 1j * STEP
            for term, y in function(moved).items():
                gradient = result.setdefault(term, {}).setdefault(name, np.zeros(value.shape))
                gradient[place] = np.imag(y) / STEP
    return result


class Adam:
    """hat: epsilon is added to the root of the uncorrected moment, as the authors' framework does."""

    def __init__(self, rate, epsilon, hat, decay=0.0, clip_norm=0.0):
        self.rate, self.epsilon, self.hat, self.decay, self.clip_norm = rate, epsilon, hat, decay, clip_norm
        self.first, self.second, self.t = {}, {}, 0

    def step(self, p, gradient, factor=1.0):
        self.t += 1
        correction1, correction2 = 1 - 0.9**self.t, 1 - 0.999**self.t
        length = math.sqrt(sum(np.sum(g * g) for g in gradient.values()))
        scale = min(1.0, self.clip_norm / length) if self.clip_norm > 0 else 1.0
        moved = {}
        for name, value in p.items():
            g = gradient[name] * scale
            m = self.first[name] = 0.9 * self.first.get(name, 0) + 0.1 * g
            v = self.second[name] = 0.999 * self.second.get(name, 0) + 0.001 * g * g
            rate = self.rate * factor
            if self.hat:
                change = rate * math.sqrt(correction2) / correction1 * m / (np.sqrt(v) + self.epsilon)
            else:
                change = rate * (m / correction1) / (np.sqrt(v / correction2) + self.epsilon)
            moved[name] = value * (1 - rate * self.decay) - change
        return moved


# ---- Cases -----------------------------------------------------------------------------------------------


def model_parameters(width, anchors, image_width):
    fused = (2 + anchors) * width
    widths = {
        "vib.ll1": (width - 1, width), "vib.ll2": (width - 1, width),
        "vib.mu": (width, width), "vib.logvar": (width, width),
        "ln1": (width, fused), "ln2": (width, width),
        "vae.mu": (width - 1, fused), "vae.logvar": (width - 1, fused),
        "vae.hidden1": (2 * width, 2 * width), "vae.hidden2": (2 * width, 2 * width),
        "vae.output": (fused, 2 * width),
    }
    if image_width != width:
        widths["image_in"] = (width, image_width)
    p = {}
    for name, (out, inside) in widths.items():
        p[name + ".weight"] = single(RNG.normal(size=(out, inside)) / math.sqrt(inside))
        p[name + ".bias"] = single(RNG.normal(size=out) * 0.2)
    p["token_score.weight"] = single(RNG.normal(size=(1, width)))
    return p


def draw_noise(case, width, latent):
    batch, length = case["ids"].shape
    return {
        "text": single(RNG.normal(size=(batch, length, width))),
        "image": single(RNG.normal(size=(batch, case["regions"], width))),
        "vae": single(RNG.normal(size=(batch, latent))),
        "generated": single(RNG.normal(size=(len(case["unseen"]), batch, latent))),
    }


def model_case(anchors, image_width, weight):
    width, words, batch, length, regions = 4, 9, 3, 5, 3
    case = {
        "ids": RNG.integers(1, words, size=(batch, length)),
        "labels": RNG.integers(1, words, size=(6, 3)),
        "anchors": np.array([[1, 3], [2, 1], [1, 2]])[:, :anchors],
        "seen": np.array([4, 0, 2]), "unseen": np.array([1, 5, 3]), "target": np.array([2, 0, 1]),
        "regions": regions, "weight": weight,
    }
    case["ids"][1, 4:] = case["ids"][2, 3:] = case["labels"][1, 2:] = 0  # padding
    p = model_parameters(width, anchors, image_width)
    p["tokens"] = single(RNG.normal(size=(words, width)))
    p["tokens"][7] *= 6  # beyond the radius of the clip
    p["image"] = single(RNG.normal(size=(batch, regions, image_width)))
    noises = [draw_noise(case, width, width) for _ in range(3)]
    out = {"width": width, "image_width": image_width, "weight": weight, "parameters": tensors(p),
           "noise": [tensors(n) for n in noises]}
    out.update({k: tensor(case[k]) for k in ("ids", "labels", "anchors", "seen", "unseen", "target")})
    optimiser = Adam(3e-4, 1e-7, True)
    out["steps"] = []
    for step, noise in enumerate(noises):
        terms, total, values = forward(case, p, noise)
        record = {"terms": {k: float(np.real(v)) for k, v in terms.items()},
                  "total": float(np.real(total))}
        if step == 0:
            out["values"] = tensors(values)
            of_terms = gradients(lambda q: forward(case, q, noise)[0], p)
            out["gradients"] = {term: tensors(g) for term, g in of_terms.items()}
        gradient = gradients(lambda q: {"total": forward(case, q, noise)[1]}, p)["total"]
        p = optimiser.step(p, gradient)
        record["parameters"] = tensors(p)
        out["steps"].append(record)
    return out


def adam_case(hat, epsilon, decay=0.0, clip_norm=0.0, falling=False):
    """Twenty steps on sum a (x - b)^2 / 2 + (x - b)^4 / 4, with curvatures from 1e-9 to 10."""
    a = single([1e-9, 1e-7, 1e-5, 1e-3, 0.1, 1, 10])
    b, x = single(RNG.normal(size=7)), single(RNG.normal(size=7))
    small = np.where(a < 1e-2, 0.0, 1.0)  # no quartic where the gradient shall stay near epsilon
    p, optimiser, path = {"x": x}, Adam(0.03, epsilon, hat, decay, clip_norm), []
    factors = [1 - 0.04 * i if falling else 1.0 for i in range(20)]
    for factor in factors:
        d = p["x"] - b
        p = optimiser.step(p, {"x": a * d + small * d**3}, factor)
        path.append(p["x"])
    return {"a": tensor(a), "b": tensor(b), "quartic": tensor(small), "x": tensor(x), "rate": 0.03,
            "epsilon": epsilon, "hat": hat, "decay": decay, "clip_norm": clip_norm,
            "factors": tensor(factors), "path": tensor(path)}


def main():
    oracle = {
        "entity": model_case(1, 4, 10.0),
        "relation": model_case(2, 4, 1.0),
        "projected": model_case(1, 3, 10.0),
        "adam": [adam_case(True, 1e-7), adam_case(False, 1e-7), adam_case(False, 1e-8, decay=0.1),
                 adam_case(False, 1e-8, clip_norm=0.5, falling=True)],
    }
    json.dump(oracle, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
