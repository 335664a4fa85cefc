#include <cstdlib>

#include "app/session/session.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

std::filesystem::path assets_folder() {
  if (const char* folder = std::getenv("PHASELOOM_ASSETS"); folder && *folder) return folder;
  return std::filesystem::path(PHASELOOM_SOURCE_DIR) / "assets";
}

std::filesystem::path model_path(const std::string& name) {
  if (name.find('/') != std::string::npos || name.ends_with(".safetensors")) return name;
  return assets_folder() / "models" / (name + ".safetensors");
}

}  // namespace

Model load_named_model(const std::string& name) {
  const auto path = model_path(name);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    fail("{} is not there (looked for {}); train one, or give the path of a .safetensors file",
         printable(name), path.string());
  return load_model(path);
}

}  // namespace phaseloom
