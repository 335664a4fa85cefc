// SPDX-License-Identifier: MIT
#include "tests/fuzz/replay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <vector>

#include "engine/support/atomic_file.hpp"
#include "engine/support/random.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::byte>;
using Target = void (*)(std::span<const std::byte>);

constexpr int kMutations = 4000;

std::vector<Bytes> corpus(const std::string& format) {
  std::vector<fs::path> files;
  const fs::path folder = fs::path(source_folder()) / "tests/fuzz/corpus" / format;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());  // the same mutations on every machine
  std::vector<Bytes> contents;
  for (const fs::path& file : files) contents.push_back(read_file(file, 1 << 20));
  return contents;
}

/// One to four random changes of the kinds that hurt: flipped bits, extreme bytes and lengths,
/// other digits, pieces removed, doubled or taken from another file.
Bytes damaged(const std::vector<Bytes>& seeds, RandomSequence& random) {
  const auto below = [&](std::size_t n) -> std::size_t {
    return random.below(static_cast<std::uint32_t>(n));
  };
  const auto piece = [&](const Bytes& bytes) {
    const std::size_t begin = below(bytes.size() + 1);
    return std::span(bytes).subspan(begin, below(bytes.size() - begin + 1));
  };
  Bytes bytes = seeds[below(seeds.size())];
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    const std::size_t at = below(bytes.size() + 1);
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(7)) {
      case 0:
        if (at < bytes.size()) *place ^= std::byte{1} << below(8);
        break;
      case 1:
        if (at < bytes.size()) *place = static_cast<std::byte>(below(2) * 0x7f + below(2) * 0x80);
        break;
      case 2:
        if (at < bytes.size()) *place = static_cast<std::byte>('0' + below(10));
        break;
      case 3:
        bytes.resize(at);
        break;
      case 4:
        if (bytes.size() >= 8) {
          const std::uint64_t length = std::uint64_t{random.word()} << below(33);
          std::memcpy(bytes.data(), &length, 8);
        }
        break;
      case 5: {
        const auto source = piece(bytes);
        const Bytes doubled(source.begin(), source.end());
        bytes.insert(place, doubled.begin(), doubled.end());
        break;
      }
      default: {
        const auto other = piece(seeds[below(seeds.size())]);
        bytes.insert(place, other.begin(), other.end());
      }
    }
  }
  return bytes;
}

}  // namespace

void replay(const std::string& format, Target target, std::uint32_t stream) {
  const std::vector<Bytes> seeds = corpus(format);
  ASSERT_FALSE(seeds.empty());
  for (const Bytes& seed : seeds) ASSERT_NO_THROW(target(seed));
  RandomSequence random(20260701, Stream::batch, stream);
  for (int i = 0; i < kMutations; ++i)
    ASSERT_NO_THROW(target(damaged(seeds, random))) << format << ", mutation " << i;
}

}  // namespace phaseloom
