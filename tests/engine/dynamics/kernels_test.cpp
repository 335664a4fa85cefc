// SPDX-License-Identifier: MIT
#include "engine/dynamics/kernels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <type_traits>

#include "engine/dynamics/packed_program.hpp"
#include "engine/dynamics/weight_noise.hpp"
#include "tests/engine/dynamics/networks.hpp"

namespace phaseloom {
namespace {

// --- the equations of docs/physics.md, term by term
// -----------------------------------------------

// In double the kernels differ from the equations by roundings only: at most about 120 terms of
// 1.1e-16 each, relative to the sum of their magnitudes.
constexpr double kDoubleTolerance = 2e-14;
// In float: sin, cos and tanh are good to 2e-7 (5e-7), products of two of them to 4e-7; the rest
// are roundings of 6e-8, which add up to less over 120 terms of both signs.
constexpr double kFloatTolerance = 1.5e-6;

template <class Real>
constexpr double kTolerance = std::is_same_v<Real, float> ? kFloatTolerance : kDoubleTolerance;

/// What one unit does at state x while its neighbours stay where they are.
struct Unit {
  Substrate substrate;
  std::vector<double> p;               // unit parameters
  std::vector<double> weight, source;  // of each coupling: W_ij as used, x_j

  double rate(double x) const {
    const std::string_view name = info(substrate).name;
    double sum = 0;
    if (name == "kuramoto" || name == "kuramoto_shil") {
      for (std::size_t k = 0; k < weight.size(); ++k) sum += weight[k] * std::sin(source[k] - x);
      sum += p[0];
      if (name == "kuramoto_shil")
        sum += p[1] * std::cos(x) - p[2] * std::sin(x) - p[3] * std::sin(2 * x);
    } else if (name == "aim_tanh") {
      for (std::size_t k = 0; k < weight.size(); ++k) sum += weight[k] * std::tanh(source[k]);
      sum += -x + p[0];
    } else if (name == "aim_poly") {
      for (std::size_t k = 0; k < weight.size(); ++k) sum += weight[k] * source[k];
      sum += p[0] * x - x * x * x + p[1];
    } else if (name == "langevin") {
      for (std::size_t k = 0; k < weight.size(); ++k) sum -= weight[k] * source[k];
      sum -= 2 * p[0] * x + 4 * p[1] * x * x * x + p[2];
    } else if (name == "ring_resistor" || name == "ring_resistor_capacitor") {
      const bool lags = name == "ring_resistor";
      for (std::size_t k = 0; k < weight.size(); ++k) {
        const double phi = source[k] - x;
        sum += weight[k] *
               (lags ? 0.91323 * std::sin(phi) - 0.40744 * std::cos(phi) -
                           0.01515 * std::sin(2 * phi) + 0.00519 * std::cos(2 * phi)
                     : std::sin(phi) - 0.01806 * std::sin(2 * phi) - 0.0076 * std::cos(2 * phi));
      }
      sum += p[0] + p[1] * std::cos(x) - p[2] * std::sin(x) - p[3] * std::sin(2 * x);
    } else {
      ADD_FAILURE() << "write down the equation of " << name << " here";
    }
    return sum;
  }
  /// Largest magnitude that may be lost in roundings.
  double scale() const {
    double sum = 1;
    for (double w : weight) sum += std::abs(w);
    for (double v : p) sum += 2 * std::abs(v);
    return sum;
  }
};

/// Five-point difference with step h: error h^4 / 30 |f'''''| + 1.5 eps scale / h, that is below
/// 1e-11 at h = 1e-3, times the size of the terms (32 for the fifth derivative of sin 2x).
constexpr double kDifferenceTolerance = 1e-10;
double slope_of(const Unit& unit, double x) {
  const double h = 1e-3;
  return (8 * (unit.rate(x + h) - unit.rate(x - h)) -
          (unit.rate(x + 2 * h) - unit.rate(x - 2 * h))) /
         (12 * h);
}

template <class Real>
struct InstructionSet {
  const char* name;
  const Kernels<Real>& (*kernels_of)(Substrate);
};

/// All that this machine can run.
template <class Real>
std::vector<InstructionSet<Real>> instruction_sets() {
  std::vector<InstructionSet<Real>> sets{{"baseline", baseline::kernels_of<Real>}};
#if defined(__x86_64__)
  if (active_isa() >= Isa::avx2) sets.push_back({"avx2", avx2::kernels_of<Real>});
  if (active_isa() >= Isa::avx512) sets.push_back({"avx512", avx512::kernels_of<Real>});
#endif
  return sets;
}

/// A network in some state, with relative errors of every weight in every lane, and a forcing.
struct Problem {
  Program program;
  Tiling tiling;
  AlignedVector<float> x, forcing;
  std::vector<std::int8_t> errors;  // [packed weight][lane]
  double error_scale = 0;           // 0: no noise
  std::vector<Unit> units;          // [unit][lane]
  std::vector<double> slopes;

  Problem(Substrate substrate, std::shared_ptr<const Topology> topology, bool noisy)
      : program(test::random_program(substrate, topology, 1, 1, 0.4, 21)),
        tiling(tile_forward(*topology)),
        x(test::random_block<float>(topology->units(), 1.7, 22)),
        forcing(test::random_block<float>(topology->units(), 0.8, 23)),
        errors(static_cast<std::size_t>(tiling.packed()) * kLanes),
        error_scale(noisy ? 0.01f : 0) {
    RandomSequence random(24, Stream::weight_noise);
    for (auto& v : errors) v = static_cast<std::int8_t>(static_cast<int>(random.below(245)) - 122);
    std::vector<std::size_t> packed(static_cast<std::size_t>(topology->couplings()));
    for (std::size_t q = 0; q < tiling.coupling.size(); ++q)
      if (tiling.coupling[q] != tiling.couplings)
        packed[static_cast<std::size_t>(tiling.coupling[q])] = q;
    const Program& fixed = program;
    for (int i = 0; i < topology->units(); ++i)
      for (int l = 0; l < kLanes; ++l) {
        Unit unit{substrate, {}, {}, {}};
        for (int k = 0; k < program.unit_parameters(); ++k)
          unit.p.push_back(fixed.unit_values(0, k)[i]);
        for (auto e = topology->row_begin()[i]; e < topology->row_begin()[i + 1]; ++e) {
          const auto q = packed[static_cast<std::size_t>(e)];
          unit.weight.push_back(fixed.weights(0)[e] * (1 + error_scale * errors[q * kLanes + l]));
          unit.source.push_back(x[topology->sources()[e] * kLanes + l]);
        }
        slopes.push_back(slope_of(unit, x[units.size()]));
        units.push_back(std::move(unit));
      }
  }
};

/// The problem's arrays in the kernels' precision.
template <class Real>
struct Stage {
  const Problem& problem;
  const Kernels<Real>& kernel;
  AlignedVector<Real> weights, parameters, x, y, y_out, forcing;
  AlignedVector<std::int8_t> errors;  // as these kernels read them
  StageArguments<Real> s{};

  Stage(const Problem& p, const Kernels<Real>& k)
      : problem(p),
        kernel(k),
        weights(p.tiling.coupling.size()),
        x(p.x.begin(), p.x.end()),
        y(p.x.size() * info(p.program.substrate).channels),
        y_out(y.size()),
        forcing(p.forcing.begin(), p.forcing.end()) {
    const std::vector<Real> values(p.program.values.begin(), p.program.values.end());
    kernel.pack(p.tiling, values.data(), weights.data());
    parameters.assign(values.begin() + p.tiling.couplings, values.end());
    kernel.encode(p.tiling.rows, x.data(), y.data());
    s.tiling = &p.tiling;
    s.weights = weights.data();
    s.parameters = parameters.data();
    s.x = kernel.reads_state ? x.data() : nullptr;  // otherwise only y is read
    s.y = y.data();
    s.y_out = y_out.data();
    if (p.error_scale > 0) {
      errors.resize(p.errors.size());
      const std::int8_t* error = p.errors.data();
      for (std::size_t t = 0; t < p.tiling.tiles.size(); ++t)
        for (std::int64_t w = 0; w < p.tiling.weights(t); ++w)
          for (int l = 0; l < kLanes; ++l)
            errors[static_cast<std::size_t>(error_at(p.tiling, t, w, l, k.noise_lanes))] = *error++;
      s.errors = errors.data();
      s.error_scale = static_cast<Real>(p.error_scale);
    }
  }
};

class StageKernel : public testing::TestWithParam<std::size_t> {
 protected:
  Substrate substrate() const { return test::substrate_at(GetParam()); }
};

template <class Real>
void expect_rates_and_slopes(const Problem& p) {
  const std::size_t size = p.x.size();
  for (const auto& set : instruction_sets<Real>()) {
    SCOPED_TRACE(std::string(set.name) + (sizeof(Real) == 4 ? " float" : " double"));
    Stage<Real> stage(p, set.kernels_of(p.program.substrate));
    const AlignedVector<Real> zero(size);
    AlignedVector<Real> rate(size), slope(size);
    stage.s.sum_in = zero.data();
    stage.s.b = 1;
    stage.s.last = true;
    stage.s.x_out = rate.data();
    stage.s.slope_out = slope.data();
    stage.kernel.stage(stage.s);
    for (std::size_t k = 0; k < size; ++k) {
      const double scale = p.units[k].scale();
      ASSERT_NEAR(rate[k], p.units[k].rate(p.x[k]), kTolerance<Real> * scale)
          << "unit " << k / kLanes << ", lane " << k % kLanes;
      ASSERT_NEAR(slope[k], p.slopes[k], (kTolerance<Real> + kDifferenceTolerance) * 4 * scale)
          << "unit " << k / kLanes << ", lane " << k % kLanes;
    }
    // The forcing is added to the rate as it is, and to nothing else.
    AlignedVector<Real> forced(size), forced_slope(size);
    stage.s.forcing = stage.forcing.data();
    stage.s.x_out = forced.data();
    stage.s.slope_out = forced_slope.data();
    stage.kernel.stage(stage.s);
    for (std::size_t k = 0; k < size; ++k)
      ASSERT_NEAR(forced[k], rate[k] + stage.forcing[k],
                  4 * std::numeric_limits<Real>::epsilon() * p.units[k].scale());
    EXPECT_EQ(forced_slope, slope);
  }
}

TEST_P(StageKernel, RateAndSlopeAgreeWithTheEquations) {
  for (const auto& topology : test::sample_topologies()) {
    SCOPED_TRACE(topology->description());
    const Problem problem(substrate(), topology, false);
    expect_rates_and_slopes<float>(problem);
    expect_rates_and_slopes<double>(problem);
    if (HasFatalFailure()) return;
  }
}

TEST_P(StageKernel, WeightNoiseActsOnEveryLaneByItself) {
  for (const auto& topology : test::sample_topologies()) {
    SCOPED_TRACE(topology->description());
    const Problem problem(substrate(), topology, true);
    expect_rates_and_slopes<float>(problem);
    expect_rates_and_slopes<double>(problem);
    if (HasFatalFailure()) return;
  }
}

// Units that hear nobody: all that is left is the unit itself.
TEST_P(StageKernel, LonelyUnits) {
  for (int n : {1, 3, 6}) {
    const Problem problem(substrate(), Topology::local({n, 1, 1}, 0), true);
    expect_rates_and_slopes<float>(problem);
    expect_rates_and_slopes<double>(problem);
  }
}

/// sum_out = sum_in + b rate; x_out = base + a rate, or sum_out after the last stage;
/// y_out = encode(x_out). Each is written only where asked for.
template <class Real>
void expect_combination(const Problem& p) {
  const std::size_t size = p.x.size();
  constexpr Real a = Real(0.3), b = Real(0.7);
  for (const auto& set : instruction_sets<Real>()) {
    SCOPED_TRACE(set.name);
    Stage<Real> stage(p, set.kernels_of(p.program.substrate));
    auto& s = stage.s;
    const AlignedVector<Real> zero(size);
    const auto base = test::random_block<Real>(p.tiling.rows, 1, 31);
    const auto sum_in = test::random_block<Real>(p.tiling.rows, 1, 32);
    AlignedVector<Real> rate(size), sum_out(size), x_out(size), y_expected(stage.y.size());
    s.sum_in = zero.data();
    s.b = 1;
    s.last = true;
    s.x_out = rate.data();
    stage.kernel.stage(s);

    const Real rounding = 4 * std::numeric_limits<Real>::epsilon();
    const auto near = [&](const AlignedVector<Real>& got, const AlignedVector<Real>& from,
                          Real factor) {
      for (std::size_t k = 0; k < size; ++k)
        ASSERT_NEAR(got[k], from[k] + factor * rate[k], rounding * (1 + std::abs(rate[k])));
    };
    s.base = base.data();
    s.sum_in = sum_in.data();
    s.a = a;
    s.b = b;
    s.last = false;
    s.sum_out = sum_out.data();
    s.x_out = x_out.data();
    stage.kernel.stage(s);
    near(sum_out, sum_in, b);
    near(x_out, base, a);
    stage.kernel.encode(p.tiling.rows, x_out.data(), y_expected.data());
    EXPECT_EQ(stage.y_out, y_expected);

    // Without sum_out and x_out, y_out is the same.
    if (!stage.kernel.reads_state) {
      s.sum_out = s.x_out = nullptr;
      stage.y_out.assign(stage.y_out.size(), Real(9));
      stage.kernel.stage(s);
      EXPECT_EQ(stage.y_out, y_expected);
    }

    // The last stage; in place: sum_in, base and x_out are one array.
    auto state = sum_in;
    s.last = true;
    s.base = s.sum_in = state.data();
    s.sum_out = nullptr;
    s.x_out = state.data();
    stage.kernel.stage(s);
    near(state, sum_in, b);
    stage.kernel.encode(p.tiling.rows, state.data(), y_expected.data());
    EXPECT_EQ(stage.y_out, y_expected);
  }
}

TEST_P(StageKernel, CombinesStagesOfAStep) {
  const Problem problem(substrate(), Topology::local({7, 5, 1}, 2), false);
  expect_combination<float>(problem);
  expect_combination<double>(problem);
}

INSTANTIATE_TEST_SUITE_P(All, StageKernel, testing::Range<std::size_t>(0, all_substrates().size()),
                         [](const auto& p) { return std::string(all_substrates()[p.param].name); });

TEST(Kernels, PackFillsHolesWithZeros) {
  const auto topology = Topology::all_to_all({9, 1, 1}, 9);
  const Tiling t = tile_forward(*topology);
  ASSERT_GT(t.packed(), t.couplings);
  std::vector<float> weights(static_cast<std::size_t>(t.couplings));
  for (std::size_t e = 0; e < weights.size(); ++e) weights[e] = 1 + float(e);
  for (const auto& set : instruction_sets<float>()) {
    AlignedVector<float> packed(static_cast<std::size_t>(t.packed()), -1.f);
    set.kernels_of(substrate_named("kuramoto")).pack(t, weights.data(), packed.data());
    for (std::size_t q = 0; q < packed.size(); ++q)
      EXPECT_EQ(packed[q], t.coupling[q] == t.couplings ? 0 : 1 + float(t.coupling[q]));
  }
}

// --- vector_math.hpp, seen through encode() ------------------------------------------------------

/// y of each x, [value][channel], on whole units.
std::vector<float> encoded(const Kernels<float>& kernel, const std::vector<float>& x,
                           int channels) {
  const int units = static_cast<int>((x.size() + kLanes - 1) / kLanes);
  AlignedVector<float> in(static_cast<std::size_t>(units) * kLanes);
  std::copy(x.begin(), x.end(), in.begin());
  AlignedVector<float> y(in.size() * channels);
  kernel.encode(units, in.data(), y.data());
  std::vector<float> out(x.size() * channels);
  for (std::size_t k = 0; k < x.size(); ++k)
    for (int c = 0; c < channels; ++c)
      out[k * channels + c] = y[(k / kLanes * channels + c) * kLanes + k % kLanes];
  return out;
}

TEST(VectorMath, SineAndCosineWithinTwoTenMillionths) {
  std::vector<float> x{0.f, -0.f, 1e-30f, 1e4f, -1e4f};
  RandomSequence random(1, Stream::batch);
  for (int k = 0; k < 200000; ++k) x.push_back(float(1e4 * (2 * random.uniform() - 1)));
  for (int k = 0; k < 100000; ++k)  // all magnitudes
    x.push_back(float(std::pow(10, -8 + 12 * random.uniform())) * (k % 2 ? 1.f : -1.f));
  // Where the reduction changes over, and on both sides of it.
  for (int n = -6366; n <= 6366; ++n) {
    const auto quarter = static_cast<float>(n * std::numbers::pi / 2);
    for (float v : {quarter, std::nextafter(quarter, 1e9f), std::nextafter(quarter, -1e9f)})
      if (std::abs(v) <= 1e4f) x.push_back(v);
  }
  for (const auto& set : instruction_sets<float>()) {
    const auto y = encoded(set.kernels_of(substrate_named("kuramoto")), x, 2);
    double worst = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
      worst = std::max(worst, std::abs(y[2 * k] - std::sin(double(x[k]))));
      worst = std::max(worst, std::abs(y[2 * k + 1] - std::cos(double(x[k]))));
    }
    EXPECT_LT(worst, 2e-7) << set.name;
    EXPECT_EQ(y[0], 0.f);
    EXPECT_EQ(y[1], 1.f);
  }
}

TEST(VectorMath, TanhWithinHalfAMillionth) {
  std::vector<float> x{100.f, -100.f, 1e30f};
  RandomSequence random(2, Stream::batch);
  for (int k = 0; k < 200000; ++k)
    x.push_back(float(std::pow(10, -30 + 32 * random.uniform())) * (k % 2 ? 1.f : -1.f));
  for (int k = 0; k < 200000; ++k) x.push_back(float(12 * (2 * random.uniform() - 1)));
  constexpr float inf = std::numeric_limits<float>::infinity();
  for (const auto& set : instruction_sets<float>()) {
    const auto& kernel = set.kernels_of(substrate_named("aim_tanh"));
    const auto y = encoded(kernel, x, 1);
    double worst = 0;
    float largest = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double exact = std::tanh(double(x[k]));
      if (exact != 0) worst = std::max(worst, std::abs(y[k] - exact) / std::abs(exact));
      largest = std::max(largest, std::abs(y[k]));
    }
    EXPECT_LT(worst, 5e-7) << set.name;
    EXPECT_LE(largest, 1.f) << set.name;
    EXPECT_EQ(encoded(kernel, {0.f, inf, -inf}, 1), (std::vector<float>{0.f, 1.f, -1.f}));
  }
}

// A diverged state must stay visible: nothing turns it into a number again.
TEST(VectorMath, NotANumberStaysOne) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  constexpr float inf = std::numeric_limits<float>::infinity();
  for (const auto& set : instruction_sets<float>()) {
    for (const char* name : {"kuramoto", "kuramoto_shil", "aim_tanh", "aim_poly"}) {
      const Substrate s = substrate_named(name);
      for (float v : encoded(set.kernels_of(s), {nan}, info(s).channels))
        EXPECT_TRUE(std::isnan(v)) << name << ", " << set.name;
    }
    for (float v : encoded(set.kernels_of(substrate_named("kuramoto")), {inf}, 2))
      EXPECT_FALSE(std::isfinite(v)) << set.name;
  }
}

}  // namespace
}  // namespace phaseloom
