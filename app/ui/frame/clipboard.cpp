// SPDX-License-Identifier: MIT
#include "app/ui/frame/clipboard.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "app/document/share_files.hpp"
#include "app/document/si_text.hpp"
#include "app/session/share_part.hpp"
#include "app/ui/toolkit/export.hpp"

namespace phaseloom {

void paste_scene(UiContext& ctx) {
  const char* held = ImGui::GetClipboardText();  // null where nothing is
  const std::string text = held ? held : "";
  if (is_sealed(text)) return open_scene_text(ctx.session, text);
  ctx.session.tell(Message::Level::warning,
                   text.empty()
                       ? "The clipboard is empty; a scene that was copied as text begins "
                         "with phaseloom:"
                       : "No scene is in the clipboard; one that was copied as text begins "
                         "with phaseloom:");
}

void hand_out_copies(UiContext& ctx) {
  const auto line = ctx.session.part<SharePart>().take_copied();
  if (!line) return;
  ImGui::SetClipboardText(line->c_str());
  const std::string files = left_behind(ctx.session.scene());
  ctx.session.tell(
      files.empty() ? Message::Level::info : Message::Level::warning,
      fmt::format("The scene is in the clipboard as text, {}: Ctrl+V opens it again{}{}",
                  counted(static_cast<std::int64_t>(line->size()), "character"),
                  files.empty() ? "" : ". ", files));
}

}  // namespace phaseloom
