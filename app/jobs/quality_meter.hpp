// SPDX-License-Identifier: MIT
#pragma once
// The quality of networks of one data set, measured as `phaseloom eval` does, for work that
// measures many of them.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/jobs/quality_reference.hpp"
#include "engine/dynamics/simulator.hpp"

namespace phaseloom {

struct MeasuredQuality {
  FrechetScore score;
  std::optional<double> relative;  ///< nothing where all real pictures are alike
  std::vector<float> pictures;     ///< the first ones, [sample][pixel]
};

/// May be used by several threads at once, each with a pool of its own.
class QualityMeter {
 public:
  /// The shipped classifier of the data set judges.
  QualityMeter(const std::string& dataset, const ImageSet& train, const ImageSet& test,
               ThreadPool& pool);
  QualityMeter(std::string dataset, Classifier classifier, const ImageSet& train,
               const ImageSet& test, ThreadPool& pool);

  const std::string& dataset() const { return reference_.dataset; }
  PictureShape picture() const { return reference_.picture; }
  const FrechetEvaluator& evaluator() const { return reference_.evaluator; }
  const QualityReference& reference() const { return reference_; }

  /// Throws Error where a sample diverges, or pictures have another shape than the data set's.
  /// @param kept how many pictures are wanted, too
  /// @param progress hears the fraction that is done
  /// @returns nothing when a stop was asked for
  std::optional<MeasuredQuality> measure(const Program& program, const Hardware& hardware,
                                         const RunSettings& settings, int samples, int kept,
                                         ThreadPool& pool,
                                         const std::function<void(double)>& progress = {},
                                         std::stop_token stop = {}) const;
  /// The unit of the relative distance, measured once for each number of samples.
  double gaussian(int samples, ThreadPool& pool, std::stop_token stop = {}) const;

 private:
  QualityReference reference_;
  PixelGaussian pixels_;
  mutable std::mutex mutex_;
  mutable std::map<int, double> gaussian_;  // by the number of samples
};

}  // namespace phaseloom
