// SPDX-License-Identifier: MIT
#include "app/cli/training_files.hpp"

#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

void check_model_file(const std::filesystem::path& out) {
  if (out.empty()) fail("--out is missing: the model file to write (.safetensors)");
  if (out.extension() != ".safetensors")
    fail("--out {}: the extension must be .safetensors", out.string());
  const AtomicFile probe(out);  // makes its file here, and leaves none
}

std::vector<FileLock> lock_files(std::span<const std::filesystem::path> files,
                                 std::string_view work) {
  std::vector<FileLock> locks;
  for (const auto& file : files) {
    locks.emplace_back(file, work);
    if (!locks.back().held())
      fail("{}: {} is at work on it; wait for its end, or choose another --out", file.string(),
           locks.back().holder());
  }
  return locks;
}

}  // namespace phaseloom
