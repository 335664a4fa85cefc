// SPDX-License-Identifier: MIT
#include "engine/transport/results_summary.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace phaseloom {

Spread spread_of(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  const double median = values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
  return {values.front(), median, values.back()};
}

std::vector<ResultSummary> summarised(const std::vector<TransportRow>& rows,
                                      const KeptNetworks& networks) {
  std::vector<std::vector<const TransportRow*>> groups;
  std::map<std::tuple<std::string, std::string, TransportLoss, int, int>, std::size_t> place;
  for (const TransportRow& r : rows) {
    const auto [entry, fresh] =
        place.try_emplace({r.pair, r.model, r.loss, r.chunks, r.hidden}, groups.size());
    if (fresh) groups.emplace_back();
    groups[entry->second].push_back(&r);
  }
  std::vector<ResultSummary> summaries;
  for (const auto& group : groups) {
    const auto spread = [&](double TransportRow::*what) {
      std::vector<double> values;
      for (const TransportRow* r : group) values.push_back(r->*what);
      return spread_of(std::move(values));
    };
    const TransportRow& r = *group.front();
    summaries.push_back({r.pair, r.model, r.loss, r.chunks, r.hidden,
                         static_cast<int>(group.size()), spread(&TransportRow::w2_squared),
                         spread(&TransportRow::floor).median,
                         spread(&TransportRow::seconds).median});
  }
  for (const auto& network : networks) {
    const TransportRow& r = network->row;
    const auto entry = place.find({r.pair, r.model, r.loss, r.chunks, r.hidden});
    if (entry != place.end()) summaries[entry->second].networks.push_back(network);
  }
  for (ResultSummary& summary : summaries)
    std::ranges::stable_sort(summary.networks, {}, [&](const auto& network) {
      return std::pair(std::abs(network->row.w2_squared - summary.w2_squared.median),
                       network->row.seed);
    });
  return summaries;
}

}  // namespace phaseloom
