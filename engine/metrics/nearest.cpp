// SPDX-License-Identifier: MIT
#include "engine/metrics/nearest.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/support/error.hpp"
#include "engine/support/row_products.hpp"

namespace phaseloom {
namespace {

constexpr int kQueries = 1024;  // at a time: their products with a block stay in the cache
constexpr int kBlock = 256;     // pictures of the set in one item of work

struct Best {
  float score = std::numeric_limits<float>::infinity();
  int index = -1;
};

/// |r|^2 - 2 q r, which differs from the squared distance by |q|^2, for one block of the set.
void search_block(std::span<const float> queries, const ImageSet& set, int first,
                  std::span<Best> best) {
  const auto pixels = static_cast<std::ptrdiff_t>(set.shape().size());
  const int count = std::min(kBlock, set.count() - first);
  std::vector<float> block(static_cast<std::size_t>(count * pixels)), squares;
  std::vector<float> products(best.size() * kBlock);
  for (int i = 0; i < count; ++i) {
    const auto image = set.image(first + i);
    float square = 0;
    for (std::ptrdiff_t p = 0; p < pixels; ++p) {
      const float v = static_cast<float>(image[p]) / 255.0f;
      block[i * pixels + p] = v;
      square += v * v;
    }
    squares.push_back(square);
  }
  multiply_rows({block.data(), queries.data(), products.data(), count,
                 static_cast<std::ptrdiff_t>(best.size()), pixels, kBlock});
  for (std::size_t q = 0; q < best.size(); ++q)
    for (int i = 0; i < count; ++i) {
      const float score = squares[i] - 2 * products[q * kBlock + i];
      if (score < best[q].score) best[q] = {score, first + i};
    }
}

double distance(std::span<const float> query, std::span<const std::uint8_t> image) {
  double sum = 0;
  for (std::size_t p = 0; p < image.size(); ++p) {
    const double d = double{query[p]} - double{static_cast<float>(image[p]) / 255.0f};
    sum += d * d;
  }
  return std::sqrt(sum);
}

}  // namespace

std::vector<NearestPicture> nearest_pictures(std::span<const float> queries, const ImageSet& set,
                                             ThreadPool& pool,
                                             const std::function<void(double)>& progress,
                                             std::stop_token stop) {
  const auto pixels = static_cast<std::size_t>(set.shape().size());
  if (set.count() == 0) fail("{}: no pictures to search", set.name);
  assert(queries.size() % pixels == 0);
  const std::size_t count = queries.size() / pixels;
  const int blocks = (set.count() + kBlock - 1) / kBlock;
  std::vector<NearestPicture> result;
  for (std::size_t first = 0; first < count; first += kQueries) {
    const std::size_t some = std::min<std::size_t>(kQueries, count - first);
    const auto piece = queries.subspan(first * pixels, some * pixels);
    std::vector<Best> best(some * blocks);
    // A few items per thread between two looks at the stop; the cut touches no result.
    const int round = 8 * pool.threads();
    for (int done = 0; done < blocks; done += round) {
      if (stop.stop_requested()) return {};
      pool.run(std::min(round, blocks - done), [&](int item) {
        const int b = done + item;
        search_block(piece, set, b * kBlock, std::span(best).subspan(b * some, some));
      });
      const double part = double(std::min(done + round, blocks)) / blocks;
      if (progress) progress((double(first) + part * double(some)) / double(count));
    }
    for (std::size_t q = 0; q < some; ++q) {
      Best nearest;
      for (int b = 0; b < blocks; ++b)
        if (best[b * some + q].score < nearest.score) nearest = best[b * some + q];
      result.push_back(
          {nearest.index, distance(piece.subspan(q * pixels, pixels), set.image(nearest.index))});
    }
  }
  return result;
}

NearestSummary summarise(std::span<const NearestPicture> nearest) {
  assert(!nearest.empty());
  NearestSummary summary{0, nearest[0].distance};
  for (const NearestPicture& n : nearest) {
    summary.mean += n.distance / double(nearest.size());
    summary.least = std::min(summary.least, n.distance);
  }
  return summary;
}

}  // namespace phaseloom
