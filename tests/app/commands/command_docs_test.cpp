// SPDX-License-Identifier: MIT
// docs/scripts.md lists the commands as the lists of verbs have them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <span>
#include <string>

#include "app/commands/verbs.hpp"
#include "tests/support/generated_docs.hpp"

namespace phaseloom {
namespace {

std::string escaped_bars(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.insert(at, "\\");
  return text;
}

std::string table(std::span<const CommandInfo* const> commands) {
  std::string text = "| command | |\n|---|---|\n";
  for (const CommandInfo* command : commands)
    text += fmt::format("| `{}` | {} |\n", escaped_bars(usage(*command)),
                        escaped_bars(std::string(command->help)));
  return text;
}

TEST(CommandDocs, ListEveryCommandAsItIs) {
  const std::pair<const char*, std::span<const CommandInfo* const>> lists[] = {
      {"experiment_verbs", verbs::kExperimentVerbs}, {"training_verbs", verbs::kTrainingVerbs},
      {"quality_verbs", verbs::kQualityVerbs},       {"transport_verbs", verbs::kTransportVerbs},
      {"thermo_verbs", verbs::kThermoVerbs},         {"playground_verbs", verbs::kPlaygroundVerbs},
      {"field_verbs", verbs::kFieldVerbs},           {"hardware_verbs", verbs::kHardwareVerbs},
      {"lesson_verbs", verbs::kLessonVerbs},         {"export_verbs", verbs::kExportVerbs},
      {"share_verbs", verbs::kShareVerbs},           {"view_verbs", verbs::kViewVerbs},
      {"script_verbs", verbs::kScriptVerbs}};
  std::size_t listed = 0;
  for (const auto& [name, commands] : lists) {
    EXPECT_TRUE(test::is_documented("docs/scripts.md", name, table(commands)));
    listed += commands.size();
  }
  EXPECT_EQ(listed, command_infos().size());
}

}  // namespace
}  // namespace phaseloom
