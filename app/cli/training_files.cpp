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

Checkpoint load_checkpoint_once(const std::filesystem::path& path, Ranks& ranks) {
  if (ranks.size() == 1) return load_checkpoint(path);
  std::vector<std::byte> bytes;
  if (ranks.is_first()) bytes = serialize_checkpoint(load_checkpoint(path), path.string());
  std::size_t size = bytes.size();
  ranks.broadcast(size);
  bytes.resize(size);
  ranks.broadcast_bytes(bytes);
  Checkpoint checkpoint = parse_checkpoint(parse_safetensors(bytes, path.string()));
  checkpoint.plan.checkpoint = path;
  return checkpoint;
}

}  // namespace phaseloom
