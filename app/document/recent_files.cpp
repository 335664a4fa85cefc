// SPDX-License-Identifier: MIT
// One path after the other, each ended by a zero byte: no name is beyond it.

#include "app/document/recent_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 16;

std::vector<fs::path> read(const fs::path& store) {
  std::vector<fs::path> files;
  std::error_code error;
  if (store.empty() || !fs::is_regular_file(store, error) ||
      fs::file_size(store, error) > kMostBytes)
    return files;
  std::ifstream in(store, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  for (std::string_view rest = text; !rest.empty() && files.size() < RecentFiles::kMost;) {
    const auto end = rest.find('\0');
    if (end == std::string_view::npos) break;
    if (end > 0) files.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return files;
}

}  // namespace

std::vector<fs::path> RecentFiles::list() const {
  std::vector<fs::path> files = read(store_);
  std::erase_if(files, [](const fs::path& file) {
    std::error_code error;
    return !fs::is_regular_file(file, error);
  });
  return files;
}

void RecentFiles::note(const fs::path& file) const {
  if (store_.empty()) return;
  std::error_code error;
  const fs::path whole = fs::absolute(file, error).lexically_normal();
  if (error) return;
  std::vector<fs::path> files = read(store_);
  std::erase(files, whole);
  files.insert(files.begin(), whole);
  if (files.size() > kMost) files.resize(kMost);
  std::string text;
  for (const fs::path& path : files) text += path.native() + '\0';
  try {
    fs::create_directories(store_.parent_path(), error);
    write_file_atomically(store_, text);
  } catch (const Error&) {
    // The window works without it.
  }
}

}  // namespace phaseloom
