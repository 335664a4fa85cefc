// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/models.hpp"

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

}  // namespace phaseloom
