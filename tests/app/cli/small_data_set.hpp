// SPDX-License-Identifier: MIT
#pragma once
// A data set under the name mnist that takes no time, for commands that judge networks.

#include <filesystem>
#include <fstream>
#include <string>

#include "engine/network/model_file.hpp"
#include "tests/app/session/small_pictures.hpp"

namespace phaseloom::test {

/// For PHASELOOM_DATA: the small pictures, as plain IDX files.
inline void write_small_pictures(const std::filesystem::path& root) {
  const auto folder = root / "mnist";
  std::filesystem::create_directories(folder);
  const auto put = [](std::ofstream& out, int v) {
    for (int shift : {24, 16, 8, 0}) out.put(static_cast<char>(v >> shift));
  };
  for (const auto& [name, split] : {std::pair("train", Split::train), {"t10k", Split::test}}) {
    const ImageSet set = small_pictures("mnist", split);
    std::ofstream images(folder / (std::string(name) + "-images-idx3-ubyte"), std::ios::binary);
    for (int v : {0x803, set.count(), set.width, set.height}) put(images, v);
    images.write(reinterpret_cast<const char*>(set.pixels.data()),
                 static_cast<std::streamsize>(set.pixels.size()));
    std::ofstream labels(folder / (std::string(name) + "-labels-idx1-ubyte"), std::ios::binary);
    for (int v : {0x801, set.count()}) put(labels, v);
    labels.write(reinterpret_cast<const char*>(set.labels.data()),
                 static_cast<std::streamsize>(set.labels.size()));
  }
}

/// 784 phases that say that they were trained on those.
inline Model small_judged_model(const std::string& training = R"({"dataset": "mnist"})") {
  auto program =
      make_program(substrate_named("kuramoto_shil"), Topology::local({28, 28, 1}, 1), 2, 0.5, 1, 3);
  program.steps_per_chunk = 2;
  return {std::move(program), "net", training};
}

}  // namespace phaseloom::test
