#include "app/ui/models.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "app/session/session.hpp"

namespace phaseloom {

const std::vector<std::string>& shipped_models() {
  using Clock = std::chrono::steady_clock;
  static std::vector<std::string> names;
  static std::filesystem::path looked_in;
  static Clock::time_point looked_at;
  const auto folder = assets_folder() / "models";
  const auto now = Clock::now();
  if (folder == looked_in && now - looked_at < std::chrono::seconds(1)) return names;
  looked_in = folder;
  looked_at = now;
  names.clear();
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error))
    if (it->path().extension() == ".safetensors") names.push_back(it->path().stem().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace phaseloom
