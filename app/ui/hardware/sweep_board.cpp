// SPDX-License-Identifier: MIT
// Who works on the sweep that is open: on what, since when, and whether there is still life in it.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/document/si_text.hpp"
#include "app/ui/hardware/sweep.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/widgets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

std::string name_of_worker(const JobAtWork& one) {
  return one.ours ? std::string("this window") : worker_text(one);
}

std::string help_of(const JobAtWork& one, const SweepSnapshot& sweep) {
  std::string help = fmt::format(
      "{}\n{}\n\nAt it for {}, by its own count and by this machine's since its last sign of life.",
      worker_text(one), legible(one.job), duration_text(one.seconds));
  if (one.expired)
    help += "\n\nThere was no sign of life for a lease: whoever comes goes on with it.";
  else if (is_overdue(one, sweep.lease))
    help += fmt::format(
        "\n\nNo sign of life for {}. After {} without one, whoever comes goes on with it.",
        duration_text(one.silent), duration_text(sweep.lease));
  return help;
}

/// Words at the right end of a line; returns what is left of its width.
float draw_right(UiContext& ctx, ImFont* font, ImVec2 at, float width, ImU32 colour,
                 const std::string& words) {
  const float taken = text_width(font, words);
  draw_text(*ImGui::GetWindowDrawList(), font, {at.x + width - taken, at.y}, colour, words);
  return std::max(width - taken - ctx.px(8), 1.0f);
}

void draw_worker(UiContext& ctx, const SweepSnapshot& sweep, const JobAtWork& one, float height) {
  const Palette& c = ctx.colours;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const std::string name = "worker " + one.job;
  ImGui::InvisibleButton(name.c_str(), {std::max(room, 1.0f), height});
  note_place(ctx, name);
  hint(ctx, help_of(one, sweep));
  const bool overdue = is_overdue(one, sweep.lease);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddCircleFilled({corner.x + ctx.px(5), corner.y + ctx.fonts.text->FontSize / 2 + ctx.px(1)},
                       ctx.px(3.5f), overdue ? c.warning : c.accent);
  const float left = ctx.px(16), width = room - left;
  ImVec2 at{corner.x + left, corner.y};
  float rest = draw_right(ctx, ctx.fonts.small, {at.x, at.y + ctx.px(1)}, width, c.text,
                          duration_text(one.seconds));
  draw_text(list, ctx.fonts.text, at, c.text, name_of_worker(one), rest);
  at.y += ctx.fonts.text->FontSize + ctx.px(2);
  const SweepTable::Place* place = sweep.table->find(one.job);
  const std::string cell = place ? spoken_cell(place->cell) : legible(one.job);
  rest = width;
  if (overdue)
    rest = draw_right(ctx, ctx.fonts.caption, at, width, c.warning,
                      "no sign of life for " + duration_text(one.silent));
  else if (one.fraction)
    rest = draw_right(ctx, ctx.fonts.caption, at, width, c.faint,
                      fmt::format("{:.0f} %", 100 * *one.fraction));
  draw_text(list, ctx.fonts.caption, at, c.faint, cell, rest);
}

}  // namespace

void draw_sweep_board(UiContext& ctx) {
  const SweepSnapshot& sweep = *sweep_view(ctx).sweep;
  const std::vector<JobAtWork>& all = sweep.at_work;
  if (all.empty() && sweep.done == sweep.total) return;  // none is open, or nothing is left
  heading(ctx, all.size() > 1 ? fmt::format("At work: {}", all.size()) : "At work");
  if (all.empty()) {
    ImGui::PushTextWrapPos(0);
    text(ctx, ctx.fonts.caption, ctx.colours.faint,
         sweep.running ? "A worker stands here with what it is at."
                       : "Nobody. This window goes on with it, or phaseloom worker does.");
    ImGui::PopTextWrapPos();
    return;
  }
  const float row = ctx.fonts.text->FontSize + ctx.fonts.caption->FontSize + ctx.px(8);
  const int shown = std::clamp(
      static_cast<int>(0.3f * static_cast<float>(ImGui::GetWindowHeight()) / row), 2, 10);
  const bool scrolls = static_cast<int>(all.size()) > shown;
  // Half a row more tells that there are others below.
  const float height = std::floor(
      row * (scrolls ? 0.5f + static_cast<float>(shown) : static_cast<float>(all.size())));
  const ImGuiID item = ImGui::GetID("workers of the sweep");
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const Box box{{corner.x - ctx.px(6), corner.y},
                {corner.x + ImGui::GetContentRegionAvail().x, corner.y + height}};
  const bool focused = scrolls && focusable(ctx, item, &box);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, 0);
  ImGui::BeginChild("sweep workers", {0, height});
  ImGui::PopStyleColor();
  if (focused) scroll_by_keys(ctx, row, height - row);
  for (const JobAtWork& one : all) draw_worker(ctx, sweep, one, row);
  ImGui::EndChild();
  note_place(ctx, "sweep workers");
  ImGui::PopStyleVar();
}

}  // namespace phaseloom
