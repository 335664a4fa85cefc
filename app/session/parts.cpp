// SPDX-License-Identifier: MIT
#include "app/session/parts.hpp"

#include <utility>

#include "app/session/export_part.hpp"
#include "app/session/quality_part.hpp"
#include "app/session/share_part.hpp"
#include "app/session/thermo_part.hpp"
#include "app/session/training_part.hpp"
#include "app/session/transport_part.hpp"

namespace phaseloom {

void Part::tell(const std::deque<JobNote>& notes) {
  for (const JobNote& note : notes)
    session_.tell(note.problem ? Message::Level::error : Message::Level::info, note.text);
}

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
  parts.push_back(std::move(exports));
  parts.push_back(std::make_unique<SharePart>(session));
  parts.push_back(std::make_unique<QualityPart>(session, options.training, options.trail, !gated));
  return parts;
}

}  // namespace phaseloom
