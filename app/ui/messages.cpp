// Messages over the stage: what went well fades, what went wrong stays until it is dismissed.

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/ui/panels.hpp"
#include "app/ui/widgets.hpp"

namespace phaseloom {

void draw_messages(UiContext& ctx, Box stage) {
  constexpr double kInfoSeconds = 5, kWarningSeconds = 12;
  constexpr std::size_t kAtOnce = 3;
  Transient& t = ctx.transient;
  std::vector<const Message*> shown;
  for (auto m = ctx.now.messages->rbegin(); m != ctx.now.messages->rend(); ++m) {
    if (t.gone_messages.contains(m->id) || shown.size() == kAtOnce) continue;
    // Without a model the stage itself shows the error.
    if (!ctx.now.model && m->level == Message::Level::error) continue;
    const double age = t.seconds - t.message_seen.try_emplace(m->id, t.seconds).first->second;
    const double limit = m->level == Message::Level::info      ? kInfoSeconds
                         : m->level == Message::Level::warning ? kWarningSeconds
                                                               : 1e9;
    if (age < limit) shown.push_back(&*m);
  }
  float bottom = stage.max.y - ctx.px(10);
  const float width = std::min(ctx.px(440), stage.width() - ctx.px(20));
  if (width < ctx.px(120)) return;
  for (const Message* m : shown) {
    const Palette& c = ctx.colours;
    const ImU32 colour = m->level == Message::Level::error     ? c.error
                         : m->level == Message::Level::warning ? c.warning
                                                               : c.accent;
    ImFont* font = ctx.fonts.text;
    const float pad = ctx.px(10), icon = ctx.px(30), button = ctx.px(24);
    const float wrap = width - icon - button - 2 * pad;
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, 1e9f, wrap, m->text.data(),
                                            m->text.data() + m->text.size());
    const float height = std::max(size.y, button) + 2 * pad;
    const ImVec2 a{std::floor(stage.max.x - ctx.px(10) - width), std::floor(bottom - height)};
    const ImVec2 b{a.x + width, a.y + height};
    if (a.y < stage.min.y) break;
    // A window of its own: it lies over the wall and takes its clicks.
    ImGui::SetNextWindowPos(a);
    ImGui::SetNextWindowSize({width, height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ctx.px(5));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, mixed(c.panel, c.raised, 0.6f));
    const std::string name = fmt::format("message {}", m->id);
    ImGui::Begin(name.c_str(), nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                     ImGuiWindowFlags_NoNav);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_icon(list, m->level == Message::Level::info ? Icon::info : Icon::warning,
              {a.x + pad + ctx.px(9), (a.y + b.y) / 2}, ctx.px(16), colour);
    list.AddText(font, font->FontSize,
                 {std::floor(a.x + pad + icon), std::floor((a.y + b.y - size.y) / 2)}, c.text,
                 m->text.data(), m->text.data() + m->text.size(), wrap);
    ImGui::SetCursorScreenPos({b.x - pad - button + ctx.px(4), a.y + (height - button) / 2});
    if (icon_button(ctx, "dismiss", Icon::close, button, "Dismiss.", {}, {.frame = false})) {
      t.gone_messages.insert(m->id);
      t.dismissed = std::max(t.dismissed, m->id);
    }
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    bottom = a.y - ctx.px(8);
  }
}

}  // namespace phaseloom
