// SPDX-License-Identifier: MIT
#include "app/cli/thermo_judgement.hpp"

#include <vector>

namespace phaseloom {

ThermoJudgement judge_thermo(std::span<const float> pictures, const Classifier& classifier,
                             ThreadPool& pool) {
  std::vector<float> negatives(pictures.begin(), pictures.end());
  for (float& v : negatives) v = 1 - v;
  const auto as_is = classifier.judge(pictures, pool), other = classifier.judge(negatives, pool);
  ThermoJudgement out;
  for (std::size_t i = 0; i < as_is.labels.size(); ++i) {
    ++out.classes[as_is.labels[i]];
    out.inverted += other.confidence[i] > as_is.confidence[i];
    out.mixed += as_is.confidence[i] <= kMixedConfidence && other.confidence[i] <= kMixedConfidence;
  }
  return out;
}

}  // namespace phaseloom
