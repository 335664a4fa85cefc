// SPDX-License-Identifier: MIT
#pragma once
// Writes in the background how the images on the wall form: the same network, noise and settings,
// run anew from the noise to the end. The experiment itself goes on meanwhile.

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/document/ui_state.hpp"
#include "app/jobs/film_snapshot.hpp"
#include "app/jobs/job.hpp"
#include "app/run/snapshot.hpp"
#include "engine/data/picture.hpp"

namespace phaseloom {

/// What is written. A film (.mp4) has kFilmRate pictures a second, which fade from step to step as
/// the window does; a row of pictures (.png) has one for each step, the noise included.
struct FilmRequest {
  std::shared_ptr<const Model> model;
  Hardware hardware;
  RunSettings settings;
  std::shared_ptr<const Touches> touches;
  View view;
  Compare compare = Compare::off;
  double divider = 0.5;  ///< of the split wall
  int wall = 1;          ///< rows and columns
  double speed = 1;      ///< of a film, in steps per second
  double hold = 0;       ///< of a film: seconds for which the finished images stay
  std::filesystem::path path;
};

/// The film of what is on the wall, as it is looked at there, compared or not. Throws Error without
/// a model, or for a name that is neither.
FilmRequest film_of(const Snapshot& snapshot, const UiState& look,
                    const std::filesystem::path& path);
/// Pictures that it will have.
int pictures_of(const FilmRequest& request);

/// All public methods belong to one thread. It never waits for a script: that draws its pictures.
class FilmJob : public Job<FilmSnapshot> {
 public:
  FilmJob() : Job(false, {}, Priority::normal) {}
  ~FilmJob() { finish(); }  ///< cancels

  /// Throws Error while another film is being written.
  void start(FilmRequest request);
  /// A film whose pictures somebody else draws, one after the other; `what` begins the messages.
  void start_drawn(const std::filesystem::path& path, const StageFilm& film, const char* what);
  /// The picture that is to be given next; none: there is time, or nothing to draw.
  std::optional<FilmPicture> picture_wanted();
  void give(Picture picture);
  /// Nothing is left of the film; without one, nothing happens.
  void cancel() { stop_orders(); }
  /// Until it is written.
  void wait();

 private:
  void run(const FilmRequest& request, std::stop_token stop);
  void write_drawn(const std::filesystem::path& path, const StageFilm& film, const char* what,
                   std::stop_token stop);
  void launch(const std::filesystem::path& path, int pictures, const char* what, Work work);

  std::condition_variable_any given_;
  std::optional<Picture> picture_;         // guarded: given, not yet written
  std::optional<FilmPicture> next_drawn_;  // guarded: the next one to be given
};

}  // namespace phaseloom
