// SPDX-License-Identifier: MIT
// What the field looks like: arrows, tracers that follow it, and lines of equal density.

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/toolkit/contours.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "app/ui/transport/transport.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

ImVec2 on_screen(const PlaneView& plane, Point p) {
  const Point pixel = plane.to_screen(p);
  return {pixel.x, pixel.y};
}

/// Whole pixels: ImGui draws these with a third of the corners of others.
float line_width(const UiContext& ctx) { return std::max(1.0f, ctx.px(1)); }

/// A speed that nine of ten places stay below at that time.
float usual_speed(const FieldSlices& field, double time) {
  std::vector<float> speeds;
  for (int row = 0; row < FieldSlices::kSide; ++row)
    for (int column = 0; column < FieldSlices::kSide; ++column) {
      const Point v = field.at(time, FieldSlices::place(row, column));
      if (std::isfinite(v.x) && std::isfinite(v.y)) speeds.push_back(std::hypot(v.x, v.y));
    }
  if (speeds.empty()) return 1;
  const auto at = speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() * 9 / 10);
  std::ranges::nth_element(speeds, at);
  return std::max(*at, 1e-6f);
}

}  // namespace

void draw_field(UiContext& ctx, ImDrawList& list, const PlaneView& plane, const FieldSlices& field,
                double time) {
  if (field.velocities.empty()) return;
  const float longest = 2 * FieldSlices::kReach / static_cast<float>(FieldSlices::kSide - 1) * 0.9f;
  const float scale = longest / usual_speed(field, time);
  const ImU32 colour = faded(ctx.colours.faint, 0.8f);
  const float thick = line_width(ctx), head = ctx.px(3);
  for (int row = 0; row < FieldSlices::kSide; ++row)
    for (int column = 0; column < FieldSlices::kSide; ++column) {
      const Point p = FieldSlices::place(row, column);
      Point v = field.at(time, p);
      if (!std::isfinite(v.x) || !std::isfinite(v.y)) continue;
      const float length = std::hypot(v.x, v.y) * scale;
      if (length < 0.02f * longest) continue;
      const float fit = scale * std::min(1.0f, longest / length);
      const ImVec2 a = on_screen(plane, p);
      const ImVec2 b = on_screen(plane, {p.x + v.x * fit, p.y + v.y * fit});
      list.AddLine(a, b, colour, thick);
      const float dx = b.x - a.x, dy = b.y - a.y, pixels = std::max(std::hypot(dx, dy), 1e-3f);
      if (pixels < 2 * head) continue;
      const float ux = dx / pixels * head, uy = dy / pixels * head;
      list.AddTriangleFilled({b.x + ux * 0.5f, b.y + uy * 0.5f},
                             {b.x - ux - uy * 0.7f, b.y - uy + ux * 0.7f},
                             {b.x - ux + uy * 0.7f, b.y - uy - ux * 0.7f}, colour);
    }
}

void draw_tracers(UiContext& ctx, ImDrawList& list, const PlaneView& plane,
                  const FieldSlices& field, double time) {
  if (field.velocities.empty()) return;
  ctx.transient.moving = true;
  // Each is born at a place of its own, lives its second, and is born again elsewhere: where it is
  // depends on the clock alone, so nothing has to be remembered.
  constexpr int kTracers = 160;
  constexpr double kLife = 1.2;
  constexpr int kTail = 6;
  const float longest = 0.16f;  // that one travels in its life, at the usual speed
  const float step = longest / usual_speed(field, time) / kTail;
  const double clock = ctx.transient.seconds / kLife;
  for (int i = 0; i < kTracers; ++i) {
    const double age_and_life = clock + double(i) / kTracers;
    const auto life = static_cast<std::uint32_t>(age_and_life);
    const auto age = static_cast<float>(age_and_life - life);
    const auto words = random_words(0, Stream::tracers, static_cast<std::uint32_t>(i), life);
    const auto born = [&](std::uint32_t word) {
      return static_cast<float>(2 * uniform(word) - 1) * FieldSlices::kReach;
    };
    Point p{born(words[0]), born(words[1])};
    const float travelled = age * kTail;
    const float bright = std::sin(age * 3.14159f);
    ImVec2 from = on_screen(plane, p);
    for (int k = 0; static_cast<float>(k) < travelled; ++k) {
      const Point v = field.at(time, p);
      if (!std::isfinite(v.x) || !std::isfinite(v.y)) break;
      const float part = std::min(1.0f, travelled - static_cast<float>(k)) * step;
      p = {p.x + v.x * part, p.y + v.y * part};
      const ImVec2 to = on_screen(plane, p);
      const float near_head = 1 - (travelled - static_cast<float>(k)) / kTail;
      list.AddLine(from, to, faded(ctx.colours.text, bright * std::max(0.08f, near_head)),
                   line_width(ctx));
      from = to;
    }
  }
}

void draw_density(UiContext& ctx, ImDrawList& list, const PlaneView& plane,
                  std::span<const Point> points, ImU32 colour) {
  constexpr int kSide = 72;
  constexpr float kWidth = 0.028f;
  const Density density = density_of(points, kSide, FieldSlices::kReach, kWidth);
  const float top = *std::ranges::max_element(density.heights);
  if (!(top > 0)) return;
  for (const float share : {0.1f, 0.3f, 0.55f, 0.8f})
    for (const auto& [a, b] : contour(density, share * top))
      list.AddLine(on_screen(plane, a), on_screen(plane, b), faded(colour, 0.35f + 0.6f * share),
                   line_width(ctx));
}

}  // namespace phaseloom
