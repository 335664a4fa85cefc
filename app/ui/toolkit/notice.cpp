// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/notice.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

std::vector<std::string_view> wrapped(ImFont* font, std::string_view words, float width) {
  std::vector<std::string_view> lines;
  while (!words.empty()) {
    std::size_t length = 0;  // as many words as fit; ImGui would also break a path at its dots
    for (std::size_t end = 0; end < words.size() && (end == 0 || words[end - 1] != '\n');) {
      end = std::min(words.find_first_of(" \n", end + 1), words.size());
      if (length > 0 && text_width(font, words.substr(0, end)) > width) break;
      length = end;
      if (end < words.size() && words[end] == '\n') break;
    }
    if (text_width(font, words.substr(0, length)) > width) {  // one long word
      const char* const end =
          font->CalcWordWrapPositionA(1, words.data(), words.data() + length, width);
      length = std::max<std::size_t>(static_cast<std::size_t>(end - words.data()), 1);
    }
    lines.push_back(words.substr(0, length));
    words.remove_prefix(length);
    while (!words.empty() && (words.front() == ' ' || words.front() == '\n'))
      words.remove_prefix(1);
  }
  return lines;
}

void centred(UiContext& ctx, ImFont* font, ImU32 colour, std::string_view words, Box area,
             float& y) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float margin = std::min(ctx.px(20), 0.05f * area.width());
  float width = std::min(area.width() - 2 * margin, ctx.px(560));
  auto lines = wrapped(font, words, width);
  // No wider than as many lines need: the last one is not to be a single word.
  for (auto fewer = lines; fewer.size() == lines.size() && width > 1;) {
    lines = fewer;
    width *= 0.96f;
    fewer = wrapped(font, words, width);
  }
  for (const std::string_view line : lines) {
    draw_text(list, font, {(area.min.x + area.max.x - text_width(font, line)) / 2, y}, colour,
              line);
    y += font->FontSize + ctx.px(4);
  }
}

void draw_busy_bar(UiContext& ctx, Box area, float y) {
  const float width = ctx.px(220), height = ctx.px(4);
  const float left = std::floor((area.min.x + area.max.x - width) / 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({left, y}, {left + width, y + height}, ctx.colours.raised, height / 2);
  const auto phase = static_cast<float>(0.5 - 0.5 * std::cos(ctx.transient.seconds * 3));
  const float x = left + phase * width * 0.7f;
  list.AddRectFilled({x, y}, {x + width * 0.3f, y + height}, ctx.colours.accent, height / 2);
}

}  // namespace phaseloom
