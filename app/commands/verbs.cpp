// SPDX-License-Identifier: MIT
#include "app/commands/command.hpp"

#include <vector>

#include "app/commands/verbs.hpp"

namespace phaseloom {

std::span<const CommandInfo* const> command_infos() {
  using List = std::span<const CommandInfo* const>;
  static const std::vector<const CommandInfo*> all = [] {
    std::vector<const CommandInfo*> joined;
    for (const List list :
         {List(verbs::kExperimentVerbs), List(verbs::kTrainingVerbs), List(verbs::kQualityVerbs),
          List(verbs::kTransportVerbs), List(verbs::kThermoVerbs), List(verbs::kPlaygroundVerbs),
          List(verbs::kFieldVerbs), List(verbs::kHardwareVerbs), List(verbs::kLessonVerbs),
          List(verbs::kExportVerbs), List(verbs::kShareVerbs), List(verbs::kViewVerbs),
          List(verbs::kScriptVerbs)})
      joined.insert(joined.end(), list.begin(), list.end());
    return joined;
  }();
  return all;
}

}  // namespace phaseloom
