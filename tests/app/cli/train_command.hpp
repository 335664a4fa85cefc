// SPDX-License-Identifier: MIT
#pragma once
// `phaseloom train` on a data set that is small enough for a test.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {

/// A data set of four noisy squares, as plain IDX files.
inline void write_idx(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const int n = 40;
  const auto put = [](std::ofstream& out, int v) {
    for (int shift : {24, 16, 8, 0}) out.put(static_cast<char>(v >> shift));
  };
  for (const std::string split : {"train", "t10k"}) {
    std::ofstream images(folder / (split + "-images-idx3-ubyte"), std::ios::binary);
    for (int v : {0x803, n, 28, 28}) put(images, v);
    for (int i = 0; i < n * 784; ++i) images.put(static_cast<char>((i * 37 + i / 784 * 11) % 256));
    std::ofstream labels(folder / (split + "-labels-idx1-ubyte"), std::ios::binary);
    for (int v : {0x801, n}) put(labels, v);
    for (int i = 0; i < n; ++i) labels.put(static_cast<char>(i % 10));
  }
}

class TrainCommand : public ::testing::Test {
 protected:
  TrainCommand() { write_idx(folder_ / "mnist"); }
  std::vector<std::string> command(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"train", "mnist", "--data", folder_.path().string()};
    // From scratch: a small one.
    if (std::ranges::find(more, "--from") == more.end())
      arguments.insert(arguments.end(), {"--radius", "1", "--hidden", "0", "--chunks", "2"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  ProgramResult train(const std::vector<std::string>& more) const {
    return run_program(command(more));
  }
  TemporaryFolder folder_;
};

/// A training of hours, interrupted soon after its first checkpoint, which is returned.
inline std::filesystem::path interrupted(const std::vector<std::string>& command,
                                         const std::filesystem::path& checkpoint) {
  RunningProgram running(command);
  for (int k = 0; k < 3000 && !std::filesystem::exists(checkpoint); ++k)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  running.interrupt();
  running.wait();
  return checkpoint;
}

}  // namespace phaseloom
