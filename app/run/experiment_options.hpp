// SPDX-License-Identifier: MIT
#pragma once
// With what an experiment begins.

#include <cstddef>
#include <functional>
#include <string>

#include "app/document/scene.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// The model of that name or path. Throws Error that says where it was looked for.
using ModelLoader = std::function<Model(const std::string& name)>;

struct ExperimentOptions {
  bool threaded = true;
  Scene scene;
  std::string scene_file;                              ///< that it was read from, if it was
  std::size_t history_bytes = std::size_t{256} << 20;  ///< states kept for scrubbing
  int threads = 0;     ///< that compute, at least 1; 0: one per core, less one for the window
  ModelLoader loader;  ///< empty: load_named_model()
};

}  // namespace phaseloom
