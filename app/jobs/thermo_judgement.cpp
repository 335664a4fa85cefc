// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_judgement.hpp"

#include <vector>

namespace phaseloom {

ThermoJudgement& ThermoJudgement::operator+=(const ThermoJudgement& more) {
  for (std::size_t k = 0; k < classes.size(); ++k) classes[k] += more.classes[k];
  inverted += more.inverted;
  mixed += more.mixed;
  return *this;
}

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
