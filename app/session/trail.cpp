// SPDX-License-Identifier: MIT
#include "app/session/trail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/document/si_text.hpp"
#include "engine/data/csv_text.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"
#include "engine/sweep/pareto.hpp"

namespace phaseloom {
namespace {

constexpr std::array<std::string_view, 13> kFields{"model",
                                                   "noise_width",
                                                   "integrator",
                                                   "steps_per_chunk",
                                                   "temperature",
                                                   "hardware.bits",
                                                   "hardware.grid",
                                                   "hardware.gain",
                                                   "hardware.density",
                                                   "hardware.weight_noise",
                                                   "hardware.mismatch",
                                                   "hardware.device",
                                                   "hardware.phase_noise"};

/// Empty if it is not known.
std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : std::string();
}

/// Takes measurements in; a seed counts once. True if one is new.
bool merge(std::span<const QualitySnapshot::Repeat> more,
           std::vector<QualitySnapshot::Repeat>& known) {
  bool fresh = false;
  for (const auto& repeat : more) {
    const auto same = std::ranges::find(known, repeat.seed, &QualitySnapshot::Repeat::seed);
    if (same == known.end()) {
      known.push_back(repeat);
      fresh = true;
    } else {
      *same = repeat;
    }
  }
  return fresh;
}

}  // namespace

Cost TrailDot::cost(const CostChoice& choice) const {
  return cost_of(as_built(network, scene.hardware), scene.hardware.bits, choice);
}

double TrailDot::relative() const {
  if (repeats.empty()) return quality.relative;
  double sum = 0;
  for (const auto& repeat : repeats) sum += repeat.relative;
  return sum / double(repeats.size());
}

double TrailDot::spread() const {
  if (repeats.size() < 2) return QualitySnapshot::kUnknown;
  const double mean = relative();
  double squares = 0;
  for (const auto& repeat : repeats) squares += (repeat.relative - mean) * (repeat.relative - mean);
  return std::sqrt(squares / double(repeats.size() - 1));
}

std::int64_t TrailDot::wires() const { return as_built(network, scene.hardware).couplings; }

std::vector<std::int64_t> pareto_front(const Trail& trail, const CostChoice& choice) {
  std::vector<Tradeoff> points;
  for (const TrailDot& dot : trail.dots())
    points.push_back({dot.cost(choice).energy.total(), dot.relative()});
  std::vector<std::int64_t> front;
  for (const std::size_t i : pareto_front(points)) front.push_back(trail.dots()[i].number);
  return front;
}

const TrailDot* fewest_within(const Trail& trail, double limit) {
  constexpr int kBitsOfFloat = 8;
  const auto stored = [](const TrailDot& dot) {
    const int bits = dot.scene.hardware.bits > 0 ? dot.scene.hardware.bits : kBitsOfFloat;
    return bits * dot.wires();
  };
  const TrailDot* best = nullptr;
  for (const TrailDot& dot : trail.dots()) {
    if (!(dot.relative() <= limit)) continue;
    if (!best ||
        std::pair(stored(dot), dot.relative()) < std::pair(stored(*best), best->relative()))
      best = &dot;
  }
  return best;
}

std::span<const std::string_view> trail_fields() { return kFields; }

bool same_setting(const Scene& a, const Scene& b) {
  return a.model == b.model && a.hardware == b.hardware && a.integrator == b.integrator &&
         a.steps_per_chunk == b.steps_per_chunk && a.noise_width == b.noise_width &&
         a.temperature == b.temperature;
}

std::string trail_label(const Scene& scene) {
  const Hardware& h = scene.hardware;
  std::string label = h.bits == 0   ? "float"
                      : h.bits == 1 ? "1 bit"
                                    : fmt::format("{} bits", h.bits);
  const auto add = [&](const char* name, double value, double ideal) {
    if (value != ideal) label += fmt::format(", {} {:.3g}", name, value);
  };
  add("density", h.density, 1);
  add("δ", h.weight_noise, 0);
  add("δs", h.mismatch, 0);
  add("σ", h.phase_noise, 0);
  add("noise ×", scene.noise_width, 1);
  if (scene.temperature >= 0) add("kT", scene.temperature, kOwnTemperature);
  if (scene.integrator) label += fmt::format(", {}", print_field(scene, "integrator"));
  if (scene.steps_per_chunk > 0) label += ", " + counted(scene.steps_per_chunk, "step");
  return label;
}

bool Trail::note(const Scene& scene, const CostNetwork& network, const QualitySnapshot& quality) {
  if (quality.samples < kSamples || !std::isfinite(quality.distance)) return false;
  const auto known = std::ranges::find_if(
      dots_, [&](const TrailDot& dot) { return same_setting(dot.scene, scene); });
  if (known != dots_.end()) {
    if (known->quality.serial == quality.serial) return false;
    const bool more = merge(quality.repeats, known->repeats);
    // Measured anew, it has to come as far again before it counts: few images give larger numbers.
    if (quality.samples < known->quality.samples) return more;
    known->scene = scene;
    known->network = network;
    known->quality = quality;
    return true;
  }
  dots_.push_back({++last_, scene, network, quality, quality.repeats});
  if (dots_.size() > kMaxDots) dots_.pop_front();
  return true;
}

void Trail::restore(TrailDot dot) {
  last_ = dot.number = std::max(dot.number, last_ + 1);
  dots_.push_back(std::move(dot));
  if (dots_.size() > kMaxDots) dots_.pop_front();
}

const TrailDot& Trail::dot(std::int64_t number) const {
  for (const TrailDot& dot : dots_)
    if (dot.number == number) return dot;
  if (dots_.empty()) fail("trail: no setting has been measured yet");
  fail("trail: there is no setting {}; there are {} to {}", number, dots_.front().number,
       dots_.back().number);
}

std::vector<Command> way_to(const TrailDot& dot, const Scene& from) {
  std::vector<Command> way;
  for (const auto name : kFields) {
    const std::string there = print_field(dot.scene, name);
    if (there != print_field(from, name)) way.push_back(set_command(name, there));
  }
  return way;
}

std::string print_trail(const Trail& trail, const CostChoice& choice, double limit) {
  const std::vector<std::int64_t> front = pareto_front(trail, choice);
  std::string text = "number";
  for (const auto name : kFields) text += fmt::format(",{}", name);
  text +=
      ",seed,data_set,samples,frechet_distance,frechet_distance_of_real,relative_distance,"
      "confidence,read_as_asked,cost.preset,cost.cell,cost.hold,cost.eta,cost.batch,bits_counted,"
      "couplings,area_mm2,power_W,time_s,energy_J,repeats,relative_distance_mean,"
      "relative_distance_spread,pareto,meets_limit,cost.own\r\n";
  for (const TrailDot& dot : trail.dots()) {
    text += fmt::format("{}", dot.number);
    for (const auto name : kFields) text += "," + csv_cell(print_field(dot.scene, name));
    const QualitySnapshot& q = dot.quality;
    const Cost cost = dot.cost(choice);
    text += fmt::format(",{},{},{},{},{},{},{},{}", dot.scene.seed, csv_cell(q.dataset), q.samples,
                        number(q.distance), number(q.floor), number(q.relative),
                        number(q.confidence), number(q.as_asked));
    text += fmt::format(",{},{},{},{},{},{},{},{},{},{},{}", name_of(choice.preset),
                        name_of(choice.cell), name_of(choice.hold), choice.eta, choice.batch,
                        cost.bits, cost.couplings, number(cost.area), number(cost.power),
                        number(cost.time), number(cost.energy.total()));
    const bool on_front = std::ranges::find(front, dot.number) != front.end();
    text += fmt::format(",{},{},{},{},{},{}\r\n", dot.repeats.size(), number(dot.relative()),
                        number(dot.spread()), on_front ? 1 : 0,
                        limit > 0 ? (dot.relative() <= limit ? "1" : "0") : "",
                        csv_cell(own_constants(choice)));
  }
  return text;
}

void export_trail(const Trail& trail, const CostChoice& choice, double limit,
                  const std::filesystem::path& path) {
  if (path.extension() != ".csv")
    fail("trail.export: {} should end in .csv", printable(path.string()));
  if (trail.dots().empty())
    fail("trail.export: nothing to export; no setting has been measured yet");
  write_file_atomically(path, print_trail(trail, choice, limit));
}

}  // namespace phaseloom
