// SPDX-License-Identifier: MIT
#include "app/jobs/film_job.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "app/document/touch.hpp"
#include "app/jobs/film_view.hpp"
#include "engine/data/film_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using State = FilmSnapshot::State;

constexpr int kMostPictures = 20'000;  // 11 minutes

int pictures_of(const StageFilm& film, const std::filesystem::path& path, const char* what) {
  if (!is_film(path, what)) return film.row;
  return static_cast<int>(kFilmRate * (film.seconds + film.hold)) + 1;
}

int steps_of(const FilmRequest& request) {
  return request.model->program.chunks() * request.settings.steps_per_chunk;
}

}  // namespace

FilmRequest film_of(const Snapshot& snapshot, const UiState& look,
                    const std::filesystem::path& path) {
  constexpr const char* kName = "export.film";
  is_film(path, kName);
  if (!snapshot.model) fail("{}: no model is running; choose one first", kName);
  FilmRequest request{snapshot.model,
                      snapshot.scene.hardware,
                      snapshot.settings,
                      snapshot.touches,
                      look.view,
                      look.compare,
                      look.divider,
                      snapshot.scene.wall,
                      snapshot.speed,
                      snapshot.scene.hold,
                      path};
  if (pictures_of(request) > kMostPictures)
    fail("{}: {} pictures are too many; up to {} go: let it run faster", kName,
         pictures_of(request), kMostPictures);
  return request;
}

int pictures_of(const FilmRequest& request) {
  const int steps = steps_of(request);
  if (!is_film(request.path, "export.film")) return steps + 1;
  const double seconds = steps / std::max(request.speed, 1e-3) + request.hold;
  return static_cast<int>(std::min(std::ceil(kFilmRate * seconds), 1e9)) + 1;
}

void FilmJob::start(FilmRequest request) {
  const auto path = request.path;
  const int pictures = pictures_of(request);
  launch(path, pictures, "export.film",
         [this, request = std::move(request)](std::stop_token stop) { run(request, stop); });
}

void FilmJob::start_drawn(const std::filesystem::path& path, const StageFilm& film,
                          const char* what) {
  launch(path, pictures_of(film, path, what), what,
         [=, this](std::stop_token stop) { write_drawn(path, film, what, stop); });
}

void FilmJob::launch(const std::filesystem::path& path, int pictures, const char* what, Work work) {
  if (latest()->state == State::writing)
    fail("{}: {} is still being written; wait for it, or cancel it", what, latest()->path);
  publish_at_once({0, State::writing, path.string(), 0, pictures, {}});
  order([this, path, pictures, what, work = std::move(work)](std::stop_token stop) {
    FilmSnapshot end{0, State::done, path.string(), pictures, pictures, {}};
    const auto problem =
        problem_of([&] { work(stop); }, fmt::format("{}: not enough memory", what));
    if (stop.stop_requested()) end.state = State::cancelled;
    if (problem) {
      end.state = State::failed;
      end.pictures = 0;
      end.reason = *problem;
    }
    {
      const std::lock_guard lock(mutex_);
      next_drawn_.reset();
      picture_.reset();
    }
    publish(end);
  });
}

void FilmJob::write_drawn(const std::filesystem::path& path, const StageFilm& film,
                          const char* what, std::stop_token stop) {
  const int pictures = pictures_of(film, path, what);
  const double last = is_film(path, what) ? kFilmRate * film.seconds : pictures - 1;
  const auto file = make_film_file(path, kFilmRate);
  for (int i = 0; i < pictures; ++i) {
    std::optional<Picture> picture;
    {
      std::unique_lock lock(mutex_);
      next_drawn_ = FilmPicture{film.stage, i, std::min(1.0, i / last)};
      if (!given_.wait(lock, stop, [&] { return picture_.has_value(); })) return;
      picture = std::exchange(picture_, std::nullopt);
    }
    if (!file->add(*picture, stop)) return;
    publish({0, State::writing, path.string(), i + 1, pictures, {}});
  }
  file->commit(stop);
}

std::optional<FilmPicture> FilmJob::picture_wanted() {
  const std::lock_guard lock(mutex_);
  if (picture_) return std::nullopt;
  return next_drawn_;
}

void FilmJob::give(Picture picture) {
  {
    const std::lock_guard lock(mutex_);
    if (!next_drawn_) return;
    picture_ = std::move(picture);
    next_drawn_.reset();
  }
  given_.notify_one();
}

void FilmJob::run(const FilmRequest& request, std::stop_token stop) {
  ThreadPool pool(1);  // the others belong to what is watched
  const int lanes = request.wall * request.wall, steps = steps_of(request);
  const Program& program = request.model->program;
  Simulator hardware(program, request.hardware, request.settings, lanes, pool);
  std::optional<Simulator> ideal;
  if (request.compare != Compare::off)
    ideal.emplace(program, Hardware{}, request.settings, lanes, pool);
  FilmView view(request.view, request.compare, request.divider, program);
  const auto read = [&](std::vector<float>& values) {
    view.read(hardware, ideal ? &*ideal : nullptr, values);
  };
  const auto touch = [&] {
    apply_touches(*request.touches, hardware);
    if (ideal) apply_touches(*request.touches, *ideal);
  };
  const auto advance = [&] {
    hardware.advance(1);
    if (ideal) ideal->advance(1);
    touch();
  };
  touch();
  std::vector<float> before, after, shown;
  if (!view.bounded()) {  // the same colours from the first step to the last
    for (;; advance()) {
      read(after);
      view.reach(after);
      if (hardware.finished() || stop.stop_requested()) break;
    }
    hardware.restart();
    if (ideal) ideal->restart();
    touch();
  }
  read(before);
  after = shown = before;

  const auto file = make_film_file(request.path, kFilmRate);
  const bool film = is_film(request.path, "export.film");
  const int wanted = pictures_of(request);
  for (int i = 0; i < wanted; ++i) {
    // From `before` to `after` while the step is on its way.
    const double place = film ? std::min(i * request.speed / kFilmRate, double(steps)) : i;
    const int step = static_cast<int>(std::ceil(place - 1e-9));
    while (hardware.step() < step) {
      std::swap(before, after);
      advance();
      read(after);
    }
    if (hardware.diverged() || (ideal && ideal->diverged()))
      fail("export.film: the run diverges at step {}; more steps per chunk may help",
           hardware.step());
    const auto share = static_cast<float>(1 - (step - place));
    for (std::size_t k = 0; k < shown.size(); ++k)
      shown[k] = before[k] + std::clamp(share, 0.0f, 1.0f) * (after[k] - before[k]);
    const auto& pixels = film ? shown : after;
    if (!file->add(view.picture(pixels, request.wall), stop)) return;
    publish({0, State::writing, request.path.string(), i + 1, wanted, {}});
  }
  file->commit(stop);
}

void FilmJob::wait() {
  while (!settle(1)) {
  }
}

}  // namespace phaseloom
