#include "app/ui/models.hpp"

#include <chrono>
#include <optional>

#include "app/session/assets.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

const std::vector<std::string>& known_models() {
  using Clock = std::chrono::steady_clock;
  static std::vector<std::string> names;
  static std::optional<Clock::time_point> looked_at;
  const auto now = Clock::now();
  if (looked_at && now - *looked_at < std::chrono::seconds(1)) return names;
  looked_at = now;
  names = shipped_models();
  const auto own = user_models();
  names.insert(names.end(), own.begin(), own.end());
  for (std::string& name : names) name = escaped(name);  // as commands and scenes carry it
  return names;
}

}  // namespace phaseloom
