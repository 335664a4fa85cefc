// SPDX-License-Identifier: MIT
// The energy-quality trail in the wall's place: names, error bars, and a limit of quality that is
// answered with the setting of fewest bits and wires.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "app/commands/quality_verbs.hpp"
#include "app/commands/view_verbs.hpp"
#include "app/document/si_text.hpp"
#include "app/ui/generate/exports.hpp"
#include "app/ui/generate/trail_view.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

void draw_head(UiContext& ctx, float left, float right, float y) {
  const float gap = ctx.px(6), height = ImGui::GetFrameHeight();
  const QualitySnapshot& q = ctx.quality;
  const auto done = static_cast<int>(q.repeats.size());
  const bool repeating = done > 0 && done < q.repeats_wanted;
  const std::string repeat = repeating ? fmt::format("{} of {} seeds", done, q.repeats_wanted)
                                       : std::string("3 seeds more");
  const float widths[] = {ctx.px(112), ctx.px(58), ctx.px(66)};
  float x = right - widths[0] - widths[1] - widths[2] - 2 * gap;
  if (x - left > ctx.px(60))
    draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.strong,
              {left, y + (height - ctx.fonts.strong->FontSize) / 2}, ctx.colours.text,
              "Energy and quality", x - left - gap);
  const bool measurable = ctx.now.model && q.state != QualitySnapshot::State::unavailable;
  ImGui::SetCursorScreenPos({x, y});
  if (text_button(ctx, "trail repeat", repeat,
                  measurable
                      ? "Measures the setting in force three times more, with noise of other "
                        "seeds: mean and spread become known."
                      : "Quality cannot be measured: " + q.reason,
                  {.enabled = measurable && !repeating}, widths[0]))
    ctx.session.post(verbs::trail_repeat, 3);
  x += widths[0] + gap;
  ImGui::SetCursorScreenPos({x, y});
  if (text_button(ctx, "trail table", "Table", "Writes the trail as a table (.csv) to ~/Phaseloom.",
                  {.enabled = !ctx.session.trail().dots().empty()}, widths[1]))
    export_trail_table(ctx);
  x += widths[1] + gap;
  ImGui::SetCursorScreenPos({x, y});
  if (text_button(ctx, "trail wall", "Wall", "Shows the wall of samples again.", {.chosen = true},
                  widths[2]))
    ctx.session.post(verbs::trail_show, "off");
}

/// What the limit asks for, and the button that goes there.
void draw_answer(UiContext& ctx, float left, float right, float y) {
  const double limit = ctx.scene.limit;
  const TrailDot* answer = limit > 0 ? fewest_within(ctx.session.trail(), limit) : nullptr;
  std::string words =
      "Drag the limit at the right down: which setting of fewest bits and wires "
      "meets it?";
  if (limit > 0 && !answer)
    words = fmt::format("No setting that was measured is at most {:.3g}.", limit);
  if (answer) {
    const int bits = answer->scene.hardware.bits;
    words = fmt::format(
        "At most {:.3g}: {}: {} × {} wires, {}, {}", limit, trail_name(answer->scene),
        bits == 0 ? "float" : fmt::format("{} bit", bits), grouped(answer->wires()),
        si_text(answer->cost(ctx.scene.cost).energy.total(), "J"), trail_distance(*answer));
  }
  const float button = ctx.px(66), height = ImGui::GetFrameHeight();
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.caption,
            {left, y + (height - ctx.fonts.caption->FontSize) / 2},
            limit > 0 && !answer ? ctx.colours.warning : ctx.colours.text, words,
            right - left - button - ctx.px(8));
  ImGui::SetCursorScreenPos({left, y});
  ImGui::InvisibleButton("answer", {std::max(right - left - button - ctx.px(8), 1.0f), height});
  note_place(ctx, "trail answer");
  hint(ctx, words);
  const bool there = answer && same_setting(answer->scene, ctx.scene);
  ImGui::SetCursorScreenPos({right - button, y});
  if (text_button(
          ctx, "trail take", "Take it",
          there ? "This is the setting in force." : "Goes to this setting; undo comes back.",
          {.enabled = answer && !there}, button))
    ctx.session.post(verbs::trail_go, answer->number);
}

double rounded(double value) { return std::strtod(fmt::format("{:.3g}", value).c_str(), nullptr); }

/// The line of the limit, and its handle right of the plot: dragged, or moved by the arrows. At the
/// top there is none.
void draw_limit(UiContext& ctx, const Plot& plot, float gutter) {
  const Axis& axis = plot.y();
  const float top = plot.min().y, bottom = plot.max().y, left = plot.max().x + ctx.px(2);
  const double limit = ctx.scene.limit;
  const float y = limit > 0 ? std::clamp(plot.at(plot.x().low, limit).y, top, bottom) : top;
  ImGui::SetCursorScreenPos({left, top - ctx.px(6)});
  ImGui::InvisibleButton("limit", {gutter, bottom - top + ctx.px(12)});
  note_place(ctx, "trail limit");
  follow_gesture(ctx);
  const auto ask_for = [&](double wanted) {
    wanted = wanted >= axis.high ? 0 : rounded(std::max(wanted, axis.low));
    if (wanted != limit) ctx.session.set("trail.limit", wanted);
  };
  if (ImGui::IsItemActive()) {
    const double share =
        double((bottom - ImGui::GetIO().MousePos.y) / std::max(1.0f, bottom - top));
    ask_for(axis.low * std::pow(axis.high / axis.low, std::clamp(share, 0.0, 1.0)));
  }
  const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (lit) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  if (focusable(ctx)) {
    constexpr double kStep = 1.05;
    const int up = strokes(ctx, "Up") - strokes(ctx, "Down");
    const int pages = strokes(ctx, "PageUp") - strokes(ctx, "PageDown");
    if (up != 0 || pages != 0) {
      key_gesture(ctx);
      ask_for((limit > 0 ? limit : axis.high) * std::pow(kStep, up + 10 * pages));
    }
    if (strokes(ctx, "Home")) ask_for(axis.high);
  }
  hint(ctx,
       "The largest relative distance that will do. Drag, or arrows: above, the setting of fewest "
       "bits and wires that meets it. At the top there is no limit.");
  const ImU32 ink = lit ? ctx.colours.text : limit > 0 ? ctx.colours.warning : ctx.colours.faint;
  ImDrawList& list = plot.list();
  const float r = ctx.px(6), line = std::floor(y) + 0.5f;
  if (limit > 0)
    list.AddLine({plot.min().x, line}, {plot.max().x, line}, ink, std::max(1.0f, ctx.px(1.25f)));
  list.AddTriangleFilled({left, line}, {left + r, line - r / 1.4f}, {left + r, line + r / 1.4f},
                         ink);
  draw_text(list, ctx.fonts.small, {left + r + ctx.px(3), line - ctx.fonts.small->FontSize / 2},
            ink, limit > 0 ? fmt::format("{:.3g}", limit) : std::string("limit"));
}

/// A name at each dot, where it covers neither another name nor another dot.
void draw_names(UiContext& ctx, const Plot& plot, const TrailView& view) {
  ImFont* font = ctx.fonts.caption;
  const float apart = ctx.px(11), height = font->FontSize;
  std::vector<Box> taken;
  for (const TrailSpot& spot : view.spots) {
    const ImVec2 at = plot.at(spot.energy, spot.distance);
    taken.push_back({{at.x - apart / 2, at.y - apart / 2}, {at.x + apart / 2, at.y + apart / 2}});
  }
  const auto free = [&](const Box& box) {
    return box.min.x >= plot.min().x && box.max.x <= plot.max().x && box.min.y >= plot.min().y &&
           box.max.y <= plot.max().y && std::ranges::none_of(taken, [&](const Box& other) {
             return box.min.x < other.max.x && other.min.x < box.max.x && box.min.y < other.max.y &&
                    other.min.y < box.max.y;
           });
  };
  for (const TrailSpot& spot : view.spots) {
    const std::string name = trail_name(spot.dot->scene);
    const float width = text_width(font, name);
    const ImVec2 at = plot.at(spot.energy, spot.distance);
    const Point corners[] = {{at.x + apart, at.y - height / 2},
                             {at.x - apart - width, at.y - height / 2},
                             {at.x - width / 2, at.y - apart - height},
                             {at.x - width / 2, at.y + apart}};
    for (const Point& corner : corners) {
      const Box box{corner, {corner.x + width, corner.y + height}};
      if (!free(box)) continue;
      const bool of_this = spot.dot->scene.model == ctx.scene.model;
      // On ground of its own: lines go past it.
      plot.list().AddRectFilled({box.min.x, box.min.y}, {box.max.x, box.max.y},
                                faded(ctx.colours.panel, 0.8f));
      draw_text(plot.list(), font, {box.min.x, box.min.y},
                of_this ? ctx.colours.text : ctx.colours.faint, name);
      taken.push_back(box);
      break;
    }
  }
}

}  // namespace

void draw_trail_stage(UiContext& ctx, Box area) {
  const float line = ImGui::GetFrameHeight() + ctx.px(4);
  draw_head(ctx, area.min.x, area.max.x, area.min.y);
  draw_answer(ctx, area.min.x, area.max.x, area.min.y + line);
  const float gutter = ctx.px(62), top = area.min.y + 2 * line + ctx.px(4);
  const float height = area.max.y - top - ctx.px(4);
  if (height < ctx.px(60)) return;
  const TrailView view = trail_view(ctx);
  ImGui::SetCursorScreenPos({area.min.x, top});
  const Plot plot(ctx, "trail stage", height, view.energy, view.distance, area.width() - gutter);
  note_place(ctx, "trail stage");
  const bool clicked = ImGui::IsItemClicked();
  draw_trail_marks(ctx, plot, view);
  draw_names(ctx, plot, view);
  const bool on_dot = draw_trail_dots(ctx, plot, view, clicked, 5);
  if (!on_dot && view.spots.empty())
    hint(ctx, "Hold a setting until 1,000 images are judged: it leaves a dot here.");
  if (view.spots.empty()) {
    const char* const words = "Hold a setting until 1,000 images are judged: it leaves a dot here.";
    const float width = text_width(ctx.fonts.text, words);
    const float middle = (plot.min().x + plot.max().x) / 2, half = width / 2 + ctx.px(6);
    const float y = (plot.min().y + plot.max().y) / 2;
    plot.list().AddRectFilled({middle - half, y - ctx.px(4)},
                              {middle + half, y + ctx.fonts.text->FontSize + ctx.px(4)},
                              ctx.colours.panel, ctx.px(3));
    draw_text(plot.list(), ctx.fonts.text,
              {std::max(plot.min().x + ctx.px(4), middle - width / 2), y}, ctx.colours.faint, words,
              plot.max().x - plot.min().x - ctx.px(8));
  }
  draw_limit(ctx, plot, gutter - ctx.px(2));
}

}  // namespace phaseloom
