// SPDX-License-Identifier: MIT
#include "engine/field/field.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/dynamics/noise.hpp"
#include "engine/field/field_loops.hpp"
#include "engine/support/aligned.hpp"
#include "engine/support/error.hpp"
#include "engine/support/finite.hpp"
#include "engine/support/lanes.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

/// Rows that one piece of a parallel loop is about: what it reads and writes stays in a core's own
/// cache, and there are enough pieces for any number of cores.
constexpr int kBandRows = 16;
static_assert(kBandRows % kUpdateRows == 0);

constexpr double kPi = std::numbers::pi;
constexpr double kMaxPhase = 1e5;  // beyond it little is left of a float's digits

/// Numbers from one row to the next: whole cache lines, an odd number of them, as rows a power of
/// two apart would all be kept in the same few sets of a cache.
int stride_for(int width) {
  constexpr int kLine = static_cast<int>(kAlignment / sizeof(float));
  return (((width + kLine - 1) / kLine) | 1) * kLine;
}

float wrapped(float phase) { return static_cast<float>(std::remainder(double(phase), 2 * kPi)); }

/// A natural frequency of spread 1.
double draw_frequency(FrequencyShape shape, std::uint64_t seed, int place) {
  const auto words =
      random_words(seed, Stream::field_frequencies, static_cast<std::uint32_t>(place));
  if (shape == FrequencyShape::gaussian) return normal(words[0], words[1])[0];
  const double largest_angle = std::atan(kLorentzianCut);
  return std::tan(largest_angle * (2 * uniform(words[0]) - 1));
}

float draw_phase(double width, std::uint64_t seed, int place) {
  const auto words = random_words(seed, Stream::field_start, static_cast<std::uint32_t>(place));
  return static_cast<float>(width * (2 * uniform(words[0]) - 1));
}

/// The kernel's weights as the loops want them.
struct PackedKernel {
  int radius, parts;
  float centre;
  std::vector<float> across, down;

  explicit PackedKernel(const CouplingKernel& kernel)
      : radius(kernel.radius()),
        parts(static_cast<int>(kernel.parts().size())),
        centre(static_cast<float>(kernel.centre())) {
    for (const CouplingKernel::Part& part : kernel.parts()) {
      for (const double w : part.across) across.push_back(static_cast<float>(w));
      down.insert(down.end(), kUpdateRows - 1, 0.f);
      for (const double w : part.down) down.push_back(static_cast<float>(w));
      down.insert(down.end(), kUpdateRows - 1, 0.f);
    }
  }
};

}  // namespace

struct Field::Impl {
  FieldSettings settings;
  ThreadPool& pool;
  PackedKernel kernel;
  int stride, noise_stride;
  std::uint64_t seed = 0;  // of the run, since the restart
  std::int64_t steps = 0;
  double time = 0;
  std::uint32_t touches = 0;
  AlignedVector<float> x, next, sum, frequencies, sent;
  AlignedVector<std::int8_t> noise;

  Impl(const FieldSettings& s, ThreadPool& p)
      : settings(s),
        pool(p),
        kernel(CouplingKernel(s.kernel)),
        stride(stride_for(s.width)),
        noise_stride((s.width + kLanes - 1) / kLanes * kLanes) {
    const std::size_t plane = static_cast<std::size_t>(stride) * s.height;
    for (auto* array : {&x, &next, &sum, &frequencies}) array->resize(plane);
    noise.resize(static_cast<std::size_t>(noise_stride) * s.height);
    make_room();
    restart();
  }

  /// A kernel of more parts sends more.
  void make_room() {
    const auto needed = 2 * static_cast<std::size_t>(kernel.parts) * x.size();
    if (sent.size() < needed) sent.resize(needed);
  }

  std::size_t at(int column, int row) const {
    return static_cast<std::size_t>(row) * stride + column;
  }

  /// Calls f(first row, last row) for all bands, in parallel.
  template <class F>
  void each_band(const F& f) {
    const int height = settings.height;
    pool.run((height + kBandRows - 1) / kBandRows,
             [&](int band) { f(band * kBandRows, std::min(height, (band + 1) * kBandRows)); });
  }

  /// Calls f(column, row) for all places, in parallel.
  template <class F>
  void each_place(const F& f) {
    each_band([&](int first, int last) {
      for (int row = first; row < last; ++row)
        for (int column = 0; column < settings.width; ++column) f(column, row);
    });
  }

  void draw_frequencies() {
    each_place([&](int column, int row) {
      const double unit = draw_frequency(settings.frequencies, seed, row * settings.width + column);
      frequencies[at(column, row)] = static_cast<float>(settings.spread * unit);
    });
  }

  void restart() {
    seed = settings.seed;
    steps = 0;
    time = 0;
    touches = 0;
    draw_frequencies();
    each_place([&](int column, int row) {
      x[at(column, row)] = draw_phase(settings.start_width, seed, row * settings.width + column);
    });
  }

  SendJob send_job(const float* phases) {
    SendJob job{};
    job.width = settings.width;
    job.height = settings.height;
    job.stride = stride;
    job.parts = kernel.parts;
    job.radius = kernel.radius;
    job.across = kernel.across.data();
    job.phases = phases;
    job.sent = sent.data();
    return job;
  }

  UpdateJob update_job(const float* phases) {
    UpdateJob job{};
    job.width = settings.width;
    job.height = settings.height;
    job.stride = stride;
    job.parts = kernel.parts;
    job.radius = kernel.radius;
    job.down = kernel.down.data();
    job.sent = sent.data();
    job.phases = phases;
    job.coupling = static_cast<float>(settings.coupling);
    job.injection = static_cast<float>(settings.injection);
    job.centre = kernel.centre;
    return job;
  }

  void send(const float* phases) {
    const SendJob all = send_job(phases);
    each_band([&](int first, int last) {
      SendJob job = all;
      job.first = first;
      job.last = last;
      field_loops().send(job);
    });
  }

  /// Normal numbers of this step for some rows: place (column, row) has those of item
  /// column / kLanes and sample row * kLanes + column % kLanes.
  void fill_noise(int first, int last) {
    for (int row = first; row < last; ++row)
      fill_normals(seed, Stream::field_noise, static_cast<std::uint32_t>(steps),
                   static_cast<std::uint64_t>(row) * kLanes, noise_stride / kLanes,
                   noise.data() + static_cast<std::size_t>(row) * noise_stride);
  }

  void stage(const StepStage<float>& s) {
    const bool noisy = settings.noise > 0;
    const float* phases = s.index == 0 ? x.data() : next.data();
    send(phases);
    UpdateJob all = update_job(phases);
    all.frequencies = frequencies.data();
    all.noise = noisy ? noise.data() : nullptr;
    all.noise_stride = noise_stride;
    all.noise_scale = static_cast<float>(settings.noise / std::sqrt(settings.dt)) * kNormalUnit;
    all.a = s.a;
    all.b = s.b;
    all.is_first = s.index == 0;
    all.is_last = s.last;
    all.x = x.data();
    all.sum = sum.data();
    all.next = next.data();
    each_band([&](int first, int last) {
      if (noisy && s.index == 0) fill_noise(first, last);
      UpdateJob job = all;
      job.first = first;
      job.last = last;
      field_loops().update(job);
    });
  }

  void step() {
    for_each_stage(tableau(settings.integrator), static_cast<float>(settings.dt),
                   [&](const StepStage<float>& s) { stage(s); });
    ++steps;
    time += settings.dt;
  }

  /// Of all places into `sum`, which keeps nothing between steps.
  void find_energy() {
    send(x.data());
    UpdateJob all = update_job(x.data());
    all.energy = sum.data();
    each_band([&](int first, int last) {
      UpdateJob job = all;
      job.first = first;
      job.last = last;
      field_loops().energy(job);
    });
  }

  void read(const AlignedVector<float>& plane, std::span<float> out) const {
    if (out.size() != static_cast<std::size_t>(settings.places()))
      fail("field: an array of {} cannot hold {} x {} places", out.size(), settings.width,
           settings.height);
    for (int row = 0; row < settings.height; ++row)
      std::copy_n(plane.data() + at(0, row), settings.width,
                  out.data() + static_cast<std::size_t>(row) * settings.width);
  }

  std::vector<float> copy_of(const AlignedVector<float>& plane) const {
    std::vector<float> out(static_cast<std::size_t>(settings.places()));
    read(plane, out);
    return out;
  }
};

Field::Field(const FieldSettings& settings, ThreadPool& pool)
    : impl_((validate(settings), std::make_unique<Impl>(settings, pool))) {}
Field::~Field() = default;
Field::Field(Field&&) noexcept = default;
Field& Field::operator=(Field&&) noexcept = default;

void Field::set_settings(const FieldSettings& settings) {
  validate(settings);
  const FieldSettings old = impl_->settings;
  if (settings.width != old.width || settings.height != old.height)
    fail("field: it has {} x {} places, which cannot become {} x {}", old.width, old.height,
         settings.width, settings.height);
  impl_->settings = settings;
  if (settings.kernel != old.kernel) {
    impl_->kernel = PackedKernel(CouplingKernel(settings.kernel));
    impl_->make_room();
  }
  if (settings.spread != old.spread || settings.frequencies != old.frequencies)
    impl_->draw_frequencies();
}

const FieldSettings& Field::settings() const { return impl_->settings; }

void Field::restart() { impl_->restart(); }

void Field::set(std::span<const float> phases) {
  Impl& f = *impl_;
  if (phases.size() != static_cast<std::size_t>(f.settings.places()))
    fail("field: {} phases for {} x {} places", phases.size(), f.settings.width, f.settings.height);
  for (const float phase : phases)
    if (!(std::abs(phase) <= kMaxPhase))
      fail("field: a phase is {}; it must lie in {}..{}", phase, -kMaxPhase, kMaxPhase);
  f.each_place([&](int column, int row) {
    f.x[f.at(column, row)] =
        wrapped(phases[static_cast<std::size_t>(row) * f.settings.width + column]);
  });
}

void Field::disturb(double x, double y, double radius, Disturbance what) {
  Impl& f = *impl_;
  paint(
      {x, y, radius}, what, f.settings.width, f.settings.height, f.seed, f.touches,
      [&](int column, int row) { return f.x[f.at(column, row)]; },
      [&](int column, int row, float phase) { f.x[f.at(column, row)] = phase; });
  ++f.touches;
}

void Field::step(int steps) {
  for (int i = 0; i < steps; ++i) impl_->step();
}

std::int64_t Field::steps() const { return impl_->steps; }
double Field::time() const { return impl_->time; }
std::vector<float> Field::phases() const { return impl_->copy_of(impl_->x); }
void Field::read_phases(std::span<float> out) const { impl_->read(impl_->x, out); }
std::vector<float> Field::frequencies() const { return impl_->copy_of(impl_->frequencies); }

std::complex<double> Field::mean_field() const {
  const Impl& f = *impl_;
  double sines = 0, cosines = 0;
  for (int row = 0; row < f.settings.height; ++row) {
    float totals[2];
    field_loops().totals(f.x.data() + f.at(0, row), f.settings.width, totals);
    sines += totals[0];
    cosines += totals[1];
  }
  return std::complex(cosines, sines) / double(f.settings.places());
}

void Field::read_energy(std::span<float> out) const {
  impl_->find_energy();
  impl_->read(impl_->sum, out);
}

double Field::energy() const {
  Impl& f = *impl_;
  f.find_energy();
  double total = 0;
  for (int row = 0; row < f.settings.height; ++row)
    for (int column = 0; column < f.settings.width; ++column) total += f.sum[f.at(column, row)];
  return total;
}

std::vector<Defect> Field::defects() const {
  return find_defects(phases(), impl_->settings.width, impl_->settings.height);
}

DefectCount Field::defect_count() const {
  return count_defects(phases(), impl_->settings.width, impl_->settings.height);
}

}  // namespace phaseloom
