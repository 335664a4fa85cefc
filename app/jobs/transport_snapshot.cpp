// SPDX-License-Identifier: MIT
#include "app/jobs/transport_snapshot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/document/spoken_names.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {

Point FieldSlices::place(int row, int column) {
  const auto along = [](int i) {
    return kReach * (2 * static_cast<float>(i) / static_cast<float>(kSide - 1) - 1);
  };
  return {along(column), along(row)};
}

Point FieldSlices::at(double t, Point p) const {
  if (velocities.empty()) return {};
  const auto moment = static_cast<std::size_t>(
      std::lround(std::clamp(t, 0.0, 1.0) * static_cast<double>(kMoments - 1)));
  const Point* slice = velocities.data() + moment * kSide * kSide;
  const auto cell = [](float x, int& whole) {
    const float at = std::clamp((x / kReach + 1) / 2 * static_cast<float>(kSide - 1), 0.0f,
                                static_cast<float>(kSide - 1) - 1e-3f);
    whole = static_cast<int>(at);
    return at - static_cast<float>(whole);
  };
  int column = 0, row = 0;
  const float u = cell(p.x, column), v = cell(p.y, row);
  const Point* low = slice + row * kSide + column;
  const Point* high = low + kSide;
  const auto mix = [&](float Point::*c) {
    return (low[0].*c * (1 - u) + low[1].*c * u) * (1 - v) +
           (high[0].*c * (1 - u) + high[1].*c * u) * v;
  };
  return {mix(&Point::x), mix(&Point::y)};
}

std::string_view state_name(TransportSnapshot::State state) {
  constexpr std::string_view names[] = {"idle",      "running",  "paused",
                                        "measuring", "finished", "failed"};
  return names[static_cast<std::size_t>(state)];
}

void export_paths(const TransportSnapshot& snapshot, const std::filesystem::path& file) {
  if (!snapshot.picture)
    fail("transport.export: there is no model yet; transport.start trains one");
  if (file.extension() != ".csv") fail("transport.export: {} should end in .csv", file.string());
  const FlowPaths& paths = snapshot.picture->paths;
  std::string table = "point,time,x,y\n";
  for (int point = 0; point < paths.points; ++point)
    for (std::size_t k = 0; k < paths.times.size(); ++k) {
      const Point p = paths.at(static_cast<int>(k))[static_cast<std::size_t>(point)];
      table += fmt::format("{},{:g},{:g},{:g}\n", point, paths.times[k], p.x, p.y);
    }
  write_file_atomically(file, table);
}

std::string title_of(std::string_view model, TransportLoss loss) {
  return fmt::format("{} + {}", spoken_transport_model(model), spoken_loss(loss));
}

namespace {

SavedTransport::Trained trained_of(const TransportSetup& setup, const TransportPicture& picture,
                                   double w2_squared, double floor) {
  const auto values = transport_values(picture.model);
  return {setup, {values.begin(), values.end()}, w2_squared, floor};
}

}  // namespace

std::optional<SavedTransport> saved_transport(const TransportSnapshot& snapshot) {
  if (!snapshot.picture) return std::nullopt;
  SavedTransport saved;
  saved.experiment = snapshot.experiment;
  saved.shown = trained_of(snapshot.setup, *snapshot.picture, snapshot.w2_squared, snapshot.floor);
  for (const TransportResult& r : snapshot.row)
    saved.row.push_back(trained_of(r.setup, *r.picture, r.w2_squared, r.floor));
  saved.losses = snapshot.losses;
  saved.curve = snapshot.curve;
  saved.look_floor = snapshot.look_floor;
  return saved;
}

}  // namespace phaseloom
