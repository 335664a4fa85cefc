// SPDX-License-Identifier: MIT
#pragma once
// One moment of the transport experiment in the background, immutable: what the job publishes and
// the window draws.

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/document/transport_experiment.hpp"
#include "app/jobs/training_snapshot.hpp"
#include "engine/transport/flow.hpp"

namespace phaseloom {

/// A model's field at evenly spaced moments on a square grid over [-kFieldReach, kFieldReach]^2,
/// hidden units at their mean over the points that travel.
struct FieldSlices {
  static constexpr int kSide = 24;
  static constexpr int kMoments = 33;
  static constexpr float kReach = 0.7f;
  std::vector<Point> velocities;  ///< [moment][row, from the bottom][column]

  static Point place(int row, int column);
  /// Mixed between the four nearest places, of the moment nearest to t in [0, 1].
  Point at(double t, Point p) const;
};

/// A model at work on the points that are seen. Positions of phases are where their paths lead, not
/// wrapped.
struct TransportPicture {
  TransportModel model;
  FlowPaths paths;
  FieldSlices field;
};

/// One entry in the row of results that are compared.
struct TransportResult {
  TransportSetup setup;
  std::shared_ptr<const TransportPicture> picture;
  double w2_squared = 0, floor = 0;
};

/// W2^2 of the model after so many iterations.
struct TransportLook {
  int iteration = 0;
  double w2_squared = 0;
};

struct TransportSnapshot {
  enum class State {
    idle,       ///< nothing was trained yet
    running,    ///< it trains
    paused,     ///< and goes on when told to
    measuring,  ///< trained; the exact distance of where its points come out takes a while
    finished,   ///< at its end, or stopped
    failed,     ///< `reason` says why
  };
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  State state = State::idle;
  bool active() const {
    return state == State::running || state == State::paused || state == State::measuring;
  }
  /// Whether the last of what was started is trained: another training can be wished for already.
  bool at_end() const {
    return state == State::measuring &&
           (!comparing || static_cast<int>(row.size()) + 1 >= to_compare);
  }
  bool stopped = false;            ///< finished before its end
  std::string reason;              ///< of a failure, one line
  TransportExperiment experiment;  ///< what was started, or, while idle, what could be
  TransportSetup setup;            ///< the one that is trained: with a row, one after the other

  int iteration = 0;
  int iterations = 0;                ///< in all
  double iterations_per_second = 0;  ///< not measured in synchronous sessions: 0
  std::vector<LossPoint> losses;     ///< `distance` is the loss
  std::vector<TransportLook> curve;  ///< with kLookPoints points each
  double look_floor = kUnknown;      ///< of such a look: target against target
  double w2_squared = kUnknown;      ///< of the trained model, with kScorePoints points
  double floor = kUnknown;           ///< of that

  std::string pair_name, pair_title;
  std::shared_ptr<const Points> source;  ///< where the points that are seen begin
  std::shared_ptr<const Points> target;  ///< as many of the target, held out
  std::shared_ptr<const TransportPicture> picture;

  bool comparing = false;            ///< a row is being trained
  int to_compare = 0;                ///< entries that the row will have
  std::vector<TransportResult> row;  ///< what there is of it
};

/// A trained transport experiment without the points that show it: those are made anew.
struct SavedTransport {
  struct Trained {
    TransportSetup setup;
    std::vector<float> values;  ///< of its model
    double w2_squared = TransportSnapshot::kUnknown, floor = TransportSnapshot::kUnknown;
  };
  TransportExperiment experiment;
  Trained shown;
  std::vector<Trained> row;  ///< of a comparison
  std::vector<LossPoint> losses;
  std::vector<TransportLook> curve;
  double look_floor = TransportSnapshot::kUnknown;
};

/// Of what is shown; none if nothing was trained.
std::optional<SavedTransport> saved_transport(const TransportSnapshot& snapshot);

/// Points of a look while it trains: W2^2 in a few hundredths of a second.
inline constexpr int kLookPoints = 500;

std::string_view state_name(TransportSnapshot::State state);
/// Writes where each point is at each time, as a table (.csv: point, time, x, y); of the latest
/// picture. Throws Error if there is none, or the file cannot be written.
void export_paths(const TransportSnapshot& snapshot, const std::filesystem::path& file);
/// "SHIL + SWD", "MLP + OT-CFM".
std::string title_of(std::string_view model, TransportLoss loss);
inline std::string title_of(const TransportSetup& setup) {
  return title_of(setup.model, setup.loss);
}

}  // namespace phaseloom
