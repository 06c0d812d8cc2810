"""Golden values of the default (lorentz) mode and of its Euclidean twin, end to end, float64 NumPy.

Every loss term with all noise injected, and the gradient of the total in every parameter and input by
complex steps. The geometry is the textbook's (acosh of the Lorentz product and the like). Run by hand:

    python3 tests/oracle/lorentz_oracle.py > tests/learning/data/lorentz.json
"""

import json
import math
import sys

import numpy as np

from reference_oracle import (clip, decode, dense, gradients, info_nce, log_softmax, lorentz,
                              norm, positive, single, stop_gradient, tensor, tensors)

RNG = np.random.default_rng(20260515)


def lifted(function, derivative):
    """A real function continued along an infinitesimal imaginary part."""

    def of(x):
        real = np.real(x)
        return function(real) + 1j * np.imag(x) * derivative(real)

    return of


erf = lifted(np.vectorize(math.erf), lambda x: 2 / math.sqrt(math.pi) * np.exp(-x * x))
arccosh = lifted(np.arccosh, lambda x: 1 / np.sqrt(x * x - 1))
arccos = lifted(np.arccos, lambda x: -1 / np.sqrt(1 - x * x))
arcsin = lifted(np.arcsin, lambda x: 1 / np.sqrt(1 - x * x))


def gelu(x):
    return x * (1 + erf(x / math.sqrt(2))) / 2


def layer_norm(p, name, x):
    centred = x - x.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + 1e-5)
    return scaled * p[name + ".weight"] + p[name + ".bias"]


# ---- Geometry of curvature -c, points by their space part ------------------------------------------------


def exp0(v, c):
    u = clip(v * np.sqrt(c))
    r = norm(u)
    return np.sinh(r) / r * u / np.sqrt(c)


def ambient(s, c):
    return np.concatenate([np.sqrt(1 / c + np.sum(s * s, axis=-1, keepdims=True)), s], axis=-1)


def minkowski(a, b):
    return np.sum(a[..., 1:] * b[..., 1:], axis=-1) - a[..., 0] * b[..., 0]


def distances(x, y, c):
    return arccosh(-c * minkowski(ambient(x, c)[:, None], ambient(y, c)[None])) / np.sqrt(c)


def direction(a, b, c):
    """Of the geodesic from a to b, ambient, any length."""
    return b + c * minkowski(a, b)[..., None] * a


def cone_loss(parents, children, c):
    """Mean over rows of how far a child lies outside of its parent's entailment cone."""
    a, b = ambient(parents, c), ambient(children, c)
    origin = ambient(np.zeros_like(parents), c)
    u, w = direction(a, origin, c), direction(a, b, c)
    exterior = arccos(-minkowski(u, w) / np.sqrt(minkowski(u, u) * minkowski(w, w)))
    radius = np.sqrt(c) * norm(parents)[..., 0]
    wide = np.real(radius) <= 0.2
    aperture = np.where(wide, math.pi / 2, arcsin(0.2 / np.where(wide, 1, radius)))
    return np.mean(positive(exterior - aperture))


# ---- The model -------------------------------------------------------------------------------------------


class Model:
    def __init__(self, case, p):
        self.case, self.p, self.hyperbolic = case, p, case["hyperbolic"]
        self.c = np.exp(np.tanh(p["raw_curvature"]) * math.log(10))
        self.tau = np.exp(p["log_tau"])

    def maps(self, name, x):
        return lorentz(self.p, name, x) if self.hyperbolic else dense(self.p, name, x)

    def bottleneck(self, x, eps):
        mu = dense(self.p, "vib.mu", self.maps("vib.ll1", x))
        logvar = dense(self.p, "vib.logvar", self.maps("vib.ll2", x))
        return mu + np.exp(logvar / 2) * eps, 0.5 * np.sum(mu * mu + np.exp(logvar) - 1 - logvar, axis=-1)

    def hidden(self, fused):
        return gelu(dense(self.p, "hidden", layer_norm(self.p, "norm", fused)))

    def lift(self, name, x):
        return exp0(np.exp(self.p[name + ".log_alpha"]) * dense(self.p, name + ".linear", x), self.c)

    def latent(self, fused):
        h = self.hidden(fused)
        return self.lift("lift", h) if self.hyperbolic else dense(self.p, "ln1", h)

    def prototypes(self, states):
        l = layer_norm(self.p, "label_norm", states)
        return self.lift("label_lift", l) if self.hyperbolic else dense(self.p, "ln2", l)

    def scores(self, x, y):
        if self.hyperbolic:
            return -distances(x, y, self.c) / self.tau
        d = x[:, None] - y[None]
        return -np.sqrt(np.sum(d * d, axis=-1) + 1e-9) / self.tau

    def decode(self, z, condition):
        if self.hyperbolic:  # a wrapped normal, in units of 1/sqrt(width)
            z = exp0(z / math.sqrt(z.shape[-1]), 1.0)
        return decode(self.p, z, condition)


def perceive(model, noise):
    case, p = model.case, model.p
    present, text = case["image_present"], case["text_present"]
    tokens = np.where(text[:, None, None], p["tokens"], p["absent_text"])
    regions = np.where(present[:, None, None], dense(p, "image_in", p["image"]), p["absent_image"])
    seen = np.repeat(present[:, None], regions.shape[1], axis=1)
    seen[:, 0] = True  # an absent image is one state
    text_z, text_kl = model.bottleneck(tokens, noise["text"])
    image_z, image_kl = model.bottleneck(regions, noise["image"])
    mean = lambda x, mask: np.sum(x * mask[..., None], axis=1) / np.sum(mask, axis=1)[:, None]
    both = present & text
    contrast = info_nce(mean(text_z, case["mask"])[both], mean(image_z, seen)[both])
    divergence = (np.mean(text_kl[case["mask"]]) + np.mean(image_kl)) / 2

    z, mask = np.concatenate([text_z, image_z], axis=1), np.concatenate([case["mask"], seen], axis=1)
    fused, attention = [], []
    for row, anchors in zip(case["row"], p["anchors"]):
        query = dense(p, "query", anchors.reshape(-1))
        logits = dense(p, "key", z[row]) @ query / math.sqrt(z.shape[-1])
        weights = np.zeros(len(mask[row]), dtype=complex)
        weights[mask[row]] = np.exp(log_softmax(logits[mask[row]]))
        attention.append(weights)
        fused.append(np.concatenate([tokens[row, 0], anchors.reshape(-1), weights @ z[row]]))
    return np.stack(fused), np.stack(attention), divergence, contrast


def cross_entropy(scores, target):
    return -np.mean(log_softmax(scores)[np.arange(len(target)), target])


def vae_loss(model, x, condition, eps, free_bits):
    mu, logvar = model.maps("vae.mu", x), model.maps("vae.logvar", x)
    error = model.decode(mu + np.exp(logvar / 2) * eps, condition) - x
    per = np.mean(0.5 * (mu * mu + np.exp(logvar) - 1 - logvar), axis=0)
    floored = np.where(np.real(per) > free_bits, per, free_bits)
    return np.mean(error * error) + np.sum(floored) / x.shape[-1]


def profile(scores, width):
    rows = []
    for row in scores:
        centred = row - row.mean()
        p = np.exp(log_softmax(centred / np.sqrt(np.mean(centred * centred) + 1e-6)))
        p = p[np.argsort(-np.real(p))]
        rows.append(np.concatenate([p, np.zeros(width - len(p))]))
    floored = np.mean(rows, axis=0) + 1e-4
    return floored / floored.sum()


def alignment(seen, unseen):
    width = max(seen.shape[1], unseen.shape[1])
    p, q = profile(seen, width), profile(unseen, width)
    return np.sum((p - q) * (np.log(p) - np.log(q))) / 2


def forward(case, p, noise):
    model = Model(case, p)
    fused, attention, vib, nce = perceive(model, noise)
    typed = case["target"] >= 0
    target, group, labels = case["target"][typed], case["group"], p["labels"]
    latents, protos = model.latent(fused[typed]), model.prototypes(labels)
    seen_scores = model.scores(latents, protos[case["seen"]])
    terms = {"vib": vib, "nce": nce,
             "rank": cross_entropy(seen_scores, [list(case["seen"]).index(t) for t in target])}

    groups = sorted(set(group[group >= 0]))
    in_group = group[target] >= 0
    terms["group"] = cross_entropy(model.scores(latents[in_group], protos[groups]),
                                   [groups.index(g) for g in group[target][in_group]])
    if case["hyperbolic"]:
        children = np.flatnonzero(group >= 0)
        terms["cone"] = cone_loss(protos[group[children]], protos[children], model.c)

    terms["vae"] = vae_loss(model, stop_gradient(fused[typed]), stop_gradient(labels[target]),
                            noise["vae"][typed], case["free_bits"])
    unseen, eps = case["unseen"], noise["generated"]
    conditions = np.broadcast_to(labels[unseen][:, None], eps.shape[:2] + labels.shape[-1:])
    made = stop_gradient(model.decode(eps, conditions)).reshape(-1, fused.shape[-1])
    scores = model.scores(model.latent(made), protos[unseen])
    terms["unseen"] = cross_entropy(scores, np.repeat(np.arange(len(unseen)), eps.shape[1]))
    terms["align"] = alignment(stop_gradient(seen_scores), scores)
    if case["anchors"] == 2:
        known = case["related"] >= 0
        logits = dense(p, "related", model.hidden(fused[known]))[:, 0]
        y = case["related"][known]
        terms["related"] = np.mean(np.log(1 + np.exp(logits)) - y * logits)
    total = sum(case["weights"][k] * v for k, v in terms.items())
    values = {"attention": attention, "fused": fused, "latents": model.latent(fused),
              "prototypes": protos, "scores": model.scores(model.latent(fused), protos)}
    return terms, total, values


# ---- Cases -----------------------------------------------------------------------------------------------

SIZES = {"width": 4, "image_width": 3, "vib": 3, "hidden": 6, "latent": 3, "vae_latent": 3, "vae_hidden": 5}


def random_parameters(anchors, hyperbolic):
    s = SIZES
    width, fused, less = s["width"], (1 + anchors) * s["width"] + s["vib"], 1 if hyperbolic else 0
    widths = {
        "image_in": (width, s["image_width"]),
        "vib.ll1": (s["vib"] - less, width), "vib.ll2": (s["vib"] - less, width),
        "vib.mu": (s["vib"], s["vib"]), "vib.logvar": (s["vib"], s["vib"]),
        "query": (s["vib"], anchors * width), "key": (s["vib"], s["vib"]), "hidden": (s["hidden"], fused),
        "lift.linear" if hyperbolic else "ln1": (s["latent"], s["hidden"]),
        "label_lift.linear" if hyperbolic else "ln2": (s["latent"], width),
        "vae.mu": (s["vae_latent"] - less, fused), "vae.logvar": (s["vae_latent"] - less, fused),
        "vae.hidden1": (s["vae_hidden"], s["vae_latent"] + width),
        "vae.hidden2": (s["vae_hidden"], s["vae_hidden"]), "vae.output": (fused, s["vae_hidden"]),
    }
    if anchors == 2:
        widths["related"] = (1, s["hidden"])
    p = {}
    for name, (out, inside) in widths.items():
        p[name + ".weight"] = single(RNG.normal(size=(out, inside)) / math.sqrt(inside))
        p[name + ".bias"] = single(RNG.normal(size=out) * 0.2)
    p["vae.logvar.weight"] *= 0.25  # the wrapped normal grows with sinh
    for name, size in (("norm", fused), ("label_norm", width)):
        p[name + ".weight"] = single(1 + 0.2 * RNG.normal(size=size))
        p[name + ".bias"] = single(0.2 * RNG.normal(size=size))
    if hyperbolic:
        p["lift.log_alpha"], p["label_lift.log_alpha"] = single(-0.3), single(-0.7)
    p["absent_image"], p["absent_text"] = single(RNG.normal(size=width)), single(RNG.normal(size=width))
    p["log_tau"], p["raw_curvature"] = single(-0.8), single(0.3)
    return p


def model_case(anchors, hyperbolic):
    rows, length, regions, samples, categories = 4, 5, 3, 6, 7
    lengths = np.array([5, 3, 2, 4])
    case = {
        "anchors": anchors, "hyperbolic": hyperbolic, "free_bits": float(np.float64(0.05)),
        "mask": np.arange(length)[None] < lengths[:, None],
        "image_present": np.array([True, False, True, True]),
        "text_present": np.array([True, True, False, True]),
        "row": np.array([0, 0, 1, 2, 3, 3]), "target": np.array([0, 1, 2, -1, 0, 2]),
        "seen": np.array([2, 0, 1]), "unseen": np.array([3, 4]),
        "group": np.array([5, 5, 6, 6, -1, -1, -1]), "related": np.array([1.0, 0.0, -1.0, 1.0, 0.0, 1.0]),
    }
    beta, vib, vae, nce, eta, zeta, tree = 0.9, 0.2, 0.7, 0.3, 0.4, 0.6, 0.5
    case["weights"] = {"rank": 1, "group": tree, "cone": tree, "vib": beta * vib, "vae": beta * vae,
                       "nce": beta * nce, "unseen": beta * eta, "align": beta * zeta, "related": 1}
    p = random_parameters(anchors, hyperbolic)
    p["tokens"] = single(RNG.normal(size=(rows, length, SIZES["width"])))
    p["image"] = single(RNG.normal(size=(rows, regions, SIZES["image_width"])))
    p["anchors"] = single(RNG.normal(size=(samples, anchors, SIZES["width"])))
    p["labels"] = single(RNG.normal(size=(categories, SIZES["width"])))
    noise = {
        "text": single(RNG.normal(size=(rows, length, SIZES["vib"]))),
        "image": single(RNG.normal(size=(rows, regions, SIZES["vib"]))),
        "vae": single(RNG.normal(size=(samples, SIZES["vae_latent"]))),
        "generated": single(RNG.normal(size=(2, 3, SIZES["vae_latent"]))),
    }
    terms, total, values = forward(case, p, noise)
    gradient = gradients(lambda q: {"total": forward(case, q, noise)[1]}, p)["total"]
    out = {"anchors": anchors, "hyperbolic": hyperbolic, "sizes": SIZES, "free_bits": case["free_bits"],
           "weights": {"beta": beta, "vib": vib, "vae": vae, "nce": nce, "unseen": eta, "align": zeta,
                       "tree": tree},
           "parameters": tensors(p), "noise": tensors(noise), "values": tensors(values),
           "terms": {k: float(np.real(v)) for k, v in terms.items()}, "total": float(np.real(total)),
           "gradient": tensors(gradient)}
    for key in ("mask", "image_present", "text_present", "row", "target", "seen", "unseen", "group",
                "related"):
        out[key] = tensor(case[key])
    return out


def main():
    oracle = {"entity": model_case(1, True), "relation": model_case(2, True), "twin": model_case(2, False)}
    json.dump(oracle, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
