// SPDX-License-Identifier: MIT
// What the stage shows when there is nothing to run: it loads, or something is missing and here is
// what to do.

#include <fmt/format.h>

#include <algorithm>

#include "app/ui/toolkit/models.hpp"
#include "app/ui/toolkit/no_model.hpp"
#include "app/ui/toolkit/notice.hpp"
#include "app/ui/toolkit/widgets.hpp"

namespace phaseloom {
namespace {

void draw_loading(UiContext& ctx, Box area) {
  float y = (area.min.y + area.max.y) / 2 - ctx.px(30);
  centred(ctx, ctx.fonts.strong, ctx.colours.text, fmt::format("Reading {} …", ctx.now.loading),
          area, y);
  y += ctx.px(12);
  draw_busy_bar(ctx, area, y);
}

}  // namespace

void draw_no_model(UiContext& ctx, Box area) {
  if (!ctx.now.loading.empty()) return draw_loading(ctx, area);

  float y = area.min.y + std::max(ctx.px(20), area.height() * 0.5f - ctx.px(170));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_icon(list, Icon::wave, {(area.min.x + area.max.x) / 2, y + ctx.px(28)}, ctx.px(72),
            ctx.colours.disabled);
  y += ctx.px(78);
  centred(ctx, ctx.fonts.strong, ctx.colours.text, "No model is running", area, y);
  y += ctx.px(4);
  // What went wrong last, in its own words.
  const auto& messages = *ctx.now.messages;
  const auto error = std::find_if(messages.rbegin(), messages.rend(), [](const Message& m) {
    return m.level == Message::Level::error;
  });
  if (error != messages.rend())
    centred(ctx, ctx.fonts.text, ctx.colours.warning, error->text, area, y);
  y += ctx.px(10);
  centred(ctx, ctx.fonts.text, ctx.colours.faint,
          "Drop a model (.safetensors) or a scene (.json) on this window, or choose one that is "
          "here:",
          area, y);
  y += ctx.px(12);

  const auto models = known_models(ctx);
  if (models.empty()) {
    centred(ctx, ctx.fonts.text, ctx.colours.disabled, "(none came with this program)", area, y);
    return;
  }
  const float width = std::min(ctx.px(280), area.width() - ctx.px(40));
  for (const std::string& name : models) {
    if (y + ImGui::GetFrameHeight() > area.max.y) break;
    ImGui::SetCursorScreenPos({std::floor((area.min.x + area.max.x - width) / 2), y});
    if (text_button(ctx, name.c_str(), name, "Opens this model.", {}, width))
      ctx.session.set("model", name);
    y += ImGui::GetFrameHeight() + ctx.px(6);
  }
}

}  // namespace phaseloom
