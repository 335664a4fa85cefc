// SPDX-License-Identifier: MIT
#include "engine/transport/kept_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "engine/data/safetensors.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kKind = "transport network 1";
constexpr std::string_view kEnding = ".safetensors";
/// The largest network has a million bytes.
constexpr std::size_t kMostBytes = std::size_t{4} << 20;

/// Fit for a file: names in rows are of letters, digits and underscores.
constexpr int kDashes = 5;
std::string name_of(const TransportRow& row) {
  return fmt::format("{}-{}-{}-{}-{}-{}", row.pair, row.model, name_of(row.loss), row.chunks,
                     row.hidden, row.seed);
}

KeptNetwork parse(const TensorFile& file) {
  if (file.metadata_at("phaseloom") != kKind) fail("{}: no network of transport", file.source);
  KeptNetwork network;
  const auto rows = parse_results(file.metadata_at("row"), file.source);
  if (rows.size() != 1) fail("{}: {} rows; one is needed", file.source, rows.size());
  network.row = rows.front();
  const auto iterations = parse_number<int>(file.metadata_at("iterations"));
  if (!iterations || *iterations < 1) fail("{}: no number of iterations", file.source);
  network.iterations = *iterations;
  const auto values = file.at("values").f32();
  if (!std::ranges::all_of(values, [](float v) { return std::isfinite(v); }))
    fail("{}: values that are not finite", file.source);
  network.values.assign(values.begin(), values.end());
  transport_model(network.setup(), network.values);  // throws if there are too few or too many
  const auto losses = file.at("losses").f64();
  for (std::size_t i = 0; i + 1 < losses.size() && i < 2 * LossCurve::kMaxPoints; i += 2) {
    if (!(losses[i] >= 0 && losses[i] <= network.iterations))
      fail("{}: a loss of no iteration", file.source);
    network.losses.push_back({static_cast<std::int64_t>(losses[i]), losses[i + 1], 0});
  }
  return network;
}

/// The network in a file of the folder; null if there is none.
std::shared_ptr<const KeptNetwork> network_in(const fs::path& file) {
  try {
    KeptNetwork network = parse(parse_safetensors(read_file(file, kMostBytes), file.string()));
    if (file.stem() != name_of(network.row)) return nullptr;
    return std::make_shared<const KeptNetwork>(std::move(network));
  } catch (const Error&) {
    return nullptr;
  }
}

/// The files in a folder that are called like networks, the oldest first.
std::vector<fs::path> candidates(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code gone;
    const std::string stem = at->path().stem().string();
    const bool called_so =
        at->path().extension() == kEnding && std::ranges::count(stem, '-') == kDashes;
    if (!called_so || !at->is_regular_file(gone)) continue;
    const auto time = at->last_write_time(gone);
    if (!gone) found.emplace_back(time, at->path());
  }
  std::ranges::sort(found);
  std::vector<fs::path> files;
  for (auto& [time, file] : found) files.push_back(std::move(file));
  return files;
}

}  // namespace

TransportSetup KeptNetwork::setup() const {
  return checked({row.model, row.loss, row.chunks, row.hidden, row.seed, iterations});
}

KeptNetwork kept_network(const TransportRow& row, const TransportTrainer& trainer) {
  LossCurve curve;
  for (std::size_t i = 0; i < trainer.losses().size(); ++i)
    curve.add({static_cast<std::int64_t>(i) + 1, trainer.losses()[i], 0});
  return {row, trainer.iterations(), transport_values(trainer.model()), curve.points()};
}

bool is_of(const KeptNetwork& network, const TransportRow& row) {
  const auto written = [](const TransportRow& r) { return fmt::format("{:.6g}", r.w2_squared); };
  return name_of(network.row) == name_of(row) && written(network.row) == written(row);
}

KeptNetworks networks_of(const std::vector<TransportRow>& rows, const KeptNetworks& networks) {
  std::map<std::string, const TransportRow*> by_name;
  for (const TransportRow& row : rows) by_name[name_of(row)] = &row;
  KeptNetworks found;
  for (const auto& network : networks) {
    const auto entry = by_name.find(name_of(network->row));
    if (entry != by_name.end() && is_of(*network, *entry->second)) found.push_back(network);
  }
  return found;
}

fs::path NetworkFolder::file_of(const TransportRow& row) const {
  return folder_ / (name_of(row) + std::string(kEnding));
}

KeptNetworks NetworkFolder::read() const {
  KeptNetworks networks;
  if (folder_.empty()) return networks;
  const auto files = candidates(folder_);
  const std::size_t passed = files.size() > kMost ? files.size() - kMost : 0;
  for (std::size_t i = passed; i < files.size(); ++i)
    if (auto network = network_in(files[i])) networks.push_back(std::move(network));
  return networks;
}

void NetworkFolder::write(const KeptNetwork& network) const {
  if (folder_.empty()) return;
  TensorFile file;
  file.metadata = {{"phaseloom", std::string(kKind)},
                   {"row", results_csv({network.row})},
                   {"iterations", std::to_string(network.iterations)}};
  std::vector<double> losses;
  for (const LossPoint& loss : network.losses) {
    losses.push_back(static_cast<double>(loss.iteration));
    losses.push_back(loss.distance);
  }
  const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  file.tensors.push_back(Tensor::of("values", {count(network.values.size())}, network.values));
  file.tensors.push_back(
      Tensor::of("losses", {count(network.losses.size()), 2}, std::span<const double>(losses)));
  std::error_code ignored;  // writing says what is wrong
  fs::create_directories(folder_, ignored);
  write_safetensors(file_of(network.row), file);
}

void NetworkFolder::remove(const KeptNetwork& network) const {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove(file_of(network.row), ignored);
}

void NetworkFolder::remove_all_but(const KeptNetworks& networks) const {
  if (folder_.empty()) return;
  std::set<fs::path> stay;
  for (const auto& network : networks) stay.insert(file_of(network->row));
  std::error_code ignored;
  for (const fs::path& file : candidates(folder_))
    if (!stay.contains(file)) fs::remove(file, ignored);
}

}  // namespace phaseloom
