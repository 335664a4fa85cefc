// SPDX-License-Identifier: MIT
#pragma once
// What networks of one data set are measured with, and guided by: the classifier shipped for it,
// and the Frechet distance to its test pictures.

#include <memory>
#include <string>

#include "engine/data/image_set.hpp"
#include "engine/learning/losses/feature_net.hpp"
#include "engine/learning/train_settings.hpp"
#include "engine/metrics/evaluation.hpp"

namespace phaseloom {

/// Throws Error if none is shipped for the data set.
Classifier shipped_classifier(const std::string& dataset);

struct QualityReference {
  std::string dataset;
  Classifier classifier;
  FrechetEvaluator evaluator;
  PictureShape picture;
  QualityReference(std::string name, Classifier c, const ImageSet& train, const ImageSet& test,
                   ThreadPool& pool, Ranks& ranks = Ranks::alone());
};

/// The features that a loss compares; null for one that needs none. Throws Error if none are
/// shipped for the data set.
std::unique_ptr<FeatureNet> features_for(Loss loss, const std::string& dataset);

}  // namespace phaseloom
