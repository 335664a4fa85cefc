// SPDX-License-Identifier: MIT
#pragma once
// Trains the classifier of the metrics: cross-entropy, Adam with a falling rate, shifted and
// noisy pictures, and the average of the parameters over the last steps.

#include <cstdint>
#include <functional>
#include <stop_token>

#include "engine/metrics/classifier.hpp"

namespace phaseloom {

struct ClassifierTraining {
  int epochs = 40;
  int batch = 128;  ///< images per step, whole blocks of kLanes
  int shift = 2;    // largest random shift in pixels, in each direction
  // Every picture gets Gaussian pixel noise of a standard deviation uniform in [0, noise], clipped
  // to [0, 1] (*). Without it the features, and so the Frechet distance, react to grain that no eye
  // sees far more than to malformed digits.
  float noise = 0.2f;
  float rate = 2e-3f;      // of Adam at the start; falls to zero as a half cosine
  float decay = 0.02f;     // decoupled weight decay
  float average = 0.999f;  ///< of the parameters; what is returned
  std::uint64_t seed = 1;
};

struct ClassifierProgress {
  int epoch;  ///< that have been finished
  int epochs;
  double loss;            // mean cross-entropy of the last epoch
  double train_accuracy;  ///< on its shifted pictures, by the parameters of the moment
};

/// Returns the classifier, whatever it is by the time a stop is asked for. Same bits for any number
/// of threads.
Classifier train_classifier(const ImageSet& train, const ClassifierTraining& options,
                            ThreadPool& pool,
                            const std::function<void(const ClassifierProgress&)>& progress = {},
                            std::stop_token stop = {});

}  // namespace phaseloom
