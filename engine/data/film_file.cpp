// SPDX-License-Identifier: MIT
#include "engine/data/film_file.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/data/png.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/child_process.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

namespace fs = std::filesystem;

namespace {

/// Each picture appears whole under its name; those that are there go away with an abandoned row,
/// and so does the folder if it was made for them.
class PictureRow final : public FilmFile {
 public:
  explicit PictureRow(fs::path path) : path_(std::move(path)) {
    const fs::path folder = path_.parent_path();
    std::error_code problem;
    if (folder.empty() || fs::is_directory(folder, problem)) return;
    made_ = fs::create_directory(folder, problem);
    if (!made_) fail("{}: cannot make this folder: {}", folder.string(), problem.message());
  }
  ~PictureRow() override {
    std::error_code ignored;
    for (const fs::path& file : written_) fs::remove(file, ignored);
    if (made_) fs::remove(path_.parent_path(), ignored);
  }
  PictureRow(const PictureRow&) = delete;
  PictureRow& operator=(const PictureRow&) = delete;

  bool add(const Picture& picture, std::stop_token stop) override {
    if (stop.stop_requested()) return false;
    const fs::path file = numbered(path_, static_cast<int>(written_.size()));
    write_png(file, picture);
    written_.push_back(file);
    return true;
  }
  bool commit(std::stop_token stop) override {
    if (stop.stop_requested()) return false;
    written_.clear();
    made_ = false;
    return true;
  }

 private:
  fs::path path_;
  bool made_ = false;  // the folder
  std::vector<fs::path> written_;
};

/// H.264 with 4:2:0 colours, which every player knows; hence even sizes. On one core: the others
/// are for what goes on meanwhile.
class Mp4 final : public FilmFile {
 public:
  Mp4(const fs::path& path, int rate) : path_(path), rate_(rate), file_(path) {
    if (file_.temporary().empty()) fail("{}: a film needs a file of its own", path.string());
  }

  bool add(const Picture& picture, std::stop_token stop) override {
    if (!ffmpeg_) start(picture);
    assert(picture.width == width_ && picture.height == height_);
    if (ffmpeg_->send(std::as_bytes(std::span(picture.pixels)), stop)) return true;
    if (!stop.stop_requested()) complain();
    return false;
  }
  bool commit(std::stop_token stop) override {
    if (!ffmpeg_) fail("{}: a film needs pictures", path_.string());
    const int status = ffmpeg_->finish(stop);
    if (stop.stop_requested()) return false;
    if (status != 0) complain();
    std::error_code problem;
    if (fs::file_size(file_.temporary(), problem) == 0 || problem)
      fail("{}: ffmpeg ended without writing anything; is it the right program?", path_.string());
    file_.commit();
    return true;
  }

 private:
  void start(const Picture& first) {
    width_ = first.width;
    height_ = first.height;
    try {
      ffmpeg_.emplace(std::vector<std::string>{
          "ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y",
          // What comes in ...
          "-f", "rawvideo", "-pixel_format", first.channels == 1 ? "gray" : "rgb24", "-video_size",
          fmt::format("{}x{}", width_, height_), "-framerate", std::to_string(rate_), "-i",
          "pipe:0",
          // ... and goes out.
          "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=0x404040", "-c:v", "libx264", "-threads", "1",
          "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4",
          "file:" + file_.temporary().string()});
    } catch (const Error& error) {
      fail("{}; install it, or write pictures instead: a name like forming-##.png", error.what());
    }
  }
  [[noreturn]] void complain() const {
    const std::string words = ffmpeg_->last_complaint();
    fail("{}: ffmpeg could not write it: {}", path_.string(),
         words.empty() ? "it ended early" : printable(words));
  }

  fs::path path_;
  int rate_, width_ = 0, height_ = 0;
  AtomicFile file_;
  std::optional<ChildProcess> ffmpeg_;  // ends before the file goes
};

}  // namespace

fs::path numbered(const fs::path& path, int number) {
  const std::string name = path.filename().string();
  const auto begin = name.find('#');
  if (begin == std::string::npos) return path;
  const auto end = std::min(name.find_first_not_of('#', begin), name.size());
  return path.parent_path() /
         fmt::format("{}{:0{}}{}", name.substr(0, begin), number, end - begin, name.substr(end));
}

bool is_film(const fs::path& path, const char* what) {
  if (path.extension() == ".mp4") return true;
  const bool has_number = path.filename().string().find('#') != std::string::npos;
  if (path.extension() == ".png" && has_number) return false;
  fail("{}: {} should end in .mp4, or in .png with ## for the number, as in forming-##.png", what,
       printable(path.string()));
}

std::unique_ptr<FilmFile> make_film_file(const fs::path& path, int rate) {
  if (is_film(path, "film")) return std::make_unique<Mp4>(path, rate);
  return std::make_unique<PictureRow>(path);
}

}  // namespace phaseloom
