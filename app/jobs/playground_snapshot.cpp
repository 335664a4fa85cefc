// SPDX-License-Identifier: MIT
#include "app/jobs/playground_snapshot.hpp"

#include <fmt/format.h>

#include <string>

#include "engine/network/substrate.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

void export_moments(const PlaygroundSnapshot& snapshot, const std::filesystem::path& file) {
  if (!snapshot.there()) fail("playground.export: nothing has run yet; workspace learn runs it");
  const std::string_view column = state_info(snapshot.is_phase).variable;
  std::string table = "time,order,energy";
  for (int i = 0; i < snapshot.network->count(); ++i) table += fmt::format(",{}_{}", column, i);
  table += "\r\n";
  for (const SharedMoment& moment : snapshot.moments) {
    table += fmt::format("{:.6g},{:.6g},{:.6g}", moment->time, moment->order, moment->energy);
    for (const float x : moment->state) table += fmt::format(",{:.6g}", x);
    table += "\r\n";
  }
  write_file_atomically(file, table);
}

}  // namespace phaseloom
