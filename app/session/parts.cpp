// SPDX-License-Identifier: MIT
#include "app/session/parts.hpp"

#include <filesystem>
#include <utility>

#include "app/document/assets.hpp"
#include "app/session/chips_part.hpp"
#include "app/session/circuit_part.hpp"
#include "app/session/export_part.hpp"
#include "app/session/field_part.hpp"
#include "app/session/hardware_part.hpp"
#include "app/session/lesson_part.hpp"
#include "app/session/playground_part.hpp"
#include "app/session/problems_part.hpp"
#include "app/session/quality_part.hpp"
#include "app/session/share_part.hpp"
#include "app/session/sweep_part.hpp"
#include "app/session/thermo_part.hpp"
#include "app/session/training_part.hpp"
#include "app/session/transport_part.hpp"
#include "engine/support/caught.hpp"

namespace phaseloom {

void Part::tell(const std::deque<JobNote>& notes) {
  for (const JobNote& note : notes)
    session_.tell(note.problem ? Message::Level::error : Message::Level::info, note.text);
}

namespace {

/// Those that are shipped, and the user's own.
std::vector<std::filesystem::path> lesson_folders() {
  std::vector<std::filesystem::path> folders;
  (void)problem_of([&] { folders.push_back(asset_path("lessons")); });
  if (const auto own = user_models_folder(); !own.empty())
    folders.push_back(own.parent_path() / "lessons");
  return folders;
}

}  // namespace

std::vector<std::unique_ptr<Part>> make_parts(Session& session, const SessionOptions& options) {
  const bool gated = !options.threaded;  // scripts and tests wait for what they have begun
  auto exports = std::make_unique<ExportPart>(session, gated);
  auto transport = std::make_unique<TransportPart>(session, *exports, options.results, gated);
  if (options.transport) transport->restore(*options.transport);

  std::vector<std::unique_ptr<Part>> parts;
  parts.push_back(std::make_unique<TrainingPart>(session, options.training, gated));
  parts.push_back(std::move(transport));
  parts.push_back(
      std::make_unique<ThermoPart>(session, *exports, options.training, options.loader, gated));
  parts.push_back(std::make_unique<PlaygroundPart>(session, gated));
  parts.push_back(std::make_unique<FieldPart>(session, gated));
  parts.push_back(std::make_unique<HardwarePart>(session));
  parts.push_back(std::make_unique<SweepPart>(session, options.training, gated));
  parts.push_back(std::make_unique<ChipsPart>(session, options.training, gated));
  parts.push_back(std::make_unique<CircuitPart>(session, options.circuit, gated));
  parts.push_back(std::make_unique<LessonPart>(session, lesson_folders(), gated));
  parts.push_back(std::move(exports));
  parts.push_back(std::make_unique<SharePart>(session));
  parts.push_back(std::make_unique<ProblemsPart>(session));
  parts.push_back(std::make_unique<QualityPart>(session, options.training, options.trail, !gated));
  return parts;
}

}  // namespace phaseloom
