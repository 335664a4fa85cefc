// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

/// Seconds for which a message is shown; whoever rests the pointer on it reads it to its end.
double lifetime(Message::Level level) {
  constexpr double kInfo = 5, kWarning = 12, kError = 30;
  return level == Message::Level::info      ? kInfo
         : level == Message::Level::warning ? kWarning
                                            : kError;
}

/// The latest first.
std::vector<const Message*> shown_messages(UiContext& ctx, bool stage_shows_errors) {
  constexpr std::size_t kAtOnce = 3;
  Transient& t = ctx.transient;
  std::vector<const Message*> shown;
  for (auto m = ctx.now.messages->rbegin(); m != ctx.now.messages->rend(); ++m) {
    if (t.gone_messages.contains(m->id) || shown.size() == kAtOnce) continue;
    if (stage_shows_errors && m->level == Message::Level::error) continue;
    const double since = t.message_seen.try_emplace(m->id, t.seconds).first->second;
    if (t.seconds - since < lifetime(m->level)) shown.push_back(&*m);
  }
  return shown;
}

struct Card {
  std::vector<std::string_view> lines;  ///< of the message's text
  float height, text_height;
};

Card card_of(const UiContext& ctx, const Message& message, float width) {
  ImFont* font = ctx.fonts.text;
  auto lines = wrapped(font, message.text, width - ctx.px(30 + 24 + 3 * 10));
  const float height = font->FontSize * static_cast<float>(lines.size());
  return {std::move(lines), std::max(height, ctx.px(24)) + 2 * ctx.px(6), height};
}

void draw_card(UiContext& ctx, const Message& message, const Card& card, const Box& box) {
  Transient& t = ctx.transient;
  const Palette& c = ctx.colours;
  const ImU32 colour = message.level == Message::Level::error     ? c.error
                       : message.level == Message::Level::warning ? c.warning
                                                                  : c.accent;
  const float pad = ctx.px(10), icon = ctx.px(30), button = ctx.px(24);
  const float middle = (box.min.y + box.max.y) / 2;
  // A child of the stage, submitted last: it lies over the stage, dialogs and hints over it.
  ImGui::SetCursorScreenPos({box.min.x, box.min.y});
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, ctx.px(5));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, mixed(c.panel, c.raised, 0.6f));
  const std::string name = fmt::format("message {}", message.id);
  ImGui::BeginChild(
      name.c_str(), {box.width(), box.height()}, true,
      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  if (ImGui::IsWindowHovered()) t.message_seen[message.id] += double(t.frame_seconds);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_icon(list, message.level == Message::Level::info ? Icon::info : Icon::warning,
            {box.min.x + pad + ctx.px(9), middle}, ctx.px(16), colour);
  ImFont* font = ctx.fonts.text;
  float y = std::floor(middle - card.text_height / 2);
  for (const std::string_view line : card.lines) {
    draw_text(list, font, {std::floor(box.min.x + pad + icon), y}, c.text, line);
    y += font->FontSize;
  }
  ImGui::SetCursorScreenPos({box.max.x - pad - button + ctx.px(4), middle - button / 2});
  if (icon_button(ctx, "dismiss", Icon::close, button, "Dismiss.", {}, {.frame = false}))
    dismiss_message(ctx, message.id);
  ImGui::EndChild();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

}  // namespace

void draw_messages(UiContext& ctx, Box stage, bool shows_errors) {
  constexpr float kShare = 0.5f;  // of the stage that they may cover
  const float width = std::min(ctx.px(720), stage.width());
  if (width < ctx.px(120)) return;
  const float gap = ctx.px(6), least = stage.min.y + (1 - kShare) * stage.height();
  float bottom = stage.max.y;
  for (const Message* message : shown_messages(ctx, shows_errors)) {
    const Card card = card_of(ctx, *message, width);
    const float top = std::floor(bottom - card.height);
    if (top < least) break;
    const float x = std::floor((stage.min.x + stage.max.x - width) / 2);
    draw_card(ctx, *message, card, {{x, top}, {x + width, top + card.height}});
    bottom = top - gap;
  }
}

bool dismiss_problems(UiContext& ctx) {
  bool any = false;
  for (const Message* message : shown_messages(ctx, false))
    if (message->level != Message::Level::info) {
      dismiss_message(ctx, message->id);
      any = true;
    }
  return any;
}

void dismiss_message(UiContext& ctx, std::uint64_t id) {
  ctx.transient.gone_messages.insert(id);
  ctx.transient.dismissed = std::max(ctx.transient.dismissed, id);
}

void show_message_again(UiContext& ctx, std::uint64_t id) {
  ctx.transient.gone_messages.erase(id);
  ctx.transient.message_seen.erase(id);
}

}  // namespace phaseloom
