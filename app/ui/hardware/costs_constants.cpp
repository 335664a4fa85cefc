// SPDX-License-Identifier: MIT
// Every constant of the cost model, with its unit, where it comes from, and the way back.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "app/commands/hardware_verbs.hpp"
#include "app/ui/hardware/costs.hpp"
#include "app/ui/hardware/hardware_look.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// How far a constant is dragged (*): ten times the technology's, or what is usual where that is 0.
/// Farther values are typed.
double dragged_to(const CostConstantInfo& info, double usual) {
  constexpr double kOfNothing = 1000;
  return std::min(info.max, usual > 0 ? 10 * usual : kOfNothing);
}

double rounded(double value) { return std::strtod(fmt::format("{:.3g}", value).c_str(), nullptr); }

struct Columns {
  float symbol, meaning, source, reset;
  explicit Columns(const UiContext& ctx, float width)
      : symbol(ctx.px(62)),
        meaning(width > ctx.px(300) ? std::floor(width * (width > ctx.px(380) ? 0.36f : 0.3f)) : 0),
        source(width > ctx.px(300) ? ctx.px(64) : 0),
        reset(ImGui::GetFrameHeight()) {}
  float value(float width) const { return width - symbol - meaning - source - reset; }
};

void draw_constant(UiContext& ctx, std::size_t place, double usual) {
  const CostConstantInfo& info = cost_constants()[place];
  const std::string name = fmt::format("cost.{}", info.symbol);
  const auto& own = ctx.scene.cost.own[place];
  const double in_force = own.value_or(usual);
  const Palette& c = ctx.colours;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const Columns columns(ctx, width);
  const std::string help = fmt::format(
      "{}: {}\nIn 65 or 28 nm, as chosen: {:.4g} {}, {}{}{}", info.symbol, info.meaning, usual,
      spoken_unit(info.unit), name_of(info.source), info.origin.empty() ? "" : ", ", info.origin);
  ImGui::PushID(name.c_str());
  ImGui::InvisibleButton("label", {std::max(columns.symbol + columns.meaning, 1.0f), height});
  hint(ctx, help);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto words = [&](float x, ImFont* font, ImU32 colour, std::string_view text, float room) {
    draw_text(list, font, {x, at.y + (height - font->FontSize) / 2}, colour, text, room);
  };
  words(at.x, ctx.fonts.small, own ? c.text : c.faint, info.symbol, columns.symbol - ctx.px(4));
  if (columns.meaning > 0)
    words(at.x + columns.symbol, ctx.fonts.caption, c.faint, info.meaning,
          columns.meaning - ctx.px(6));
  ImGui::SameLine(0, 0);
  double value = in_force;
  const std::string shown =
      fmt::format("{:.4g}{}{}", in_force, info.unit.empty() ? "" : " ", spoken_unit(info.unit));
  const double high = dragged_to(info, usual);
  const bool changed = slider(ctx, "value", value, {info.min, high, 0, 3, "%.6g"},
                              std::max(columns.value(width), ctx.px(30)), shown.c_str());
  note_place(ctx, name);
  if (changed) {
    // What is typed is taken as it is.
    const bool dragged = ImGui::IsItemActive();
    const double wanted = std::clamp(dragged ? rounded(value) : value, info.min, info.max);
    if (!dragged && wanted != value)
      ctx.session.tell(Message::Level::warning,
                       fmt::format("{} goes from {:g} to {:g}; it is {:g} now, not {:g}",
                                   info.symbol, info.min, info.max, wanted, value));
    ctx.session.set(name, wanted);
  }
  hint(ctx, help + "\nDrag; double-click to type.");
  if (columns.source > 0)
    words(at.x + width - columns.reset - columns.source + ctx.px(6), ctx.fonts.caption,
          own ? c.accent : c.faint, own ? std::string_view("yours") : name_of(info.source),
          columns.source - ctx.px(8));
  ImGui::SetCursorScreenPos({at.x + width - columns.reset, at.y});
  if (icon_button(ctx, "reset", Icon::reset, columns.reset,
                  own ? fmt::format("Back to the technology's value, {:.4g}.", usual)
                      : std::string("Is the technology's value already."),
                  {}, {.enabled = own.has_value(), .frame = false}))
    ctx.session.set(name, kPresets);
  note_place(ctx, name + " reset");
  ImGui::PopID();
}

}  // namespace

void draw_constants(UiContext& ctx) {
  const float button = ctx.px(78), right = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  heading(ctx, "Constants");
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const CostOverrides& own = ctx.scene.cost.own;
  const bool any = std::ranges::any_of(own, [](const auto& value) { return value.has_value(); });
  ImGui::SetCursorScreenPos({at.x + right - button, at.y});
  if (text_button(ctx, "reset constants", "Reset all",
                  any ? "All constants as the technology has them: one entry of undo."
                      : "All constants are as the technology has them.",
                  {.enabled = any}, button))
    ctx.session.post(verbs::cost_reset);
  ImGui::SetCursorScreenPos({at.x, std::max(below.y, at.y + ImGui::GetFrameHeight() + ctx.px(4))});
  ImGui::PushTextWrapPos(0);
  text(ctx, ctx.fonts.caption, ctx.colours.text,
       "All totals are good to about a factor of 3 either way. Nothing is fitted to a published "
       "total, and no constant is measured by us.");
  ImGui::PopTextWrapPos();
  const CostConstants usual = constants_of(ctx.scene.cost.preset);
  for (std::size_t i = 0; i < kCostConstants; ++i)
    draw_constant(ctx, i, usual.*cost_constants()[i].value);
}

}  // namespace phaseloom
