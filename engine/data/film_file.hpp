// SPDX-License-Identifier: MIT
#pragma once
// Pictures in time as one film (.mp4, by ffmpeg as a child process) or as one file each (.png).

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/data/picture.hpp"

namespace phaseloom {

/// "digits-##.png" -> "digits-07.png"; the folder's name stays as it is. Names without # stay, too.
std::filesystem::path numbered(const std::filesystem::path& path, int number);
/// A film, not a row of pictures, by its name. Throws Error, beginning with `what`, if the name
/// ends neither in .mp4 nor, with ## for the number, in .png.
bool is_film(const std::filesystem::path& path, const char* what);

class FilmFile {
 public:
  virtual ~FilmFile() = default;  ///< without commit(), nothing is left
  /// The next picture; all have the size of the first, 1 or 3 channels. False: stopped.
  virtual bool add(const Picture& picture, std::stop_token stop = {}) = 0;
  /// Whole from now on. False: stopped.
  virtual bool commit(std::stop_token stop = {}) = 0;
};

/// Throws Error when the folder is missing or not writable, or there is no ffmpeg for an .mp4. A
/// row of pictures makes its folder, if that of the folder is there.
/// @param rate pictures per second of a film
std::unique_ptr<FilmFile> make_film_file(const std::filesystem::path& path, int rate);

}  // namespace phaseloom
