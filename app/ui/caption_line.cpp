// What the run is doing, in plain words: one line under the wall.

#include "app/session/run_caption.hpp"
#include "app/ui/focus.hpp"
#include "app/ui/panels.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {
namespace {

bool is_open(const UiContext& ctx) {
  return ctx.state.folds[static_cast<std::size_t>(Section::caption)] != Fold::closed;
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

float caption_line_height(const UiContext& ctx) { return ctx.px(is_open(ctx) ? 24 : 14); }

void draw_caption_line(UiContext& ctx, Box area) {
  const bool open = is_open(ctx);
  const float height = area.height(), handle = ctx.px(20);
  ImGui::SetCursorScreenPos({area.min.x, area.min.y});
  bool clicked = ImGui::InvisibleButton("caption", {handle, height});
  note_place(ctx, "caption");
  if (focusable(ctx) && pushed(ctx)) clicked = true;
  if (clicked)
    ctx.session.post(Verb::section, section_name(Section::caption),
                     fold_name(open ? Fold::closed : Fold::open));
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
  const std::string words = run_caption(ctx.now, present_strengths(ctx));
  const float room = area.width() - 2 * handle;
  ImFont* font = text_width(ctx.fonts.text, words) <= room ? ctx.fonts.text : ctx.fonts.caption;
  const float width = std::min(text_width(font, words), room);
  const ImVec2 at{area.min.x + std::max(handle, (area.width() - width) / 2),
                  area.min.y + (height - font->FontSize) / 2};
  draw_text(list, font, at, ctx.colours.text, words, room);
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("caption words", {std::max(width, 1.0f), font->FontSize});
  note_place(ctx, "caption words");
  hint(ctx, words);
}

}  // namespace phaseloom
