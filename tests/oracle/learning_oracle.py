"""Golden values of the learning components, from textbook formulas.

Geometry is computed with 60 decimal digits (acosh of the Lorentz product and the like, which double
precision could not stand), networks and losses in float64 NumPy with all noise injected. Run by hand:

    python3 tests/oracle/learning_oracle.py > tests/learning/data/oracle.json

Inputs are rounded to float32, so that one file serves the tests of both types.
"""

import json
import math
import sys
from decimal import Decimal, getcontext

import numpy as np

getcontext().prec = 60
RNG = np.random.default_rng(20260316)
RADIUS = Decimal("7.600903")  # the authors' clip, asinh(1000) to six places


def single(a):
    """The float64 array whose entries are representable in float32."""
    return np.asarray(a, dtype=np.float32).astype(np.float64)


def tensor(a):
    a = np.asarray(a, dtype=np.float64)
    return {"shape": list(a.shape), "data": [float(v) for v in a.reshape(-1)]}


# ---- Geometry, vectors of Decimal -------------------------------------------------------------------


def dec(v):
    return [Decimal(float(a)) for a in v]


def add(a, b):
    return [p + q for p, q in zip(a, b)]


def scale(k, a):
    return [k * p for p in a]


def euclid(a, b):
    return sum((p * q for p, q in zip(a, b)), Decimal(0))


def minkowski(a, b):
    return euclid(a[1:], b[1:]) - a[0] * b[0]


def cosh(r):
    return (r.exp() + (-r).exp()) / 2


def sinh(r):
    return (r.exp() - (-r).exp()) / 2


def acosh(z):
    return (z + (z * z - 1).sqrt()).ln() if z > 1 else Decimal(0)


def ambient(s, c):
    return [(1 / c + euclid(s, s)).sqrt()] + s


def distance(x, y, c):
    return acosh(-c * minkowski(ambient(x, c), ambient(y, c))) / c.sqrt()


def clip(v, radius=RADIUS):
    n = euclid(v, v).sqrt()
    return v if n <= radius else scale(radius / n, v)


def exp0(v, c):
    u = clip(scale(c.sqrt(), v))
    r = euclid(u, u).sqrt()
    return v if r == 0 else scale(sinh(r) / r / c.sqrt(), u)


def log0(s, c):
    n = euclid(s, s).sqrt()
    return s if n == 0 else scale(distance([Decimal(0)] * len(s), s, c) / n, s)


def log_map(x, y, c):
    """Projects y onto the tangent space at x and gives it the length of the geodesic."""
    a, b = ambient(x, c), ambient(y, c)
    u = add(b, scale(c * minkowski(a, b), a))
    n = minkowski(u, u)
    return u if n <= 0 else scale(distance(x, y, c) / n.sqrt(), u)


def exp_map(x, v, c):
    n = minkowski(v, v).sqrt()
    a, r = ambient(x, c), c.sqrt() * n
    return (x if n == 0 else add(scale(cosh(r), a), scale(sinh(r) / r, v))[1:])


def transport(x, y, v, c):
    a, b = ambient(x, c), ambient(y, c)
    k = c * minkowski(b, v) / (1 - c * minkowski(a, b))
    return add(v, scale(k, add(a, b)))


def centroid(points, weights, c):
    m = [Decimal(0)] * (len(points[0]) + 1)
    for p, w in zip(points, weights):
        m = add(m, scale(w, ambient(p, c)))
    return scale(1 / (c * -minkowski(m, m)).sqrt(), m)[1:]


def exterior_angle(x, y, c):
    """pi minus the angle at x between the geodesics to the origin and to y."""
    origin = [Decimal(0)] * len(x)
    u, w = log_map(x, origin, c), log_map(x, y, c)
    cosine = -minkowski(u, w) / (minkowski(u, u) * minkowski(w, w)).sqrt()
    sine = max(Decimal(0), 1 - cosine * cosine).sqrt()
    return math.atan2(float(sine), float(cosine))


def half_aperture(x, c, k=0.1):
    n = float((c * euclid(x, x)).sqrt())
    return math.pi / 2 if n <= 2 * k else math.asin(2 * k / n)


def points_at(radii, dim):
    directions = RNG.normal(size=(len(radii), dim))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    return directions * np.asarray(radii)[:, None]


def geometry_case(curvature):
    c = Decimal(float(np.float32(curvature)))
    radii = [0.3, 1.0, 2.0, 3.5, 5.0, 5.0, 1e-4, 7.0, 0.0]
    tangents = single(points_at(radii, 4) / math.sqrt(curvature))
    x = single([[float(v) for v in exp0(dec(t), c)] for t in tangents])
    y = np.roll(x, 1, axis=0)
    y[3] = x[3] + 1e-5 * RNG.normal(size=4)  # neighbours
    y[4] = -x[4]  # opposite
    y[5] = x[5] * 1.5  # further along the ray
    y = single(y)
    vectors = single(RNG.normal(size=x.shape))
    tangent_at_x = []  # tangent: time component from <x, v> = 0
    for s, v in zip(x, vectors):
        a = ambient(dec(s), c)
        tangent_at_x.append([euclid(dec(s), dec(v)) / a[0]] + dec(v))
    weights = single(RNG.uniform(0.1, 1, size=len(x)))
    rows = [(dec(a), dec(b)) for a, b in zip(x, y)]
    angled = [i for i in range(len(x)) if np.any(x[i]) and np.any(y[i])]
    pick = lambda values: [[float(u) for u in v] for v in values]
    return {
        "c": float(c),
        "tangent": tensor(tangents),
        "exp0": tensor(pick(exp0(dec(t), c) for t in tangents)),
        "x": tensor(x),
        "y": tensor(y),
        "log0": tensor(pick(log0(a, c) for a, _ in rows)),
        "distance": tensor([float(distance(a, b, c)) for a, b in rows]),
        "pairwise": tensor([[float(distance(dec(a), dec(b), c)) for b in y] for a in x]),
        "log_map": tensor(pick(log_map(a, b, c) for a, b in rows)),
        "v": tensor([[float(u) for u in v] for v in tangent_at_x]),
        "exp_map": tensor(pick(exp_map(r[0], v, c) for r, v in zip(rows, tangent_at_x))),
        "transport": tensor(pick(transport(*r, v, c) for r, v in zip(rows, tangent_at_x))),
        "w": tensor(weights),
        "centroid": tensor([float(u) for u in centroid([a for a, _ in rows], dec(weights), c)]),
        "half_aperture": tensor([half_aperture(a, c) for a, _ in rows]),
        "angle_x": tensor(x[angled]),
        "angle_y": tensor(y[angled]),
        "exterior_angle": tensor([exterior_angle(*rows[i], c) for i in angled]),
        "entailment": float(
            sum(max(0.0, exterior_angle(*rows[i], c) - half_aperture(rows[i][0], c)) for i in angled)
        ),
    }


# ---- The authors' Lorentz linear, by the long way over the hyperboloid -------------------------------


def lorentz_linear_row(x, weight, bias):
    """Tangent -> hyperboloid -> tangent, affine, hyperboloid -> tangent; curvature 1."""
    one = Decimal(1)
    tangent = log0(exp0(dec(x), one), one)
    image = [euclid(dec(row), tangent) + b for row, b in zip(weight, dec(bias))]
    return [0.0] + [float(v) for v in log0(exp0(image, one), one)]


def lorentz_linear(x, weight, bias):
    flat = [lorentz_linear_row(row, weight, bias) for row in x.reshape(-1, x.shape[-1])]
    return np.array(flat).reshape(*x.shape[:-1], -1)


def linear_case():
    norms = [10.0**e for e in range(-8, 5)] + [1.0, 2.5, 7.5, 7.7]
    x = single(points_at(norms, 5))
    weight, bias = single(RNG.normal(size=(3, 5)) * 0.6), single(RNG.normal(size=3) * 0.1)
    return {
        "weight": tensor(weight),
        "bias": tensor(bias),
        "x": tensor(x),
        "y": tensor(lorentz_linear(x, weight, bias)),
        "y_no_bias": tensor(lorentz_linear(x, weight, bias * 0)),
    }


# ---- VIB and VAE --------------------------------------------------------------------------------------


def affine(p, name, x):
    return x @ p[name + ".weight"].T + p[name + ".bias"]


def parameters(widths):
    """widths: name -> (out, in)."""
    result = {}
    for name, (out, inside) in widths.items():
        result[name + ".weight"] = single(RNG.normal(size=(out, inside)) * 0.5)
        result[name + ".bias"] = single(RNG.normal(size=out) * 0.2)
    return result


def kl_of(mu, logvar):
    return 0.5 * np.sum(mu**2 + np.exp(logvar) - 1 - logvar, axis=-1)


def vib_case(hyperbolic):
    lift = 3 if hyperbolic else 4
    p = parameters({"ll1": (lift, 6), "ll2": (lift, 6), "mu": (4, 4), "logvar": (4, 4)})
    x, eps = single(RNG.normal(size=(2, 3, 6)) * 2), single(RNG.normal(size=(2, 3, 4)))
    lifted = lambda n: lorentz_linear(x, p[n + ".weight"], p[n + ".bias"]) if hyperbolic else affine(p, n, x)
    mu, logvar = affine(p, "mu", lifted("ll1")), affine(p, "logvar", lifted("ll2"))
    mask = np.array([[1, 1, 0], [1, 0, 0]], dtype=bool)
    return {
        "parameters": {k: tensor(v) for k, v in p.items()},
        "x": tensor(x),
        "eps": tensor(eps),
        "mu": tensor(mu),
        "logvar": tensor(logvar),
        "sample": tensor(mu + np.exp(logvar / 2) * eps),
        "kl": float(kl_of(mu, logvar).mean()),
        "mask": tensor(mask),
        "kl_masked": float(kl_of(mu, logvar)[mask].mean()),
    }


def vae_case(hyperbolic, wrapped):
    latent = 3 if hyperbolic else 4
    p = parameters(
        {"mu": (latent, 6), "logvar": (latent, 6), "hidden1": (8, 7), "hidden2": (8, 8), "output": (6, 8)}
    )
    x, condition = single(RNG.normal(size=(3, 6))), single(RNG.normal(size=(3, 3)))
    eps = single(RNG.normal(size=(3, 4)))
    enc = lambda n: lorentz_linear(x, p[n + ".weight"], p[n + ".bias"]) if hyperbolic else affine(p, n, x)
    mu, logvar = enc("mu"), enc("logvar")
    leaky = lambda a: np.where(a > 0, a, 0.2 * a)

    def decode(z):
        if wrapped:
            r = np.linalg.norm(z, axis=-1, keepdims=True)
            z = np.sinh(r) / r * z
        h = leaky(affine(p, "hidden1", np.concatenate([z, condition], axis=-1)))
        return affine(p, "output", leaky(affine(p, "hidden2", h)))

    reconstruction = decode(mu + np.exp(logvar / 2) * eps)
    return {
        "parameters": {k: tensor(v) for k, v in p.items()},
        "x": tensor(x),
        "condition": tensor(condition),
        "eps": tensor(eps),
        "mu": tensor(mu),
        "logvar": tensor(logvar),
        "reconstruction": tensor(reconstruction),
        "generated": tensor(decode(eps)),
        "loss": float(np.mean((reconstruction - x) ** 2) + kl_of(mu, logvar).mean()),
    }


# ---- Losses -------------------------------------------------------------------------------------------


def log_softmax(z, axis=-1):
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def info_nce(a, b, temperature):
    z = a @ b.T / temperature
    rows = np.arange(len(a))
    return float(-(log_softmax(z, 1)[rows, rows].mean() + log_softmax(z, 0)[rows, rows].mean()) / 2)


def info_nce_case(batch, temperature, valid=None):
    a, b = single(RNG.normal(size=(batch, 5))), single(RNG.normal(size=(batch, 5)))
    keep = np.ones(batch, dtype=bool) if valid is None else np.array(valid, dtype=bool)
    case = {"a": tensor(a), "b": tensor(b), "temperature": temperature}
    if valid is not None:
        case["valid"] = tensor(keep)
    case["loss"] = info_nce(a[keep], b[keep], temperature)
    return case


def ranking_case():
    scores, target = single(RNG.normal(size=(4, 5)) * 2), [3, 0, 0, 4]
    total = 0.0
    for row, y in zip(scores, target):
        total += sum(max(0.0, 1 - row[y] + row[j]) for j in range(5) if j != y)
    return {"scores": tensor(scores), "target": tensor(target), "loss": total / 4}


def alignment_case(z):
    d = np.maximum(np.diag(z), 0)
    p = np.exp(d - d.max()) / np.exp(d - d.max()).sum()
    u = 1 / len(d)
    ce = -np.mean([log_softmax(z)[i, i] for i in range(len(z))])
    return {"z": tensor(z), "kl": float(sum(u * math.log(u / q) for q in p)), "ce": float(ce)}


def profile(scores, width):
    rows = []
    for row in scores:
        standard = (row - row.mean()) / math.sqrt(row.var() + 1e-6)
        p = np.exp(standard) / np.exp(standard).sum()
        rows.append(np.concatenate([np.sort(p)[::-1], np.zeros(width - len(row))]))
    floored = np.mean(rows, axis=0) + 1e-4
    return floored / floored.sum()


def distribution_case():
    seen, unseen = single(RNG.normal(size=(6, 5)) * 3), single(RNG.normal(size=(4, 3)) - 2)
    p, q = profile(seen, 5), profile(unseen, 5)
    loss = 0.5 * (np.sum(p * np.log(p / q)) + np.sum(q * np.log(q / p)))
    return {"seen": tensor(seen), "unseen": tensor(unseen), "loss": float(loss)}


def free_bits_case():
    mu, logvar = single(RNG.normal(size=(5, 4)) * 0.7), single(RNG.normal(size=(5, 4)) * 0.3)
    per = (0.5 * (mu**2 + np.exp(logvar) - 1 - logvar)).mean(axis=0)
    return {"mu": tensor(mu), "logvar": tensor(logvar), "free_bits": 0.3,
            "loss": float(np.maximum(per, 0.3).sum())}


def main():
    oracle = {
        "geometry": [geometry_case(1.0), geometry_case(0.37), geometry_case(4.0)],
        "linear": linear_case(),
        "vib": {"lorentz": vib_case(True), "plain": vib_case(False)},
        "vae": {"lorentz": vae_case(True, False), "wrapped": vae_case(True, True),
                "plain": vae_case(False, False)},
        "info_nce": [info_nce_case(1, 1.0), info_nce_case(2, 1.0), info_nce_case(8, 1.0),
                     info_nce_case(8, 0.25), info_nce_case(4, 1.0, [1, 0, 1, 1])],
        "ranking": ranking_case(),
        "alignment": [alignment_case(single(RNG.normal(size=(4, 4)) * 2)),
                      alignment_case(single(-np.abs(RNG.normal(size=(3, 3))))),
                      alignment_case(single(RNG.normal(size=(4, 4)) * 40))],
        "distribution": distribution_case(),
        "free_bits": free_bits_case(),
    }
    json.dump(oracle, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


main()
