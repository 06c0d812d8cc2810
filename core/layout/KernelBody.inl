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

/// q = d / sinh(d) and its derivatives by s = sinh^2(d/2); they solve 2 s (1 + s) q' = 1 - (1 + 2
/// s) q. Where that cancels, its series.
struct Quotient {
    Vector q, first, second;
};

inline Quotient quotient(const Vector& s, const Vector& q) {
    const Vector inverse = 0.5 / (s + s * s + 1e-30);
    const Vector twist = 1.0 + 2.0 * s;
    Quotient out;
    out.q = q;
    out.first = (1.0 - twist * q) * inverse;
    out.second = -(2.0 * q + 3.0 * twist * out.first) * inverse;
    const Vector first =
        -2.0 / 3 + s * (16.0 / 15 - s * (48.0 / 35 - s * (512.0 / 315 - s * (1280.0 / 693))));
    const Vector second = 16.0 / 15 - s * (96.0 / 35 - s * (512.0 / 105 - s * (5120.0 / 693)));
    out.first = s < 3e-3 ? first : out.first;
    out.second = s < 3e-3 ? second : out.second;
    return out;
}

void expand(const Source* sources, std::size_t count, double kappa, FarField& field) {
    const double cx = field.centre.x;
    const double cy = field.centre.y;
    const double cv = field.centre.v;
    Vector sums[20] = {};
    for (std::size_t i = 0; i < count; i += HMGRL_LANES) {
        Vector x;
        Vector y;
        Vector v;
        Vector many;
        Vector time;
        for (int lane = 0; lane < HMGRL_LANES; ++lane) {
            const Source& source = sources[i + static_cast<std::size_t>(lane)];
            x[lane] = source.x;
            y[lane] = source.y;
            v[lane] = source.v;
            many[lane] = source.count;
            time[lane] = source.t;
        }
        const Vector nx = x * cv - v * cx;
        const Vector ny = y * cv - v * cy;
        const Vector mx = v * cv - x * cx - y * cy;
        const Vector my = x * cy - y * cx;
        const Vector s = nx * nx + ny * ny;
        const Factors f = safeFactors(s, kappa);
        const Quotient q = quotient(s, f.pull / f.w);
        // By s: w' = -4 kappa g, and so on with g = w^2 q.
        const Vector w2 = f.w * f.w;
        const Vector kwq = kappa * f.w * q.q;
        const Vector g = f.w * f.pull;
        const Vector g1 = w2 * (q.first - 8.0 * kwq * q.q);
        const Vector g2 = w2 * (q.second - 24.0 * kwq * q.first + 96.0 * kwq * kwq * q.q);
        // The sums of a source are its place on the hyperboloid times this, at least its count.
        const Vector mass = -4.0 * kappa * time / (1.0 + 2.0 * (x * x + y * y));
        // s of a point is that of the centre plus a . e.
        const Vector a[3] = {-(nx * mx + ny * my), -(ny * mx - nx * my), 0.5 + s};
        sums[0] += many * f.w;
        Vector factor = mass * g;
        for (int j = 0; j < 3; ++j)
            sums[1 + j] += factor * a[j];
        factor = 0.5 * mass * g1;
        Vector* sum = sums + 4;
        for (int j = 0; j < 3; ++j)
            for (int k = j; k < 3; ++k)
                *sum++ += factor * a[j] * a[k];
        factor = (1.0 / 6) * mass * g2;
        for (int j = 0; j < 3; ++j)
            for (int k = j; k < 3; ++k) {
                const Vector two = factor * a[j] * a[k];
                for (int l = k; l < 3; ++l)
                    *sum++ += two * a[l];
            }
    }
    double* const parts[] = {&field.constant, field.linear, field.quadratic, field.cubic};
    constexpr int sizes[] = {1, 3, 6, 10};
    const Vector* sum = sums;
    for (int part = 0; part < 4; ++part)
        for (int j = 0; j < sizes[part]; ++j)
            parts[part][j] += sumOf(*sum++);
}

void feel(const FarField& field, std::size_t used, double kappa, Targets& targets) {
    const double cx = field.centre.x;
    const double cy = field.centre.y;
    const double cv = field.centre.v;
    const double* const l = field.linear;
    const double* const q = field.quadratic;
    const double* const c = field.cubic;
    for (std::size_t at = 0; at < used; at += HMGRL_LANES) {
        const Vector x = load(targets.x + at);
        const Vector y = load(targets.y + at);
        const Vector v = load(targets.v + at);
        const Vector nx = x * cv - v * cx;
        const Vector ny = y * cv - v * cy;
        const Vector mx = v * cv - x * cx - y * cy;
        const Vector my = x * cy - y * cx;
        const Vector e1 = 2.0 * (nx * mx + ny * my);
        const Vector e2 = 2.0 * (ny * mx - nx * my);
        const Vector e3 = 2.0 * (nx * nx + ny * ny);
        const Vector c11 = c[0] * e1 + c[1] * e2 + c[2] * e3;
        const Vector c12 = c[1] * e1 + c[3] * e2 + c[4] * e3;
        const Vector c13 = c[2] * e1 + c[4] * e2 + c[5] * e3;
        const Vector c22 = c[3] * e1 + c[6] * e2 + c[7] * e3;
        const Vector c23 = c[4] * e1 + c[7] * e2 + c[8] * e3;
        const Vector c33 = c[5] * e1 + c[8] * e2 + c[9] * e3;
        const Vector q1 = q[0] * e1 + q[1] * e2 + q[2] * e3;
        const Vector q2 = q[1] * e1 + q[3] * e2 + q[4] * e3;
        const Vector q3 = q[2] * e1 + q[4] * e2 + q[5] * e3;
        const Vector r1 = c11 * e1 + c12 * e2 + c13 * e3;
        const Vector r2 = c12 * e1 + c22 * e2 + c23 * e3;
        const Vector r3 = c13 * e1 + c23 * e2 + c33 * e3;
        const Vector z =
            field.constant + e1 * (l[0] + q1 + r1) + e2 * (l[1] + q2 + r2) + e3 * (l[2] + q3 + r3);
        const double half = 0.5 / kappa;
        const Vector fx = half * (l[0] + 2.0 * q1 + 3.0 * r1);
        const Vector fy = half * (l[1] + 2.0 * q2 + 3.0 * r2);
        const Vector ft = -half * (l[2] + 2.0 * q3 + 3.0 * r3);
        // Seen from the centre of the disk again.
        const Vector along = cx * fx + cy * fy;
        store(targets.sx + at, load(targets.sx + at) + 2.0 * cx * (along + cv * ft) + fx);
        store(targets.sy + at, load(targets.sy + at) + 2.0 * cy * (along + cv * ft) + fy);
        store(targets.t + at,
              load(targets.t + at) + (1.0 + 2.0 * (cx * cx + cy * cy)) * ft + 2.0 * cv * along);
        store(targets.z + at, load(targets.z + at) + z);
    }
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
