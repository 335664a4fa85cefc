// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/equation.hpp"

#include <algorithm>
#include <vector>

#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

struct Run {
  std::string_view text;
  bool lowered;
};

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// "W_ij" -> "W", and "ij" lowered.
std::vector<Run> runs_of(std::string_view word) {
  std::vector<Run> runs;
  while (!word.empty()) {
    const auto mark = word.find('_');
    if (mark != 0) runs.push_back({word.substr(0, mark), false});
    if (mark == std::string_view::npos) break;
    std::size_t end = mark + 1;
    while (end < word.size() && is_word(word[end])) ++end;
    runs.push_back({word.substr(mark + 1, end - mark - 1), true});
    word.remove_prefix(end);
  }
  return runs;
}

}  // namespace

void draw_equation(UiContext& ctx, std::string_view equation) {
  ImFont* base = ctx.fonts.text;
  ImFont* low = ctx.fonts.caption;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float line = base->FontSize + ctx.px(6), space = text_width(base, " ");
  const float indent = ctx.px(14);  // of further lines
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = corner.x, y = corner.y;
  while (!equation.empty()) {
    const auto gap = equation.find(' ');
    const auto runs = runs_of(equation.substr(0, gap));
    float width = 0;
    for (const Run& run : runs) width += text_width(run.lowered ? low : base, run.text);
    if (x > corner.x && x + width > corner.x + room) {
      x = corner.x + indent;
      y += line;
    }
    for (const Run& run : runs) {
      ImFont* font = run.lowered ? low : base;
      const float top = run.lowered ? y + base->FontSize - low->FontSize + ctx.px(3) : y;
      x += draw_text(list, font, {x, top}, ctx.colours.text, run.text);
    }
    x += space;
    equation.remove_prefix(gap == std::string_view::npos ? equation.size() : gap + 1);
  }
  ImGui::Dummy({room, y + line - corner.y});
}

}  // namespace phaseloom
