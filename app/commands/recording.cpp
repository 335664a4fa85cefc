// SPDX-License-Identifier: MIT
#include "app/commands/recording.hpp"

#include <algorithm>

#include "app/commands/experiment_verbs.hpp"

namespace phaseloom {

Recording::Recording(const Scene& start, std::size_t max_bytes) : max_bytes_(max_bytes) {
  // Paused while the scene is put together, so that no time passes in between.
  append(print(command(verbs::pause)) + "\n");
  const Scene standard;
  for (const auto& field : scene_fields())
    if (field.name != "playing" && field.print(start) != field.print(standard))
      append(print(set_command(field.name, field.print(start))) + "\n");
  append(print(command(verbs::restart)) + "\n");
  if (start.playing) append(print(command(verbs::play)) + "\n");
}

void Recording::tick() {
  const std::lock_guard lock(mutex_);
  ++ticks_;
}

void Recording::add(const Command& command) {
  const std::lock_guard lock(mutex_);
  append(ticks_text() + print(command) + "\n");
  ticks_ = 0;
}

std::string Recording::text() const {
  const std::lock_guard lock(mutex_);
  return full_ ? text_ : text_ + ticks_text();
}

std::string Recording::ticks_text() const {
  constexpr std::int64_t most = 1'000'000'000;  // that one `advance` takes
  std::string text;
  for (auto left = ticks_; left > 0; left -= most)
    text += print(command(verbs::advance, std::min(left, most))) + "\n";
  return text;
}

void Recording::append(std::string lines) {
  if (full_) return;
  if (text_.size() + lines.size() > max_bytes_) {
    full_ = true;
    lines = "# The recording is full; what came after is not in it.\n";
  }
  text_ += lines;
}

}  // namespace phaseloom
