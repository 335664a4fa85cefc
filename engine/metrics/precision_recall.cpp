// SPDX-License-Identifier: MIT
#include "engine/metrics/precision_recall.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/support/error.hpp"
#include "engine/support/row_products.hpp"

namespace phaseloom {
namespace {

constexpr int kBlock = 256;  // rows of squared distances that an item of work holds at a time

struct Cloud {
  std::span<const float> values;  ///< [point][dimension]
  std::ptrdiff_t dimensions, count;
  std::vector<float> squares;  ///< |x|^2 of each point

  Cloud(std::span<const float> v, int d)
      : values(v), dimensions(d), count(std::ptrdiff_t(v.size()) / d) {
    for (std::ptrdiff_t i = 0; i < count; ++i) {
      float square = 0;
      for (const float x : values.subspan(i * dimensions, dimensions)) square += x * x;
      squares.push_back(square);
    }
  }
  std::ptrdiff_t blocks() const { return (count + kBlock - 1) / kBlock; }
};

/// visit(point, squared distances to all of `to`) for the points of one block.
template <class Visit>
void for_block(const Cloud& from, std::ptrdiff_t block, const Cloud& to, const Visit& visit) {
  const std::ptrdiff_t first = block * kBlock,
                       some = std::min<std::ptrdiff_t>(kBlock, from.count - first);
  std::vector<float> rows(std::size_t(some) * std::size_t(to.count));
  multiply_rows({to.values.data(), from.values.data() + first * from.dimensions, rows.data(),
                 to.count, some, from.dimensions, to.count});
  for (std::ptrdiff_t i = 0; i < some; ++i) {
    const auto row = std::span(rows).subspan(i * to.count, to.count);
    for (std::ptrdiff_t j = 0; j < to.count; ++j)
      row[j] = from.squares[first + i] + to.squares[j] - 2 * row[j];
    visit(first + i, row);
  }
}

class Comparison {
 public:
  Comparison(ThreadPool& pool, const std::function<void(double)>& progress, std::stop_token stop,
             std::ptrdiff_t blocks)
      : pool_(pool), progress_(progress), stop_(std::move(stop)), blocks_(blocks) {}

  bool stopped() const { return stop_.stop_requested(); }

  /// Squared, to the k-th nearest of the other points.
  std::vector<float> radii(const Cloud& cloud) {
    std::vector<float> radii(std::size_t(cloud.count));
    run(cloud.blocks(), [&](std::ptrdiff_t block) {
      for_block(cloud, block, cloud, [&](std::ptrdiff_t i, std::span<float> row) {
        row[i] = std::numeric_limits<float>::infinity();
        std::array<float, kManifoldNeighbours> least;
        std::partial_sort_copy(row.begin(), row.end(), least.begin(), least.end());
        radii[i] = least.back();
      });
    });
    return radii;
  }

  /// Of the points: how large a share lies in one of the balls.
  double covered(const Cloud& points, const Cloud& centres, std::span<const float> radii) {
    std::vector<std::uint8_t> inside(std::size_t(points.count), 0);
    run(points.blocks(), [&](std::ptrdiff_t block) {
      for_block(points, block, centres, [&](std::ptrdiff_t i, std::span<const float> row) {
        for (std::size_t j = 0; j < row.size(); ++j)
          if (row[j] <= radii[j]) inside[i] = 1;
      });
    });
    return double(std::ranges::count(inside, 1)) / double(points.count);
  }

 private:
  template <class Work>
  void run(std::ptrdiff_t blocks, const Work& work) {
    // A few items per thread between two looks at the stop.
    const std::ptrdiff_t round = 2 * pool_.threads();
    for (std::ptrdiff_t first = 0; first < blocks && !stopped(); first += round) {
      const auto some = std::min(round, blocks - first);
      pool_.run(int(some), [&](int item) { work(first + item); });
      done_ += some;
      if (progress_) progress_(double(done_) / double(blocks_));
    }
  }

  ThreadPool& pool_;
  const std::function<void(double)>& progress_;
  std::stop_token stop_;
  std::ptrdiff_t done_ = 0, blocks_;
};

}  // namespace

PrecisionRecall precision_recall(std::span<const float> real, std::span<const float> generated,
                                 int dimensions, ThreadPool& pool,
                                 const std::function<void(double)>& progress,
                                 std::stop_token stop) {
  const Cloud truth(real, dimensions), made(generated, dimensions);
  for (const Cloud* cloud : {&truth, &made})
    if (cloud->count <= kManifoldNeighbours)
      fail("precision and recall: {} pictures; more than {} are needed", cloud->count,
           kManifoldNeighbours);
  Comparison comparison(pool, progress, std::move(stop), 2 * (truth.blocks() + made.blocks()));
  PrecisionRecall result;
  result.precision = comparison.covered(made, truth, comparison.radii(truth));
  result.recall = comparison.covered(truth, made, comparison.radii(made));
  return comparison.stopped() ? PrecisionRecall{} : result;
}

}  // namespace phaseloom
