// Included once for each instruction set, inside a namespace, with HMGRL_LANES doubles a register
// and HMGRL_TILE queries that are multiplied side by side. No standard header may be included here:
// its inline functions would be compiled for that instruction set and might be linked elsewhere.

typedef double Vector __attribute__((vector_size(8 * HMGRL_LANES)));
typedef unsigned long long Bits __attribute__((vector_size(8 * HMGRL_LANES)));
typedef double Anywhere __attribute__((vector_size(8 * HMGRL_LANES), aligned(8), may_alias));

inline Vector load(const double* from) {
    return *reinterpret_cast<const Anywhere*>(from);
}

inline void store(double* to, const Vector& value) {
    *reinterpret_cast<Anywhere*>(to) = value;
}

/// 1 / sqrt(x) for x > 0, to 3e-11: the well-known first guess from the exponent, and Newton.
inline Vector inverseRoot(const Vector& x) {
    Vector y = (Vector)(0x5FE6EB50C7B537A9ULL - ((Bits)x >> 1));
    const Vector half = 0.5 * x;
    y = y * (1.5 - half * y * y);
    y = y * (1.5 - half * y * y);
    return y * (1.5 - half * y * y);
}

/// Natural logarithm of x >= 1, to 2e-11: exponent apart, then log(1 + f) / f as a polynomial.
inline Vector logOf(const Vector& x) {
    const Bits exponent = ((Bits)x - 0x3FE6A09E667F3BCDULL) >> 52;
    const Vector f = (Vector)((Bits)x - (exponent << 52)) - 1.0;
    const Vector e = (Vector)(exponent | 0x4330000000000000ULL) - 4503599627370496.0;
    const Vector f2 = f * f;
    const Vector f4 = f2 * f2;
    const Vector a = (0.99999999998746536 - 0.50000000035954573 * f) +
                     (0.33333334249173763 - 0.24999992727878029 * f) * f2;
    const Vector b = (0.19999888143930053 - 0.16667024611857745 * f) +
                     (0.14290811607186735 - 0.12495434102128281 * f) * f2;
    const Vector c = (0.11006039456069124 - 0.099460127594175635 * f) +
                     (0.10047212616101119 - 0.098043394239410747 * f) * f2;
    return e * 0.69314718055994531 + f * (a + f4 * (b + f4 * (c + 0.05235782061450639 * f4)));
}

struct Factors {
    Vector w;    ///< 1 / (1 + kappa d^2)
    Vector pull; ///< w d / sinh(d)
};

/// From s = sinh^2(d/2): with q = sqrt(s (1 + s)) it is e^d = 1 + 2 (s + q) and sinh(d) = 2 q.
inline Factors factors(const Vector& s, double kappa) {
    const Vector square = s + s * s + 1e-30;
    const Vector inverse = inverseRoot(square);
    const Vector d = logOf(1.0 + 2.0 * (s + square * inverse));
    const Vector w = 1.0 / (1.0 + kappa * d * d);
    return {w, 0.5 * w * d * inverse};
}

/// Near s = 0 the quotient d / sinh(d) is a ratio of small rounded numbers; its series is exact.
inline Factors safeFactors(const Vector& s, double kappa) {
    Factors out = factors(s, kappa);
    const Vector series = out.w * (1.0 - s * (2.0 / 3.0));
    out.pull = s < 1e-9 ? series : out.pull;
    return out;
}

void repel(const Source* sources, std::size_t count, std::size_t used, double kappa,
           Targets& targets) {
    for (std::size_t at = 0; at < used; at += HMGRL_LANES) {
        const Vector x = load(targets.x + at);
        const Vector y = load(targets.y + at);
        const Vector v = load(targets.v + at);
        Vector sx{};
        Vector sy{};
        Vector t{};
        Vector z{};
        for (std::size_t i = 0; i < count; ++i) {
            const Source& source = sources[i];
            const Vector nx = source.x * v - source.v * x;
            const Vector ny = source.y * v - source.v * y;
            const Factors f = safeFactors(nx * nx + ny * ny, kappa);
            const Vector push = f.w * f.pull;
            z += source.count * f.w;
            sx += source.sx * push;
            sy += source.sy * push;
            t += source.t * push;
        }
        store(targets.sx + at, sx);
        store(targets.sy + at, sy);
        store(targets.t + at, t);
        store(targets.z + at, z);
    }
}

/// In the order of the lanes, so that the sum is the same each time.
inline double sumOf(const Vector& value) {
    double sum = 0;
    for (int lane = 0; lane < HMGRL_LANES; ++lane)
        sum += value[lane];
    return sum;
}

void attract(const HalfPoint* points, const HalfPoint& self, const std::uint32_t* columns,
             const float* p, std::size_t count, double kappa, Pull& out) {
    Vector sx{};
    Vector sy{};
    Vector t{};
    for (std::size_t i = 0; i < count; i += HMGRL_LANES) {
        Vector x;
        Vector y;
        Vector v;
        Vector weight;
        for (int lane = 0; lane < HMGRL_LANES; ++lane) {
            const HalfPoint& other = points[columns[i + static_cast<std::size_t>(lane)]];
            x[lane] = other.x;
            y[lane] = other.y;
            v[lane] = other.v;
            weight[lane] = static_cast<double>(p[i + static_cast<std::size_t>(lane)]);
        }
        const Vector nx = x * self.v - v * self.x;
        const Vector ny = y * self.v - v * self.y;
        const Vector pull = weight * safeFactors(nx * nx + ny * ny, kappa).pull;
        const Vector twice = 2.0 * pull * v;
        sx += twice * x;
        sy += twice * y;
        t += pull * (1.0 + 2.0 * (x * x + y * y));
    }
    out.sx = sumOf(sx);
    out.sy = sumOf(sy);
    out.t = sumOf(t);
}

void multiply(const double* query, std::size_t queries, const double* packed, std::size_t blocks,
              std::size_t width, double* out, std::size_t stride) {
    constexpr std::size_t parts = 8 / HMGRL_LANES;
    for (std::size_t b = 0; b < blocks; ++b) {
        const double* block = packed + b * width * 8;
        for (std::size_t first = 0; first < queries; first += HMGRL_TILE) {
            Vector sum[HMGRL_TILE][parts] = {};
            for (std::size_t k = 0; k < width; ++k)
                for (std::size_t q = 0; q < HMGRL_TILE; ++q)
                    for (std::size_t part = 0; part < parts; ++part)
                        sum[q][part] += query[(first + q) * width + k] *
                                        load(block + k * 8 + part * HMGRL_LANES);
            for (std::size_t q = 0; q < HMGRL_TILE; ++q)
                for (std::size_t part = 0; part < parts; ++part)
                    store(out + (first + q) * stride + b * 8 + part * HMGRL_LANES, sum[q][part]);
        }
    }
}
