// The energy-quality trail: a dot for every setting that was held until its quality was known.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/session/si_text.hpp"
#include "app/ui/export.hpp"
#include "app/ui/focus.hpp"
#include "app/ui/panels.hpp"
#include "app/ui/plot.hpp"
#include "app/ui/question.hpp"
#include "app/ui/train.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

/// 10^k J for k = -12 .. 3.
constexpr std::array<const char*, 16> kEnergies{
    "1 pJ",   "10 pJ", "100 pJ", "1 nJ",   "10 nJ", "100 nJ", "1 µJ",  "10 µJ",
    "100 µJ", "1 mJ",  "10 mJ",  "100 mJ", "1 J",   "10 J",   "100 J", "1 kJ"};
constexpr int kFirstPower = -12, kLastPower = 3;

struct Spot {
  const TrailDot* dot;
  double energy, distance;
};

Axis energy_axis(double low, double high) {
  const auto power = [](double value) {
    return std::clamp(static_cast<int>(value), kFirstPower, kLastPower);
  };
  const int first = power(std::floor(std::log10(low) - 1e-9));
  const int last = std::max(first + 1, power(std::ceil(std::log10(high) + 1e-9)));
  Axis axis{std::pow(10, first), std::pow(10, last), "", {}, {}, true};
  const int stride = 1 + (last - first) / 5;
  for (int k = first; k <= last; k += stride) {
    axis.ticks.push_back(std::pow(10, k));
    axis.names.push_back(kEnergies[static_cast<std::size_t>(k - kFirstPower)]);
  }
  return axis;
}

std::string spot_text(const UiContext& ctx, const Spot& spot) {
  const TrailDot& dot = *spot.dot;
  const Cost cost = dot.cost(ctx.scene.cost);
  return fmt::format(
      "{}\n{}\n\nrelative distance {:.4f}, Fréchet {:.1f} of {} images\n{}{} per image, {} mm², "
      "{}\n\nClick to go back to this setting.",
      trail_label(dot.scene), dot.scene.model, spot.distance, dot.quality.distance,
      grouped(dot.quality.samples), si_text(spot.energy, "J"),
      cost.bits_assumed ? " (as 8 bits)" : "", short_number(cost.area), si_text(cost.time, "s"));
}

void ask_to_clear(UiContext& ctx) {
  const std::size_t dots = ctx.session.trail().dots().size();
  ask(ctx, {"Forget the trail?",
            fmt::format("{} measured {} gone then; undo does not bring {} back. The button beside "
                        "writes {} as a table first.",
                        dots, dots == 1 ? "setting is" : "settings are", dots == 1 ? "it" : "them",
                        dots == 1 ? "it" : "them"),
            {{"Forget", "Clears the trail.",
              [](UiContext& now) { now.session.post(Verb::trail_clear); }}},
            {}});
}

/// Returns whether the section is open.
bool draw_heading(UiContext& ctx) {
  const ButtonLook look{.enabled = !ctx.session.trail().dots().empty(), .frame = false};
  const float height = ctx.px(22);
  const bool open = section(ctx, Section::trail, "Energy and quality", 600, 2 * height + ctx.px(6));
  const float below = ImGui::GetCursorPosY();
  ImGui::SameLine();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ctx.px(3));
  if (icon_button(ctx, "export trail", Icon::save, height,
                  "Writes the trail as a table (.csv) to ~/Phaseloom.", {}, look))
    export_trail_table(ctx);
  ImGui::SameLine(0, 0);
  if (icon_button(ctx, "clear trail", Icon::close, height, "Forgets these dots.", {}, look))
    ask_to_clear(ctx);
  ImGui::SetCursorPosY(below);
  return open;
}

/// Words in the middle of a plot, a line each; what is behind them stands back.
void draw_words(UiContext& ctx, const Plot& plot, std::span<const std::string> lines) {
  ImFont* font = ctx.fonts.caption;
  const float line = font->FontSize + ctx.px(2);
  float y = (plot.min().y + plot.max().y - line * static_cast<float>(lines.size())) / 2;
  float widest = 0;
  for (const std::string& words : lines) widest = std::max(widest, text_width(font, words));
  const float centre = (plot.min().x + plot.max().x) / 2, pad = ctx.px(4);
  plot.list().AddRectFilled(
      {centre - widest / 2 - pad, y - pad},
      {centre + widest / 2 + pad, y + line * static_cast<float>(lines.size()) + pad},
      ctx.colours.panel, ctx.px(3));
  for (const std::string& words : lines) {
    draw_text(plot.list(), font, {(plot.min().x + plot.max().x - text_width(font, words)) / 2, y},
              ctx.colours.faint, words);
    y += line;
  }
}

void draw_reference(UiContext& ctx, const Plot& plot) {
  const float x = std::floor(plot.at(kPublishedEnergy, plot.y().high).x) + 0.5f;
  const float dash = ctx.px(4), thick = std::max(1.0f, ctx.px(1));
  for (float y = plot.min().y; y < plot.max().y; y += 2 * dash)
    plot.list().AddLine({x, y}, {x, std::min(y + dash, plot.max().y)}, ctx.colours.faint, thick);
  ImFont* font = ctx.fonts.caption;
  const char* const words = "23 µJ";
  const float width = text_width(font, words);
  const bool fits = x + ctx.px(4) + width < plot.max().x;
  draw_text(plot.list(), font, {fits ? x + ctx.px(4) : x - ctx.px(4) - width, plot.min().y},
            ctx.colours.faint, words);
}

void draw_plot(UiContext& ctx) {
  const double here = present_cost(ctx).energy.total();
  double low = 2e-6, high = 5e-5, least = 0.01, most = 1;
  const auto widen = [&](double energy) {
    low = std::min(low, energy);
    high = std::max(high, energy);
  };
  if (here > 0) widen(here);
  std::vector<Spot> spots;
  for (const TrailDot& dot : ctx.session.trail().dots()) {
    const Spot spot{&dot, dot.cost(ctx.scene.cost).energy.total(), dot.quality.relative};
    if (!(spot.energy > 0) || !(spot.distance > 0)) continue;
    spots.push_back(spot);
    widen(spot.energy);
    while (spot.distance < least && least > 1e-6) least /= 10;
    while (spot.distance > most && most < 1e6) most *= 10;
  }
  const Plot plot(ctx, "trail plot", ctx.px(156), energy_axis(low, high),
                  {least, most, "relative Fréchet distance", {}, {}, true});
  note_place(ctx, "trail");
  const bool clicked = plot.clicked();
  const Palette& c = ctx.colours;
  draw_reference(ctx, plot);
  if (here > 0) plot.vertical(here, faded(c.accent, 0.5f));

  // The keyboard goes from dot to dot, and with Enter to its setting.
  const bool focused = focusable(ctx);
  int& cursor = ctx.transient.trail_cursor;
  if (focused)
    if (const auto moved = moved_choice(ctx, cursor, static_cast<int>(spots.size())))
      cursor = *moved;
  if (focused && pushed(ctx) && cursor >= 0 && cursor < static_cast<int>(spots.size()))
    ctx.session.post(Verb::trail_go, spots[static_cast<std::size_t>(cursor)].dot->number);

  const Spot* nearest = nullptr;
  float reach = ctx.px(9);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (const Spot& spot : spots) {
    const ImVec2 at = plot.at(spot.energy, spot.distance);
    const bool of_this = spot.dot->scene.model == ctx.scene.model;
    const ImU32 colour = of_this ? c.accent : faded(c.faint, 0.7f);
    // Float weights are priced as 8 bits: an open ring.
    if (spot.dot->scene.hardware.bits == 0)
      plot.list().AddCircle(at, ctx.px(3.5f), colour, 0, std::max(1.0f, ctx.px(1.5f)));
    else
      plot.list().AddCircleFilled(at, ctx.px(3.5f), colour);
    if (same_setting(spot.dot->scene, ctx.scene))
      plot.list().AddCircle(at, ctx.px(6), c.text, 0, std::max(1.0f, ctx.px(1)));
    const float away = std::hypot(mouse.x - at.x, mouse.y - at.y);
    if (plot.hovered() && away < reach) {
      reach = away;
      nearest = &spot;
    }
    if (ctx.transient.keep_places)
      ctx.transient.places[fmt::format("trail dot {}", spot.dot->number)] = {{at.x - 1, at.y - 1},
                                                                             {at.x + 1, at.y + 1}};
  }
  if (focused && cursor >= 0 && cursor < static_cast<int>(spots.size())) {
    const Spot& spot = spots[static_cast<std::size_t>(cursor)];
    plot.list().AddCircle(plot.at(spot.energy, spot.distance), ctx.px(6), c.accent, 0,
                          std::max(1.0f, ctx.px(2)));
    show_hint(ctx, spot_text(ctx, spot), plot.at(spot.energy, spot.distance));
  }
  if (nearest) {
    plot.list().AddCircle(plot.at(nearest->energy, nearest->distance), ctx.px(6), c.accent, 0,
                          std::max(1.0f, ctx.px(2)));
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    hint_at_once(ctx, spot_text(ctx, *nearest));
    if (clicked) ctx.session.post(Verb::trail_go, nearest->dot->number);
    return;
  }
  if (spots.empty()) {
    const bool never = ctx.quality.state == QualitySnapshot::State::unavailable;
    const std::string why[] = {"no quality, no trail"};
    const std::string how[] = {"Hold a setting until 1,000", "images are judged: it",
                               "leaves a dot here."};
    draw_words(ctx, plot, never ? std::span<const std::string>(why) : how);
  }
  hint(ctx,
       "Energy per image against the distance to real pictures, 1 being that of a Gaussian of the "
       "pixels: down and left is better. Each dot is a setting of the hardware that was held for "
       "1,000 judged images, all priced alike by the cost model; open ones are float weights, "
       "grey ones of other models. Blue: where the controls are; dashed: published, 23 µJ.");
}

}  // namespace

void draw_trail(UiContext& ctx) {
  if (!draw_heading(ctx)) return;
  draw_plot(ctx);
  const char* const holds[] = {"written anew", "all in one core", "a core each"};
  choice_row(ctx, {"cost.hold", "Chunks", "E = E_dyn + K E_prog / B + …, or what replaces it"},
             holds);
}

}  // namespace phaseloom
