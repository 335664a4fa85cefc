// SPDX-License-Identifier: MIT
#pragma once
// Who lets an experiment happen: its own thread, or the caller.

#include <memory>
#include <string>

#include "app/run/experiment.hpp"

namespace phaseloom {

class RunLoop {
 public:
  virtual ~RunLoop() = default;
  virtual void post(const Command& command) = 0;
  virtual void tell(Message::Level level, std::string text) = 0;
  virtual void want_rates(bool wanted) = 0;
  /// Nobody looks: play time stands still.
  virtual void suspend(bool suspended) = 0;
  /// Never null.
  virtual std::shared_ptr<const Snapshot> latest() = 0;
  /// Ticks since the one that made `latest`, whole or not.
  virtual double step_fraction(const Snapshot& latest) const = 0;
  virtual void pass(double seconds) = 0;
  virtual bool settle(double seconds) = 0;
  virtual std::string record() const = 0;
};

/// Everything happens within the calls.
class InlineRunLoop : public RunLoop {
 public:
  InlineRunLoop(const ExperimentOptions& options, bool compared);
  void post(const Command& command) override;
  void tell(Message::Level level, std::string text) override;
  void want_rates(bool wanted) override;
  void suspend(bool suspended) override { suspended_ = suspended; }
  std::shared_ptr<const Snapshot> latest() override;
  double step_fraction(const Snapshot& latest) const override;
  void pass(double seconds) override;
  bool settle(double) override { return true; }
  std::string record() const override { return experiment_.record(); }

 private:
  Experiment experiment_;
  double due_ = 0;  // ticks that have not come yet, less than one
  bool with_rates_ = false;
  bool suspended_ = false;
  std::uint64_t applied_ = 0;
  std::uint64_t serial_ = 0;
  std::shared_ptr<const Snapshot> latest_;  // null: to be made
};

}  // namespace phaseloom
