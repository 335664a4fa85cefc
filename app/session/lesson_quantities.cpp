// SPDX-License-Identifier: MIT
#include "app/session/lesson_quantities.hpp"

#include <algorithm>
#include <cmath>

#include "app/session/cost_table.hpp"
#include "app/session/playground_part.hpp"
#include "app/session/quality_part.hpp"
#include "app/session/session.hpp"
#include "app/session/thermo_part.hpp"
#include "engine/playground/meter.hpp"

namespace phaseloom {
namespace {

using Value = std::optional<double>;

const PlaygroundSnapshot* playground(const Session& session) {
  const auto& latest = *session.part<PlaygroundPart>().latest();
  return latest.there() ? &latest : nullptr;
}

template <class Read>
Value of_playground(const Session& session, const Read& read) {
  const PlaygroundSnapshot* now = playground(session);
  if (!now) return {};
  return read(*now);
}

Value energy_per_image(const Session& session) {
  const Snapshot& now = *session.snapshot();
  if (!now.model) return {};
  return 1e9 * wall_cost(now.network, session.scene()).energy.total();
}

constexpr LessonQuantity kQuantities[] = {
    {"playground.time", "Time units since the start of the playground's run.",
     [](const Session& s) {
       return of_playground(s, [](const auto& now) { return now.now().time; });
     }},
    {"playground.order", "How much its units are in step, 0 to 1.",
     [](const Session& s) {
       return of_playground(s, [](const auto& now) { return now.now().order; });
     }},
    {"playground.energy", "Its energy per unit.",
     [](const Session& s) {
       return of_playground(s, [](const auto& now) { return now.now().energy; });
     }},
    {"playground.count", "How many units it has.",
     [](const Session& s) {
       return of_playground(s, [](const auto& now) { return double(now.network->count()); });
     }},
    {"playground.couplings", "How many couplings it has.",
     [](const Session& s) {
       return of_playground(s,
                            [](const auto& now) { return double(now.network->couplings.size()); });
     }},
    {"playground.picked", "How many of its units are selected.",
     [](const Session& s) { return Value(double(s.ui().playground.picked.size())); }},
    {"run.step", "Step of the run on the wall of Generate.",
     [](const Session& s) { return Value(double(s.snapshot()->step)); }},
    {"run.finished", "1 at the end of that run, else 0.",
     [](const Session& s) {
       const Snapshot& now = *s.snapshot();
       return Value(now.model && now.step == now.total_steps ? 1.0 : 0.0);
     }},
    {"run.order", "Order parameter of the wall's phases.",
     [](const Session& s) { return Value(s.snapshot()->order_parameter); }},
    {"run.difference",
     "Root mean square difference of the wall from its ideal twin, in percent of full scale; known "
     "while the two are compared.",
     [](const Session& s) {
       const Snapshot& now = *s.snapshot();
       return now.ideal.pixels ? Value(100 * now.ideal_rms) : Value();
     }},
    {"run.touches", "How often the wall was touched in this run.",
     [](const Session& s) {
       return Value(s.snapshot()->touches ? double(s.snapshot()->touches->size()) : 0.0);
     }},
    {"cost.energy", "Energy per image by the cost model, nJ.", energy_per_image},
    {"quality.relative", "Relative distance of the wall's images from real ones, once measured.",
     [](const Session& s) {
       const double relative = s.quality()->relative;
       return std::isnan(relative) ? Value() : Value(relative);
     }},
    {"heat.time", "Clock of the thermodynamic computer's run, 0 to 1.",
     [](const Session& s) { return Value(s.ui().thermo.time); }},
    {"heat.mean", "Mean heat of its samples, in kT.",
     [](const Session& s) {
       const ThermoRunSnapshot& run = *s.part<ThermoPart>().run();
       const bool known = !run.counts.heat.empty() && run.request.temperature > 0;
       return known ? Value(run.counts.summary.mean) : Value();
     }},
    {"heat.counted", "Samples whose heat was counted.",
     [](const Session& s) {
       return Value(double(s.part<ThermoPart>().run()->counts.heat.size()));
     }},
};

constexpr std::string_view kMeasured = "measured.", kTheory = "theory.";

bool is_meter_key(std::string_view key) {
  return std::ranges::find(kMeterKeys, key) != std::end(kMeterKeys);
}

Value of_meter(const Session& session, std::string_view key, double MeterLine::*which) {
  const PlaygroundSnapshot* now = playground(session);
  if (!now) return {};
  for (const MeterLine& line : now->reading.lines)
    if (line.key == key) return std::isnan(line.*which) ? Value() : Value(line.*which);
  return {};
}

}  // namespace

std::span<const LessonQuantity> lesson_quantities() { return kQuantities; }

bool is_lesson_quantity(std::string_view name) {
  for (const std::string_view prefix : {kMeasured, kTheory})
    if (name.starts_with(prefix)) return is_meter_key(name.substr(prefix.size()));
  return std::ranges::find(kQuantities, name, &LessonQuantity::name) != std::end(kQuantities);
}

std::optional<double> lesson_quantity(const Session& session, std::string_view name) {
  if (name.starts_with(kMeasured))
    return of_meter(session, name.substr(kMeasured.size()), &MeterLine::measured);
  if (name.starts_with(kTheory))
    return of_meter(session, name.substr(kTheory.size()), &MeterLine::theory);
  const auto found = std::ranges::find(kQuantities, name, &LessonQuantity::name);
  return found == std::end(kQuantities) ? Value() : found->read(session);
}

}  // namespace phaseloom
