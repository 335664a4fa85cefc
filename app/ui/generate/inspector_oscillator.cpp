// SPDX-License-Identifier: MIT
// One oscillator in one sample: where it is on its circle, who pulls at it, how it moves.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include "app/commands/playground_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/ui/generate/inspector_plots.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/generate/view.hpp"
#include "app/ui/toolkit/plot.hpp"
#include "app/ui/toolkit/plot_export.hpp"
#include "app/ui/toolkit/wall_samples.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

constexpr double kPi = std::numbers::pi;

struct Field {
  double x = 0, y = 0;  ///< sum over neighbours of W e^(i theta)
};

/// The circle: the ring shows which colour is which angle, dots are the neighbours (orange pulls
/// towards itself, blue away from itself; the fainter, the weaker), the needle is the oscillator.
Field draw_circle(UiContext& ctx, ImVec2 centre, float radius, int unit, int lane) {
  const Snapshot& now = ctx.now;
  const Program& program = now.model->program;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto at = [&](double angle, double r) {
    return ImVec2{centre.x + static_cast<float>(r * std::cos(angle)),
                  centre.y - static_cast<float>(r * std::sin(angle))};
  };
  constexpr int kParts = 72;
  for (int i = 0; i < kParts; ++i) {
    const double a = 2 * kPi * i / kParts, b = 2 * kPi * (i + 1.1) / kParts;
    list.AddQuadFilled(at(a, radius - ctx.px(5)), at(a, radius), at(b, radius),
                       at(b, radius - ctx.px(5)), phase_colour(now, (a + b) / 2));
  }
  const double inner = radius - ctx.px(5);
  list.AddLine(at(0, inner), at(kPi, inner), faded(ctx.colours.line, 0.8f));
  list.AddLine(at(kPi / 2, inner), at(-kPi / 2, inner), faded(ctx.colours.line, 0.8f));

  const auto weights = program.weights(now.chunk);
  const Topology& topology = *program.topology;
  const auto begin = static_cast<std::size_t>(topology.row_begin()[static_cast<std::size_t>(unit)]);
  const auto sources = topology.sources_of(unit);
  float largest = 1e-9f;
  for (std::size_t k = 0; k < sources.size(); ++k)
    largest = std::max(largest, std::abs(weights[begin + k]));
  Field field;
  for (std::size_t k = 0; k < sources.size(); ++k) {
    const float w = weights[begin + k];
    const double angle = state_of(now, sources[k], lane);
    field.x += w * std::cos(angle);
    field.y += w * std::sin(angle);
    const float strength = std::abs(w) / largest;
    if (strength < 0.03f) continue;
    const ImU32 colour = map_colour(ColourMap::diverging, w > 0 ? 0.9 : 0.1);
    list.AddCircleFilled(at(angle, inner - ctx.px(7)), ctx.px(1.5f + 2 * strength),
                         faded(colour, 0.25f + 0.6f * strength), 12);
  }
  // The field: the sum of the pulls, as an arrow that saturates.
  const double size = std::hypot(field.x, field.y);
  if (size > 1e-9) {
    const double direction = std::atan2(field.y, field.x);
    const double length = (inner - ctx.px(16)) * std::tanh(size);
    list.AddLine(centre, at(direction, length), ctx.colours.faint, ctx.px(2));
  }
  const double own = state_of(now, unit, lane);
  list.AddLine(centre, at(own, inner), ctx.colours.accent, std::max(2.0f, ctx.px(2.5f)));
  list.AddCircleFilled(at(own, inner - ctx.px(1)), ctx.px(4), ctx.colours.accent);
  list.AddCircleFilled(centre, ctx.px(3), ctx.colours.text);
  return field;
}

/// The state of one unit in one lane over the run, as far as the window saw it.
struct Course {
  std::vector<double> time;
  std::vector<double> state;
};

Course course_of(const UiContext& ctx, int unit, int lane) {
  Course course;
  const auto i = static_cast<std::size_t>(unit) * static_cast<std::size_t>(ctx.now.lanes) +
                 static_cast<std::size_t>(lane);
  for (const auto& [step, moment] : ctx.transient.traces.moments()) {
    if (step > ctx.now.step || !moment.state || i >= moment.state->size()) continue;
    course.time.push_back(moment.time);
    course.state.push_back((*moment.state)[i]);
  }
  return course;
}

Axis state_axis(const Snapshot& now, const Course& course) {
  if (now.is_phase) return {-kPi, kPi, now.spoken().axis.data(), {-kPi, 0, kPi}, {"−π", "0", "π"}};
  double largest = 1;
  for (const double x : course.state) largest = std::max(largest, std::abs(x));
  return {-largest, largest, now.spoken().axis.data(), {}, {}};
}

void draw_trace(UiContext& ctx, const Course& course) {
  const Snapshot& now = ctx.now;
  constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> t, value;
  for (std::size_t i = 0; i < course.state.size(); ++i) {
    const double shown = now.is_phase ? wrapped(course.state[i]) : course.state[i];
    if (now.is_phase && !value.empty() && std::abs(shown - value.back()) > kPi) {
      t.push_back(course.time[i]);  // it went over the edge: lift the pen
      value.push_back(kNothing);
    }
    t.push_back(course.time[i]);
    value.push_back(shown);
  }
  stage_button(ctx, OnStage::curve);
  const Plot plot(ctx, "trace", plot_height(ctx, 112),
                  {0, std::max(now.duration, 1e-9), "t", {}, {}}, state_axis(now, course));
  double border = 0;
  for (int chunk = 0; chunk + 1 < now.chunks; ++chunk) {
    border += now.model->program.durations[static_cast<std::size_t>(chunk)];
    plot.vertical(border, faded(ctx.colours.faint, 0.35f));
  }
  plot.line(t, value, ctx.colours.accent);
  if (!value.empty()) plot.dot(t.back(), value.back(), ctx.colours.text);
  const PlotColumn columns[] = {{"t", t}, {now.spoken().column, value}};
  offer_plot(ctx, "trace", "Trace of the oscillator", columns);
  take_double_click(ctx, OnStage::curve);
  hint(ctx, fmt::format("The {} of this unit since the start of the run; vertical lines are chunk "
                        "borders.",
                        now.spoken().name));
}

/// A trail in the plane that fades with age, as fast as the user likes; `both` axes are states.
void draw_trail(UiContext& ctx, const Plot& plot, std::span<const double> x,
                std::span<const double> y, std::span<const double> time, bool both) {
  if (x.empty()) return;
  const double lasts = ctx.state.trail * std::max(ctx.now.duration, 1e-9);
  const auto jumps = [&](std::span<const double> values, std::size_t i) {
    return ctx.now.is_phase && std::abs(values[i] - values[i - 1]) > kPi;
  };
  for (std::size_t i = 1; i < x.size(); ++i) {
    const double left = 1 - (time.back() - time[i]) / lasts;
    if (left <= 0 || jumps(x, i) || (both && jumps(y, i))) continue;
    plot.line(x.subspan(i - 1, 2), y.subspan(i - 1, 2),
              faded(ctx.colours.accent, static_cast<float>(0.08 + 0.92 * left)));
  }
  plot.dot(x.back(), y.back(), ctx.colours.text);
}

void draw_trail_slider(UiContext& ctx) {
  const float label = ctx.px(52);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text,
            {at.x, at.y + (ImGui::GetFrameHeight() - ctx.fonts.text->FontSize) / 2},
            ctx.colours.faint, "Trail");
  ImGui::SetCursorScreenPos({at.x + label, at.y});
  double share = ctx.state.trail;
  const std::string shown = fmt::format("{:.0f} % of the run", 100 * share);
  if (slider(ctx, "trail", share, {0.01, 1, 0.01, 2, "%.2f"}, ImGui::GetContentRegionAvail().x,
             shown.c_str(), SliderInput::drag_only))
    ctx.session.post(verbs::trail, std::clamp(share, 0.01, 1.0));
  note_place(ctx, "trail fade");
  hint(ctx, "How long ago the trail of a portrait has faded away.");
}

/// State against its rate of change; what is longer ago is fainter.
void draw_portrait(UiContext& ctx, const Course& course) {
  const Snapshot& now = ctx.now;
  std::vector<double> x, rate, time;
  double fastest = 0;
  for (std::size_t i = 1; i < course.state.size(); ++i) {
    const double dt = course.time[i] - course.time[i - 1];
    if (dt <= 0) continue;
    const double middle = (course.state[i] + course.state[i - 1]) / 2;
    x.push_back(now.is_phase ? wrapped(middle) : middle);
    time.push_back(course.time[i]);
    rate.push_back((course.state[i] - course.state[i - 1]) / dt);
    if (std::isfinite(rate.back())) fastest = std::max(fastest, std::abs(rate.back()));
  }
  double range = 1;
  while (range < fastest) range *= 2;
  Axis across = state_axis(now, course);
  stage_button(ctx, OnStage::curve);
  const Plot plot(ctx, "portrait", plot_height(ctx, 132), across,
                  {-range, range, now.spoken().rate.data(), {-range, 0, range}, {}});
  draw_trail(ctx, plot, x, rate, time, false);
  const PlotColumn columns[] = {
      {"t", time}, {now.spoken().column, x}, {now.spoken().rate_column, rate}};
  offer_plot(ctx, "portrait", "Phase portrait", columns);
  take_double_click(ctx, OnStage::curve);
  hint(ctx, "Phase portrait: where it is, against how fast it moves. It rests on the middle line.");
}

/// Its state against that of another unit: locked in phase, they move along the dashed diagonal.
void draw_pair(UiContext& ctx, const Course& course, int lane) {
  const Snapshot& now = ctx.now;
  const int partner = partner_of(ctx);
  if (partner < 0) {
    text(ctx, ctx.fonts.text, ctx.colours.faint, "It listens to no other oscillator.");
    return;
  }
  Course other = course_of(ctx, partner, lane);
  if (other.state.size() != course.state.size()) return;
  Axis across = state_axis(now, course), up = state_axis(now, other);
  const std::string_view symbol = now.spoken().symbol;
  const std::string x_label = fmt::format("{} of {}", symbol, ctx.state.picked);
  const std::string y_label = fmt::format("{} of {}", symbol, partner);
  across.label = x_label.c_str();
  up.label = y_label.c_str();
  stage_button(ctx, OnStage::curve);
  const Plot plot(ctx, "pair", plot_height(ctx, 168), across, up);
  constexpr int kDashes = 24;
  for (int i = 0; i < kDashes; i += 2) {
    const double low = std::max(across.low, up.low), high = std::min(across.high, up.high);
    const auto place = [&](int part) { return low + (high - low) * part / kDashes; };
    plot.list().AddLine(plot.at(place(i), place(i)), plot.at(place(i + 1), place(i + 1)),
                        faded(ctx.colours.faint, 0.5f));
  }
  std::vector<double> x = course.state;
  if (now.is_phase)
    for (std::vector<double>* angles : {&x, &other.state})
      for (double& angle : *angles) angle = wrapped(angle);
  draw_trail(ctx, plot, x, other.state, course.time, true);
  const std::string x_name = fmt::format("{}_{}", now.spoken().variable, ctx.state.picked);
  const std::string y_name = fmt::format("{}_{}", now.spoken().variable, partner);
  const PlotColumn columns[] = {{"t", course.time}, {x_name, x}, {y_name, other.state}};
  offer_plot(ctx, "pair", "Phase portrait of the pair", columns);
  take_double_click(ctx, OnStage::curve);
  hint(ctx,
       "Phase portrait of two: the picked oscillator across, its partner up. In phase they are on "
       "the dashed diagonal. Shift and a click on a pixel above, a click in the kernel below, or J "
       "takes another partner.");
}

}  // namespace

std::vector<int> sources_by_strength(const UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const int unit = ctx.state.picked;
  if (!now.model || unit < 0 || unit >= now.grid.units()) return {};
  const Program& program = now.model->program;
  const Topology& topology = *program.topology;
  const auto all = topology.sources_of(unit);
  const auto begin = static_cast<std::size_t>(topology.row_begin()[static_cast<std::size_t>(unit)]);
  std::vector<std::pair<double, int>> strength;
  for (std::size_t k = 0; k < all.size() && all[k] < topology.first_label(); ++k) {
    double sum = 0;
    for (int chunk = 0; chunk < program.chunks(); ++chunk)
      sum += std::abs(program.weights(chunk)[begin + k]);
    strength.emplace_back(-sum, all[k]);
  }
  std::ranges::sort(strength);
  std::vector<int> sources;
  for (const auto& [minus_sum, source] : strength) sources.push_back(source);
  return sources;
}

int partner_of(const UiContext& ctx) {
  const int chosen = ctx.state.partner;
  if (chosen >= 0 && chosen < ctx.now.grid.units() && chosen != ctx.state.picked) return chosen;
  const std::vector<int> sources = sources_by_strength(ctx);
  return sources.empty() ? -1 : sources.front();
}

void draw_curve(UiContext& ctx) {
  const int lane = std::clamp(ctx.state.pinned, 0, std::max(0, ctx.now.lanes - 1));
  const Course course = course_of(ctx, ctx.state.picked, lane);
  const Choice kinds[] = {{"Trace", "The state over time.", true},
                          {"Portrait", "The state against its rate of change.", true},
                          {"Pair", "The state against that of another oscillator.", true}};
  const Curve curve = ctx.state.curve;
  // On the stage, the corner above is the button's that puts the plot back.
  const float room = ImGui::GetContentRegionAvail().x;
  if (const auto chosen =
          segmented(ctx, "plot", kinds, static_cast<int>(curve),
                    ctx.transient.laid ? std::min(room - ctx.px(26), ctx.px(300)) : room))
    ctx.session.post(verbs::curve, name_of(static_cast<Curve>(*chosen)));
  if (curve != Curve::trace && ctx.transient.laid) draw_trail_slider(ctx);
  if (curve == Curve::trace)
    draw_trace(ctx, course);
  else if (curve == Curve::portrait)
    draw_portrait(ctx, course);
  else
    draw_pair(ctx, course, lane);
  if (curve != Curve::trace && !ctx.transient.laid) draw_trail_slider(ctx);
}

/// At the right end of the heading: the units around it as clock hands, in Learn.
void draw_way_inside(UiContext& ctx, ImVec2 end, int unit, int lane) {
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const float button = ctx.px(22);
  ImGui::SetCursorScreenPos({end.x - button, end.y - ctx.px(2)});
  if (icon_button(ctx, "look inside", Icon::wave, button,
                  "Looks inside, in Learn: this unit and those around it as clock hands that are "
                  "touched, while the run goes on around them.",
                  {}, {.frame = false})) {
    ctx.session.post(verbs::playground_pixel, unit, lane);
    ctx.session.post(verbs::workspace, name_of(Workspace::learn));
  }
  ImGui::SetCursorScreenPos(below);
}

void draw_oscillator(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const int unit = ctx.state.picked;
  const int lane = std::clamp(ctx.state.pinned, 0, std::max(0, now.lanes - 1));
  const UnitPlace place = place_of(now.grid, unit);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float across = ImGui::GetContentRegionAvail().x;
  heading(ctx, fmt::format("Oscillator {}", unit));
  draw_way_inside(ctx, {start.x + across, start.y}, unit, lane);

  const float radius = ctx.px(58);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  Field field;
  if (now.is_phase) {
    ImGui::InvisibleButton("circle", {2 * radius, 2 * radius});
    hint(ctx,
         "The needle is this oscillator's phase θ. Dots are the oscillators it listens to: "
         "orange pulls it towards itself (W > 0), blue away (W < 0). The grey hand is the sum "
         "of their pulls, Σ W exp(iθ).");
    field = draw_circle(ctx, {corner.x + radius, corner.y + radius}, radius, unit, lane);
    ImGui::SameLine(0, ctx.px(12));
  }
  ImGui::BeginGroup();
  // fact() fills the width that is left; the group keeps it beside the circle.
  ImGui::PushID("facts");
  const double state = state_of(now, unit, lane);
  fact(ctx, "layer", place.layer == 0 ? "visible" : fmt::format("hidden {}", place.layer));
  fact(ctx, "x, y", fmt::format("{}, {}", place.x, place.y));
  fact(ctx, now.spoken().symbol,
       fmt::format("{:+.3f}", now.is_phase ? wrapped(state) : double(state)),
       fmt::format("Its {}{}{}.", now.spoken().name, now.spoken().unit.empty() ? "" : " in ",
                   now.spoken().unit));
  if (now.is_phase)
    fact(ctx, "pull", fmt::format("{:.3f}", std::hypot(field.x, field.y)),
         "Size of the field of its neighbours, |Σ W exp(iθ)|.");
  if (place.layer == 0)
    fact(ctx, "pixel", fmt::format("{:.3f}", read_pixel(now.model->program.readout, state)),
         "What it is read out as.");
  ImGui::PopID();
  ImGui::EndGroup();
  ImGui::Dummy({0, ctx.px(1)});
  if (!lies_on_stage(ctx, OnStage::curve)) draw_curve(ctx);
}

}  // namespace phaseloom
