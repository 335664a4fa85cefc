// SPDX-License-Identifier: MIT
// What the run is doing, in plain words: one line under the wall.

#include <algorithm>

#include "app/commands/view_verbs.hpp"
#include "app/run/run_caption.hpp"
#include "app/ui/generate/panels.hpp"
#include "app/ui/toolkit/focus.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

bool is_open(const UiContext& ctx) {
  return ctx.state.folds[static_cast<std::size_t>(Section::caption)] != Fold::closed;
}

float handle_width(const UiContext& ctx) { return ctx.px(20); }

/// What the words have of a line of that width.
float room_in(const UiContext& ctx, float width) { return width - 2 * handle_width(ctx); }

/// Whether one line holds any caption: the wall above must not move when they change.
bool on_one_line(const UiContext& ctx, float width) {
  return text_width(ctx.fonts.caption, widest_run_caption()) <= room_in(ctx, width);
}

/// On one line, or on two where that is not enough.
void draw_words(UiContext& ctx, Box area) {
  const std::string words = run_caption(ctx.now, present_strengths(ctx));
  const float room = room_in(ctx, area.width());
  ImFont* font = text_width(ctx.fonts.text, words) <= room ? ctx.fonts.text : ctx.fonts.caption;
  std::vector<std::string_view> lines{words};
  if (!on_one_line(ctx, area.width())) lines = wrapped(font, words, room);
  if (lines.size() > 2) lines = {lines[0], {lines[1].data(), words.data() + words.size()}};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = font->FontSize + ctx.px(2);
  float y = area.min.y + (area.height() - line * static_cast<float>(lines.size()) + ctx.px(2)) / 2;
  Box box{{area.max.x, y}, {area.min.x, y}};
  for (const std::string_view part : lines) {
    const float width = std::min(text_width(font, part), room);
    const float x = area.min.x + (area.width() - width) / 2;
    draw_text(list, font, {x, y}, ctx.colours.text, part, room);
    box = {{std::min(box.min.x, x), box.min.y}, {std::max(box.max.x, x + width), y + line}};
    y += line;
  }
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::InvisibleButton("caption words",
                         {std::max(box.width(), 1.0f), std::max(box.height(), 1.0f)});
  note_place(ctx, "caption words");
  hint(ctx, words);
}

}  // namespace

const std::vector<ChunkStrength>& present_strengths(UiContext& ctx) {
  auto& [program, strengths] = ctx.transient.strengths;
  if (program != ctx.now.realised) {
    program = ctx.now.realised;
    strengths = program ? chunk_strengths(*program) : std::vector<ChunkStrength>();
  }
  return strengths;
}

float caption_line_height(const UiContext& ctx, float width) {
  if (!is_open(ctx)) return ctx.px(14);
  return on_one_line(ctx, width) ? ctx.px(24) : 2 * ctx.fonts.caption->FontSize + ctx.px(8);
}

void draw_caption_line(UiContext& ctx, Box area) {
  const bool open = is_open(ctx);
  const float height = area.height(), handle = handle_width(ctx);
  ImGui::SetCursorScreenPos({area.min.x, area.min.y});
  bool clicked = ImGui::InvisibleButton("caption", {handle, height});
  note_place(ctx, "caption");
  if (focusable(ctx) && pushed(ctx)) clicked = true;
  if (clicked)
    ctx.session.post(verbs::section, name_of(Section::caption),
                     name_of(open ? Fold::closed : Fold::open));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = ImGui::IsItemHovered() ? ctx.colours.text : ctx.colours.faint;
  const float r = ctx.px(3.5f), x = area.min.x + ctx.px(8);
  const float y = std::floor(area.min.y + height / 2);
  if (open)
    list.AddTriangleFilled({x - r, y - r / 2}, {x + r, y - r / 2}, {x, y + r}, ink);
  else
    list.AddTriangleFilled({x - r / 2, y - r}, {x + r, y}, {x - r / 2, y + r}, ink);
  hint(ctx, open ? "Folds the caption away." : "Says in plain words what the run is doing.");
  if (!open) return;
  draw_words(ctx, area);
}

}  // namespace phaseloom
