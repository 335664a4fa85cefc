// SPDX-License-Identifier: MIT
#include "engine/learning/losses/sliced_loss.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/support/random.hpp"

namespace phaseloom {

SlicedLoss::SlicedLoss(const FeatureNet& net, const TrainSettings& settings, const ImageSet& images,
                       ThreadPool& pool, TrainingRanks ranks)
    : settings_(settings), pool_(pool), features_(net, settings, images, 0, pool, ranks.ranks) {}

LossReport SlicedLoss::pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) {
  FeatureMatrix fresh = features_.generated(batch.pictures);
  const auto n = static_cast<Eigen::Index>(fresh.rows());
  const auto sets = static_cast<Eigen::Index>(earlier_.size()) + 1;
  FeatureMatrix generated(n * sets, fresh.cols());
  generated.topRows(n) = fresh;
  for (Eigen::Index s = 1; s < sets; ++s) generated.middleRows(n * s, n) = earlier_[s - 1];
  const FeatureMatrix real = features_.real(batch.iteration, 0, static_cast<int>(generated.rows()));

  FeatureMatrix directions(fresh.cols(), kDirections);
  RandomSequence random(settings_.seed, Stream::critic,
                        static_cast<std::uint32_t>(batch.iteration));
  for (auto& d : directions.reshaped()) d = static_cast<float>(random.normal());
  directions.colwise().normalize();

  // Columns are contiguous here: one projection after the other.
  const Eigen::MatrixXf from = generated * directions, to = real * directions;
  Eigen::MatrixXf pull_along(n, kDirections);
  std::vector<double> distance(kDirections);
  pool_.run(kDirections, [&](int d) {
    std::vector<float> target(to.col(d).begin(), to.col(d).end());
    std::ranges::sort(target);
    std::vector<int> order(target.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, [&](int a, int b) {
      return from(a, d) != from(b, d) ? from(a, d) < from(b, d) : a < b;
    });
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
      const float gap = from(order[rank], d) - target[rank];
      distance[d] += double{gap} * gap;
      if (order[rank] < n) pull_along(order[rank], d) = gap;
    }
  });
  LossReport report;
  report.distance = std::accumulate(distance.begin(), distance.end(), 0.0) /
                    (kDirections * double(generated.rows()));
  report.objective = report.distance;
  // d mean(gap^2) of the fresh batch, its directions summing to about one dimension each
  const float scale = 2.0f * static_cast<float>(fresh.cols()) / static_cast<float>(kDirections * n);
  const FeatureMatrix d_features = scale * (pull_along * directions.transpose());
  features_.pull(d_features, d_pictures);

  earlier_.push_front(std::move(fresh));
  if (earlier_.size() > static_cast<std::size_t>(settings_.replay)) earlier_.pop_back();
  return report;
}

void SlicedLoss::visit_state(StateVisitor& state) {
  visit_earlier(state, earlier_, settings_.replay, settings_.batch, features_.size());
}

}  // namespace phaseloom
