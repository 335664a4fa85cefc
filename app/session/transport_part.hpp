// SPDX-License-Identifier: MIT
#pragma once
// The transport experiment and the grid of its results, as a part of a session.

#include <memory>
#include <string>

#include "app/jobs/results_job.hpp"
#include "app/jobs/transport_job.hpp"
#include "app/session/export_part.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class TransportPart : public Part {
 public:
  /// Films of the points are written by `exports`.
  TransportPart(Session& session, ExportPart& exports, const ResultsOptions& options, bool gated);

  bool act(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return latest_->serial + results_->serial; }
  bool trains() const override {
    return latest_->state == TransportSnapshot::State::running || results_->running;
  }
  std::string lost_by_quitting() const override;
  /// Shows what was trained in another life of the program.
  void restore(const SavedTransport& saved);
  const std::shared_ptr<const TransportSnapshot>& latest() const { return latest_; }
  const std::shared_ptr<const ResultsSnapshot>& results() const { return results_; }

 private:
  void start(bool row);
  void show_kept();
  void start_film(const Command& command);

  ExportPart& exports_;
  TransportJob job_;
  ResultsJob grid_;
  std::shared_ptr<const TransportSnapshot> latest_;
  std::shared_ptr<const ResultsSnapshot> results_;
};

}  // namespace phaseloom
