// SPDX-License-Identifier: MIT
#include "app/jobs/last_network.hpp"

#include <fmt/format.h>

namespace phaseloom {

namespace fs = std::filesystem;

LastNetwork::LastNetwork(const fs::path& folder) {
  if (folder.empty()) return;
  file_ = folder / "last.safetensors";
  previous_ = folder / "previous.safetensors";
}

bool LastNetwork::is_there() const {
  std::error_code ignored;
  return !file_.empty() && fs::exists(file_, ignored);
}

void LastNetwork::write(const Model& model) const {
  if (file_.empty()) return;
  std::error_code ignored;  // writing says what is wrong
  fs::create_directories(file_.parent_path(), ignored);
  save_model(file_, model);
}

Model LastNetwork::read() const { return load_model(file_); }

void LastNetwork::kept() const {
  std::error_code ignored;
  if (!file_.empty()) fs::remove(file_, ignored);
}

std::string LastNetwork::set_aside() const {
  if (!is_there()) return "";
  std::error_code error;
  fs::rename(file_, previous_, error);
  if (error) return "";
  return fmt::format(
      "the network of the training before was not kept; until the next one begins it is in {}",
      previous_.string());
}

}  // namespace phaseloom
