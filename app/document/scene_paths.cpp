// SPDX-License-Identifier: MIT
#include "app/document/scene_paths.hpp"

#include "app/document/openable.hpp"

namespace phaseloom {

bool is_path(std::string_view name) {
  return name.find('/') != std::string_view::npos || openable_kind(name);
}

std::array<std::string*, 3> paths_in(Scene& scene) {
  return {&scene.model, &scene.transport.pair, &scene.thermo.model};
}

}  // namespace phaseloom
