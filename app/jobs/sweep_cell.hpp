// SPDX-License-Identifier: MIT
#pragma once
// The work of one cell of a sweep: training on, if it is of that kind, and measuring. Numbers are
// those of `phaseloom train --from`, `eval` and `cost` with the same settings.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/jobs/quality_meter.hpp"
#include "app/jobs/sweep_folder.hpp"
#include "app/jobs/training_material.hpp"

namespace phaseloom {

/// What cells are judged and taught with, read once; shared by the threads of a process.
class SweepMaterial {
 public:
  /// Throws Error where a data set is missing, a model does not say what it was trained on, or has
  /// another shape: what is wrong with this machine, or with all cells of a model.
  SweepMaterial(const SweepFolder& sweep, const PictureSource& source, ThreadPool& pool,
                const std::function<void(std::string_view)>& say = {},
                const std::function<bool()>& stopped = {});

  struct Set {
    ImageSet train;
    std::unique_ptr<QualityMeter> meter;
    std::unique_ptr<FeatureNet> features;  ///< null unless cells are trained on
  };
  const Set& of(const std::string& model) const { return sets_.at(datasets_.at(model)); }

 private:
  std::map<std::string, std::string> datasets_;  // by model
  std::map<std::string, Set> sets_;              // by data set
};

/// Does the cell of the claim; what belongs to its result is in the claim's folder then. What is
/// wrong with the cell itself, such as a network that diverges, is a row with a problem. Nothing
/// when a stop was asked for, or the claim is lost: a checkpoint is in the folder.
/// Throws Error if files cannot be written.
/// @param tell hears the fraction that is done; may wait, for a pause
std::optional<SweepRow> do_cell(const SweepFolder& sweep, const JobClaim& claim,
                                const SweepMaterial& material, ThreadPool& pool,
                                const std::function<void(double)>& tell, std::stop_token stop);

}  // namespace phaseloom
