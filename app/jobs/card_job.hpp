// SPDX-License-Identifier: MIT
#pragma once
// What the cards of models show: a few pictures that the model itself has made, and a plain line
// from its file. Each model is read and run once, in the background and at low priority, and kept
// until its file is another one.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/jobs/job_thread.hpp"
#include "app/run/model_facts.hpp"

namespace phaseloom {

struct ModelCard {
  static constexpr int kSide = 28;     ///< of a picture; others are brought to it
  static constexpr int kChannels = 3;  ///< red, green and blue, alike where pictures are grey
  static constexpr int kPictures = 2;  ///< of as many classes, of a model that knows classes

  std::string line;             ///< "digits, 4-bit, noise-proof"; empty if it cannot be read
  std::string problem;          ///< why there are no pictures
  std::vector<float> pictures;  ///< [picture][channel][row][column] in [0, 1]; empty with a problem
};

/// All methods belong to one thread.
class CardJob : public JobThread {
 public:
  /// `load` is called by the job's own thread.
  explicit CardJob(std::function<Model(const std::string& name)> load, bool gated = false);
  /// Waits for the card that is on its way.
  ~CardJob() { finish(); }

  /// The card of a model; null until it is made, which this call asks for. Cheap: for every frame.
  std::shared_ptr<const ModelCard> card(const std::string& name);
  /// Files may be others by now: makes the cards of these again when they are asked for next.
  void look_again();

 private:
  struct Entry {
    std::shared_ptr<const ModelCard> card;
    bool wanted = false;
    bool checked = false;  ///< that its file is still the one that it was made from
    std::filesystem::file_time_type written{};
  };

  void make(const std::string& name, std::stop_token stop);

  const std::function<Model(const std::string& name)> load_;
  std::map<std::string, Entry> seen_;  // the caller's

  std::map<std::string, Entry> made_;  // guarded by the mutex
};

/// Runs the model on the hardware that it was trained for. Throws Error if that comes to nothing.
ModelCard make_card(const Model& model, std::stop_token stop = {});

}  // namespace phaseloom
