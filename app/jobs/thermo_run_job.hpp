// SPDX-License-Identifier: MIT
#pragma once
// Runs the thermodynamic computer for the window: once to be looked at, then again and again to
// count heat and failures. What is asked for last counts.

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/jobs/job.hpp"
#include "app/jobs/thermo_run_snapshot.hpp"

namespace phaseloom {

/// All public methods belong to one thread.
class ThermoRunJob : public Job<ThermoRunSnapshot> {
 public:
  /// `load` is called by the job's own thread; empty: load_named_model().
  ThermoRunJob(TrainingJobOptions options, std::function<Model(const std::string& name)> load,
               bool gated = false);
  ~ThermoRunJob() { finish(); }

  /// Begins anew when it is another request than the last.
  void show(const ThermoRunRequest& request);

 private:
  // The thread's own.
  void run(const ThermoRunRequest& request, const std::stop_token& stop);
  void read(const ThermoRunRequest& request);
  void draw_noising(const ThermoRunRequest& request);
  void record(const ThermoRunRequest& request, const std::stop_token& stop);
  void count_all(const ThermoRunRequest& request, const std::stop_token& stop);
  /// What tells of pictures, as far as it is at hand.
  struct Judges {
    const Classifier* classifier = nullptr;
    std::optional<Overlap> overlap;
  };
  void count(const ThermoRunRequest& request, const Model& model, const Judges& judges,
             ThermoCounts& counts);
  const Classifier* classifier();

  const TrainingJobOptions options_;
  const std::function<Model(const std::string& name)> load_;

  std::optional<ThermoRunRequest> asked_;  // the caller's

  ThermoRunSnapshot now_;
  ThermoRunSnapshot shown_;  // the last with something to see
  std::unique_ptr<ThreadPool> pool_;
  int threads_ = 0;                     // that were asked of it
  std::shared_ptr<const Model> model_;  // read last, by that name
  std::string name_;
  std::shared_ptr<const ThermoPrototypes> prototypes_;  // likewise
  std::string digits_, drawings_;
  std::uint64_t projection_seed_ = 0;  // of the model
  std::unique_ptr<Classifier> classifier_;
  std::string classifies_;  // the data set that it is of
};

}  // namespace phaseloom
