// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/models.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "app/document/assets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

const std::vector<std::string>& known_models(UiContext& ctx) {
  auto& [names, looked_at] = ctx.transient.models;
  const double now = ctx.transient.seconds;
  if (looked_at > 0 && now - looked_at < 1) return names;
  looked_at = now;
  names = shipped_models();
  const auto own = user_models();
  names.insert(names.end(), own.begin(), own.end());
  for (std::string& name : names) name = escaped(name);  // as commands and scenes carry it
  return names;
}

std::optional<std::string> free_model_file(UiContext& ctx, const std::string& stem,
                                           const char* line) {
  if (!ctx.transient.may_write) {
    ctx.session.tell(Message::Level::warning,
                     fmt::format("A script keeps networks with a line of its own: {}", line));
    return {};
  }
  const std::filesystem::path folder = user_models_folder();
  if (folder.empty()) {
    ctx.session.tell(Message::Level::error,
                     "no home folder is known, where models are kept; set HOME, or XDG_DATA_HOME");
    return {};
  }
  std::error_code ignored;
  for (int k = 1;; ++k)
    if (const auto file = folder / fmt::format("{}-{}.safetensors", stem, k);
        !std::filesystem::exists(file, ignored))
      return escaped(file.string());
}

}  // namespace phaseloom
