// SPDX-License-Identifier: MIT
#pragma once
// What a training learns from and is judged with, kept from one training to the next.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/jobs/quality_reference.hpp"

namespace phaseloom {

/// Pictures of the data set `name`; throws Error saying how to get them.
using PictureSource = std::function<ImageSet(const std::string& name, Split split)>;

class TrainingMaterial {
 public:
  /// The pictures to learn from, read if they are not there yet.
  const ImageSet& read(const std::string& dataset, const PictureSource& source);
  /// These, and all else that is not there yet. `say` hears what takes its time, `stopped` is asked
  /// between; either may be empty. Throws Error if there are no pictures, or no features for the
  /// loss. Returns false if stopped.
  /// @param ranks that train together, and fetch the same at the same time
  bool fetch(const std::string& dataset, Loss loss, const PictureSource& source, ThreadPool& pool,
             const std::function<void(std::string_view)>& say = {},
             const std::function<bool()>& stopped = {}, Ranks& ranks = Ranks::alone());

  const ImageSet& images() const { return images_; }
  /// Null where quality cannot be measured: why_not() says why.
  const FrechetEvaluator* evaluator() const {
    return quality_reference_ ? &quality_reference_->evaluator : nullptr;
  }
  const std::string& why_not() const { return why_not_; }
  /// Null if the loss needs none.
  const FeatureNet* features() const { return features_.get(); }

 private:
  void fetch_quality_reference(const std::string& dataset, const PictureSource& source,
                               ThreadPool& pool, Ranks& ranks);

  ImageSet images_;
  std::unique_ptr<QualityReference> quality_reference_;
  std::string why_not_;
  std::unique_ptr<FeatureNet> features_;
};

}  // namespace phaseloom
