// SPDX-License-Identifier: MIT
#pragma once
// Films, pictures of stages, and the numbers behind plots, as a part of a session.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/jobs/film_job.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class ExportPart : public Part {
 public:
  /// @param waits until the film of a run is written.
  ExportPart(Session& session, bool waits) : Part(session), waits_(waits), latest_(job_.latest()) {}

  bool act(const Command& command) override;
  void update() override;
  std::uint64_t activity() const override { return latest_->serial; }
  std::string lost_by_quitting() const override;
  const std::shared_ptr<const FilmSnapshot>& latest() const { return latest_; }
  FilmJob& film() { return job_; }
  /// What `command` asks for of a stage, into the file that it names. Throws Error, if that stage
  /// is not shown, or if it has nothing to show: `missing` says what.
  void want_picture(const Command& command, Workspace stage, std::string_view missing = {});
  void start_film(const Command& command, const StageFilm& film, std::string_view missing);
  /// The file of the picture of that stage that was asked for first: for the window, which draws
  /// it.
  std::optional<std::string> take_picture_wanted(Workspace stage);
  /// Plots that shall be written, with the files' names: for the window, which has the numbers.
  std::vector<std::pair<std::string, std::string>> take_plots_wanted() {
    return std::exchange(plots_wanted_, {});
  }

 private:
  const bool waits_;
  FilmJob job_;
  std::shared_ptr<const FilmSnapshot> latest_;
  std::vector<std::pair<std::string, std::string>> plots_wanted_;
  std::vector<std::pair<Workspace, std::string>> pictures_wanted_;
};

}  // namespace phaseloom
