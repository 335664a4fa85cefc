// SPDX-License-Identifier: MIT
#include "engine/thermo/heat.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/dynamics/lane_major.hpp"
#include "engine/network/lyapunov.hpp"
#include "engine/network/uncoupled.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr double kDark = 0.02, kBright = 0.98;

/// Between the order statistics around (n - 1) q; `sorted` is not empty.
template <class Real>
double quantile(std::span<const Real> sorted, double q) {
  const double place = q * double(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return double(sorted[below]) +
         (place - double(below)) * (double(sorted[above]) - double(sorted[below]));
}

}  // namespace

std::vector<double> energy_lost(const Program& program, int chunk, std::span<const float> before,
                                std::span<const float> after, int lanes, ThreadPool& pool) {
  auto lost = lyapunov_energies(program, chunk, before, lanes, pool);
  const auto left = lyapunov_energies(program, chunk, after, lanes, pool);
  for (std::size_t lane = 0; lane < lost.size(); ++lane) lost[lane] -= left[lane];
  return lost;
}

bool is_thermo(const Program& program) {
  return program.substrate == substrate_named("langevin") && has_energy(program);
}

void check_thermo(const Program& program) {
  if (!is_thermo(program))
    fail(
        "a run gives off heat if its units are langevin and its couplings symmetric; these are {} "
        "units{}",
        info(program.substrate).name,
        has_energy(program) ? "" : ", and the couplings are not symmetric");
}

int first_heated_chunk(const Program& program) {
  return std::min(leading_uncoupled(program), program.chunks() - 1);
}

double heated_duration(const Program& program) {
  return std::accumulate(program.durations.begin() + first_heated_chunk(program),
                         program.durations.end(), 0.0);
}

ThermoRun run_thermo(const Program& program, const Hardware& hardware, const RunSettings& settings,
                     int n, ThreadPool& pool, const std::function<bool(int)>& progress) {
  check_thermo(program);
  CpuDevice cpu(pool);
  const auto units = static_cast<std::size_t>(program.topology->units());
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  const int first = first_heated_chunk(program);
  ThermoRun out;
  for (int done = 0; done < n;) {
    const int lanes = std::min(cpu.preferred_lanes(), n - done);
    RunSettings run = settings;
    run.first_sample += static_cast<std::uint64_t>(done);
    Simulator simulator(program, hardware, run, lanes, cpu);
    simulator.advance(first * run.steps_per_chunk);
    std::vector<float> before(units * lanes), after(before);
    std::vector<double> heat(static_cast<std::size_t>(lanes));
    simulator.read_state(after);
    for (int chunk = first; chunk < program.chunks(); ++chunk) {
      before.swap(after);
      simulator.advance(run.steps_per_chunk);
      simulator.read_state(after);
      const auto lost = energy_lost(simulator.realised(), chunk, before, after, lanes, pool);
      for (std::size_t lane = 0; lane < heat.size(); ++lane) heat[lane] += lost[lane];
    }
    done += lanes;
    if (simulator.diverged())
      fail("the run diverged (not a number) before sample {}; take more steps per chunk",
           settings.first_sample + static_cast<std::uint64_t>(done));
    out.heat.insert(out.heat.end(), heat.begin(), heat.end());
    const auto seen = lane_major(std::span<const float>(after).first(visible * lanes), lanes);
    out.states.insert(out.states.end(), seen.begin(), seen.end());
    if (progress && !progress(done)) break;
  }
  return out;
}

std::vector<float> pixels_of(const Program& program, std::span<const float> states) {
  std::vector<float> pixels;
  pixels.reserve(states.size());
  for (const float x : states)
    pixels.push_back(static_cast<float>(read_pixel(program.readout, double(x))));
  return pixels;
}

Summary summarise(std::vector<double> values) {
  assert(!values.empty());
  Summary s;
  for (const double v : values) s.mean += v;
  s.mean /= double(values.size());
  for (const double v : values) s.deviation += (v - s.mean) * (v - s.mean);
  if (values.size() > 1) s.deviation = std::sqrt(s.deviation / double(values.size() - 1));
  std::ranges::sort(values);
  for (std::size_t k = 0; k < s.quantiles.size(); ++k)
    s.quantiles[k] = quantile(std::span<const double>(values), kSummaryQuantiles[k]);
  return s;
}

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b) {
  const std::size_t n = std::min(a.size(), b.size());
  double scale = 0;
  std::vector<double> differences;
  for (std::size_t k = 0; k < n; ++k) {
    scale += a[k] / static_cast<double>(n);
    differences.push_back(b[k] - a[k]);
  }
  if (scale == 0) return {};
  const Summary d = summarise(differences);
  return {d.mean / std::abs(scale),
          d.deviation / std::sqrt(static_cast<double>(n)) / std::abs(scale)};
}

void rescale_contrast(std::span<float> picture) {
  std::vector<float> sorted(picture.begin(), picture.end());
  std::ranges::sort(sorted);
  const double dark = quantile(std::span<const float>(sorted), kDark);
  const double bright = quantile(std::span<const float>(sorted), kBright);
  for (float& v : picture)
    v = bright > dark
            ? static_cast<float>(std::clamp((double(v) - dark) / (bright - dark), 0.0, 1.0))
            : 0.5F;
}

}  // namespace phaseloom
