#include <fmt/format.h>

#include <iterator>

#include "app/ui/panels.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

struct Condition {
  ImU32 colour;
  std::string words;
};

Condition condition(const UiContext& ctx) {
  const Snapshot& now = ctx.now;
  const Palette& c = ctx.colours;
  if (!now.loading.empty()) return {c.accent, fmt::format("Reading {}", now.loading)};
  if (!now.model) return {c.warning, "No model"};
  if (now.diverged) return {c.error, "Diverged"};
  if (now.busy) return {c.accent, "Computing"};
  if (now.holding) return {c.accent, "Finished, holding"};
  if (now.playing) return {c.accent, "Running"};
  if (now.finished()) return {c.faint, "Finished"};
  return {c.faint, "Paused"};
}

}  // namespace

void draw_status(UiContext& ctx) {
  const Snapshot& now = ctx.now;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float middle = at.y + room.y / 2;
  const auto text_y = [&](ImFont* font) { return middle - font->FontSize / 2; };
  float x = at.x;
  const float end = at.x + room.x;

  const Condition is = condition(ctx);
  list.AddCircleFilled({x + ctx.px(4), middle}, ctx.px(4), is.colour);
  x += ctx.px(14);
  // As wide as the longest of them, so that what follows does not jump.
  draw_text(list, ctx.fonts.caption, {x, text_y(ctx.fonts.caption)}, ctx.colours.text, is.words);
  x += std::max(text_width(ctx.fonts.caption, is.words),
                text_width(ctx.fonts.caption, "Finished, holding")) +
       ctx.px(18);

  const auto number = [&](const char* name, const std::string& value, std::string_view help) {
    const float width =
        text_width(ctx.fonts.small, value) + ctx.px(6) + text_width(ctx.fonts.caption, name);
    if (x + width > end) return;
    draw_text(list, ctx.fonts.small, {x, text_y(ctx.fonts.small)}, ctx.colours.text, value);
    draw_text(list, ctx.fonts.caption,
              {x + text_width(ctx.fonts.small, value) + ctx.px(6), text_y(ctx.fonts.caption)},
              ctx.colours.faint, name);
    ImGui::SetCursorScreenPos({x, at.y});
    ImGui::PushID(name);
    ImGui::InvisibleButton("number", {width, std::max(room.y, 1.0f)});
    ImGui::PopID();
    hint(ctx, help);
    x += width + ctx.px(18);
  };
  const auto measured = [](double value, const char* format) {
    return value > 0 ? fmt::format(fmt::runtime(format), value) : std::string("    –");
  };
  number("steps/s", measured(now.steps_per_second, "{:5.0f}"),
         "Integrator steps per second, of the whole wall.");
  number("images/s", measured(now.images_per_second, "{:5.1f}"),
         "Finished images per second at this pace.");
  number("ms step", measured(now.step_milliseconds, "{:5.2f}"),
         "Computing time of one step of the whole wall.");
  number("ms frame", measured(ctx.times.frame_ms, "{:5.1f}"), "From one frame to the next.");
  number("ms drawing", measured(ctx.times.ui_ms, "{:5.2f}"),
         "Our own part of a frame: building and submitting it.");
  number(fmt::format("noise {}", ctx.scene.round).c_str(), fmt::format("seed {},", ctx.scene.seed),
         "All noise is made from these two: with them come the same images again.");

  // The latest warning, while it is not dismissed.
  const auto& messages = *now.messages;
  for (auto m = messages.rbegin(); m != messages.rend(); ++m) {
    if (m->level == Message::Level::info || m->id <= ctx.transient.dismissed) continue;
    const ImU32 colour =
        m->level == Message::Level::error ? ctx.colours.error : ctx.colours.warning;
    const float width = end - x - ctx.px(20);
    if (width < ctx.px(80)) break;
    const std::string cut = shortened(ctx.fonts.caption, m->text, width);
    const float left = end - text_width(ctx.fonts.caption, cut);
    draw_icon(list, Icon::warning, {left - ctx.px(12), middle}, ctx.px(12), colour);
    draw_text(list, ctx.fonts.caption, {left, text_y(ctx.fonts.caption)}, colour, cut);
    break;
  }
}

}  // namespace phaseloom
