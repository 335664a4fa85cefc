// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/status_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "app/session/problems_part.hpp"
#include "app/ui/toolkit/messages.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {

StatusLine::StatusLine(UiContext& ctx)
    : ctx_(ctx),
      list_(*ImGui::GetWindowDrawList()),
      at_(ImGui::GetCursorScreenPos()),
      height_(ImGui::GetContentRegionAvail().y),
      x_(at_.x),
      end_(at_.x + ImGui::GetContentRegionAvail().x) {}

void StatusLine::condition(ImU32 colour, std::string_view words) {
  ImFont* font = ctx_.fonts.caption;
  const float middle = at_.y + height_ / 2;
  list_.AddCircleFilled({x_ + ctx_.px(4), middle}, ctx_.px(4), colour);
  x_ += ctx_.px(14);
  draw_text(list_, font, {x_, middle - font->FontSize / 2}, ctx_.colours.text, words);
  // As wide as the longest of them, so that what follows does not jump.
  x_ += std::max(text_width(font, words), text_width(font, "Finished, holding")) + ctx_.px(18);
}

void StatusLine::number(std::string_view name, const std::string& value, std::string_view help) {
  ImFont *digits = ctx_.fonts.small, *words = ctx_.fonts.caption;
  const float middle = at_.y + height_ / 2;
  const float width = text_width(digits, value) + ctx_.px(6) + text_width(words, name);
  if (x_ + width > end_) return;
  draw_text(list_, digits, {x_, middle - digits->FontSize / 2}, ctx_.colours.text, value);
  draw_text(list_, words,
            {x_ + text_width(digits, value) + ctx_.px(6), middle - words->FontSize / 2},
            ctx_.colours.faint, name);
  ImGui::SetCursorScreenPos({x_, at_.y});
  ImGui::PushID(name.data(), name.data() + name.size());
  ImGui::InvisibleButton("number", {width, std::max(height_, 1.0f)});
  ImGui::PopID();
  hint(ctx_, help);
  x_ += width + ctx_.px(18);
}

void StatusLine::seed(std::uint64_t seed) {
  number("", fmt::format("seed {}", seed), "All that is random is made from it.");
}

void StatusLine::times() {
  number("ms frame", measured(ctx_.times.frame_ms, "{:5.1f}"), "From one frame to the next.");
  number("ms drawing", measured(ctx_.times.ui_ms, "{:5.2f}"),
         "Our own part of a frame: building and submitting it.");
}

void StatusLine::warning() {
  const std::uint64_t over =
      std::max(ctx_.transient.dismissed, ctx_.session.part<ProblemsPart>().past());
  const auto latest = std::ranges::find_if(
      std::views::reverse(*ctx_.now.messages),
      [](const Message& message) { return message.level != Message::Level::info; });
  if (latest == ctx_.now.messages->rend() || latest->id <= over) return;
  const ImU32 colour =
      latest->level == Message::Level::error ? ctx_.colours.error : ctx_.colours.warning;
  const float cross = std::max(height_ - ctx_.px(4), 1.0f), end = end_ - cross - ctx_.px(2);
  const float width = end - x_ - ctx_.px(20);
  if (width < ctx_.px(80)) return;
  ImFont* font = ctx_.fonts.caption;
  const float middle = at_.y + height_ / 2;
  const std::string cut = shortened(font, latest->text, width);
  const float left = end - text_width(font, cut);
  draw_icon(list_, Icon::warning, {left - ctx_.px(12), middle}, ctx_.px(12), colour);
  draw_text(list_, font, {left, middle - font->FontSize / 2}, colour, cut);
  ImGui::SetCursorScreenPos({left - ctx_.px(20), at_.y});
  if (ImGui::InvisibleButton("warning", {end - left + ctx_.px(20), std::max(height_, 1.0f)}))
    show_message_again(ctx_, latest->id);
  note_place(ctx_, "warning");
  hint(ctx_, latest->text);
  ImGui::SetCursorScreenPos({end_ - cross, middle - cross / 2});
  if (icon_button(ctx_, "dismiss warning", Icon::close, cross, "Dismiss.", {}, {.frame = false}))
    dismiss_message(ctx_, latest->id);
}

std::string StatusLine::measured(double value, const char* format) {
  return value > 0 ? fmt::format(fmt::runtime(format), value) : std::string("    –");
}

}  // namespace phaseloom
