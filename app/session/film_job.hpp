#pragma once
// Writes in the background how the images on the wall form: the same network, noise and settings,
// run anew from the noise to the end. The experiment itself goes on meanwhile.

#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "app/session/snapshot.hpp"
#include "app/session/ui_state.hpp"

namespace phaseloom {

/// What is written. A film (.mp4) has kFilmRate pictures a second, which fade from step to step as
/// the window does; a row of pictures (.png) has one for each step, the noise included.
struct FilmRequest {
  std::shared_ptr<const Model> model;
  Hardware hardware;
  RunSettings settings;
  Grid grid;
  View view;
  Compare compare = Compare::off;
  double divider = 0.5;  ///< of the split wall
  int wall = 1;          ///< rows and columns
  double speed = 1;      ///< of a film, in steps per second
  double hold = 0;       ///< of a film: seconds for which the finished images stay
  std::filesystem::path path;
};
constexpr int kFilmRate = 30;

/// The film of what is on the wall, as it is looked at there, compared or not. Throws Error without
/// a model, or for a name that is neither.
FilmRequest film_of(const Snapshot& snapshot, const UiState& look,
                    const std::filesystem::path& path);
/// Pictures that it will have.
int pictures_of(const FilmRequest& request);

struct FilmSnapshot {
  enum class State { idle, writing, done, failed, cancelled };
  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  State state = State::idle;
  std::string path;
  int pictures = 0;  ///< written so far
  int wanted = 0;    ///< of these
  std::string reason;
};

/// All methods belong to one thread.
class FilmJob {
 public:
  FilmJob();
  ~FilmJob();  ///< cancels
  FilmJob(const FilmJob&) = delete;
  FilmJob& operator=(const FilmJob&) = delete;

  /// Throws Error while another film is being written.
  void start(FilmRequest request);
  /// Nothing is left of the film; without one, nothing happens.
  void cancel() { stop_.request_stop(); }
  /// Never null.
  std::shared_ptr<const FilmSnapshot> latest();
  void wait();

 private:
  void run(const FilmRequest& request, std::stop_token stop);
  void publish(const FilmSnapshot& now);

  std::mutex mutex_;
  std::shared_ptr<const FilmSnapshot> latest_;  // guarded
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace phaseloom
