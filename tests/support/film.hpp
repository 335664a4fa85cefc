// SPDX-License-Identifier: MIT
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/support/error.hpp"

namespace phaseloom {

inline bool has_ffmpeg() {
  return std::system("command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null") == 0;
}

/// "WIDTH,HEIGHT,PICTURES", as another program sees it.
inline std::string look_at_film(const std::filesystem::path& path) {
  const std::string line = fmt::format(
      "ffprobe -v error -count_frames -select_streams v -show_entries "
      "stream=width,height,nb_read_frames -of csv=p=0 '{}'",
      path.string());
  std::string text;
  std::FILE* pipe = ::popen(line.c_str(), "r");
  if (!pipe) return text;
  char buffer[256];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    text.append(buffer, n);
  ::pclose(pipe);
  while (!text.empty() && (text.back() == '\n' || text.back() == ',')) text.pop_back();
  return text;
}

}  // namespace phaseloom
