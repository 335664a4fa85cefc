// SPDX-License-Identifier: MIT
#pragma once
// The thermodynamic computer, its training and its run, as a part of a session.

#include <functional>
#include <memory>
#include <string>

#include "app/jobs/thermo_run_job.hpp"
#include "app/jobs/thermo_training_job.hpp"
#include "app/session/export_part.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class ThermoPart : public Part {
 public:
  /// Films of the stage are written by `exports`.
  ThermoPart(Session& session, ExportPart& exports, const TrainingJobOptions& options,
             std::function<Model(const std::string& name)> load, bool gated);

  bool act(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return training_->serial + run_->serial; }
  bool trains() const override {
    return training_->state == ThermoTrainingSnapshot::State::running;
  }
  std::string lost_by_quitting() const override;
  const std::shared_ptr<const ThermoTrainingSnapshot>& training() const { return training_; }
  const std::shared_ptr<const ThermoRunSnapshot>& run() const { return run_; }

 private:
  void start();
  void show_run();
  void take_trained(ThermoRunRequest& request) const;
  /// Says so if the unit that is to be followed is none of this computer's, and follows none.
  void let_go_of_stranger();
  void export_heat(const std::filesystem::path& file) const;
  void export_states(const std::filesystem::path& file) const;

  /// Why there is nothing to draw of the run; empty: there is.
  std::string_view missing_run() const;

  ExportPart& exports_;
  ThermoTrainingJob training_job_;
  ThermoRunJob run_job_;
  ThermoRunRequest asked_;  ///< last of it
  int followed_ = -1;       ///< unit of the computer that was seen last
  std::shared_ptr<const ThermoTrainingSnapshot> training_;
  std::shared_ptr<const ThermoRunSnapshot> run_;
};

}  // namespace phaseloom
