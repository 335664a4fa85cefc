// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/export_row.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/export_verbs.hpp"

namespace phaseloom {

const char* export_row(UiContext& ctx, const char* title, std::span<const Choice> files,
                       bool enabled) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const float button = ctx.px(92), gap = ctx.px(6);
  const float buttons = static_cast<float>(files.size()) * (button + gap) - gap;
  draw_text(*ImGui::GetWindowDrawList(), ctx.fonts.text,
            {at.x, at.y + (height - ctx.fonts.text->FontSize) / 2},
            enabled ? ctx.colours.text : ctx.colours.disabled, title, room - buttons - gap);
  const char* clicked = nullptr;
  float x = at.x + room - buttons;
  ImGui::PushID(title);
  for (const Choice& file : files) {
    ImGui::SetCursorScreenPos({x, at.y});
    const std::string id = fmt::format("export {} {}", title, file.label);
    if (text_button(ctx, id.c_str(), file.label, file.help, {.enabled = enabled && file.enabled},
                    button))
      clicked = file.label.c_str();
    x += button + gap;
  }
  ImGui::PopID();
  return clicked;
}

void draw_film_progress(UiContext& ctx) {
  const FilmSnapshot& film = *ctx.session.film();
  if (!writes_film(ctx)) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const float button = ctx.px(92), width = room - button - ctx.px(6);
  const float share =
      static_cast<float>(film.pictures) / static_cast<float>(std::max(1, film.wanted));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = ImGui::GetStyle().FrameRounding;
  list.AddRectFilled(at, {at.x + width, at.y + height}, ctx.colours.raised, rounding);
  list.AddRectFilled(at, {at.x + width * share, at.y + height}, ctx.colours.accent_dim, rounding);
  draw_text(list, ctx.fonts.text,
            {at.x + ctx.px(8), at.y + (height - ctx.fonts.text->FontSize) / 2}, ctx.colours.text,
            fmt::format("picture {} of {}", film.pictures, film.wanted));
  ImGui::SetCursorScreenPos({at.x + room - button, at.y});
  if (text_button(ctx, "cancel film", "Cancel", "Nothing is left of the film.", {}, button))
    ctx.session.post(verbs::export_cancel);
}

bool writes_film(const UiContext& ctx) {
  return ctx.session.film()->state == FilmSnapshot::State::writing;
}

}  // namespace phaseloom
