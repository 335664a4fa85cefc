// SPDX-License-Identifier: MIT
#pragma once
// The thermodynamic computer, its training and its run, as a part of a session.

#include <functional>
#include <memory>
#include <string>

#include "app/jobs/thermo_run_job.hpp"
#include "app/jobs/thermo_training_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class ThermoPart : public Part {
 public:
  ThermoPart(Session& session, const TrainingJobOptions& options,
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
  void export_heat(const std::filesystem::path& file) const;
  void export_states(const std::filesystem::path& file) const;

  ThermoTrainingJob training_job_;
  ThermoRunJob run_job_;
  ThermoRunRequest asked_;  ///< last of it
  std::shared_ptr<const ThermoTrainingSnapshot> training_;
  std::shared_ptr<const ThermoRunSnapshot> run_;
};

}  // namespace phaseloom
