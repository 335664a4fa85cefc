// SPDX-License-Identifier: MIT
#pragma once
// The few operations on a folder that many machines share, of which the claims of jobs are made.
//
// On a network "it failed" may mean that it was done and the reply was lost, "it is not there" that
// it has not been seen yet, and an empty file that its text is on its way. So these answer with
// what the system said, and whoever asks decides what to believe.

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace phaseloom {

/// This machine's file system; tests put one in its place that is late and forgetful. Used by
/// several threads at once.
class SharedFiles {
 public:
  enum class Presence { there, missing, unknown };

  virtual ~SharedFiles() = default;

  /// Appends the names in a folder; those of one that is not there are none, and no error.
  virtual std::error_code list(const std::filesystem::path& folder,
                               std::vector<std::string>& names) const;
  virtual Presence presence(const std::filesystem::path& path) const;
  /// One folder in one that is there. Of all who make it one succeeds, the others get file_exists.
  virtual std::error_code make_folder(const std::filesystem::path& folder) const;
  /// Gives a folder another name, unless that belongs to a folder with something in it.
  virtual std::error_code rename(const std::filesystem::path& from,
                                 const std::filesystem::path& to) const;
  /// All of a small file, or nothing where it cannot be read. Opened anew each time, as a shared
  /// file system wants it to see what others have written.
  virtual std::string read(const std::filesystem::path& file) const;
  /// Whole, or not at all: throws Error.
  virtual void write(const std::filesystem::path& file, std::string_view text) const;
  /// With all that is in it; what cannot be removed stays.
  virtual void remove(const std::filesystem::path& path) const;
};

const SharedFiles& usual_files();

}  // namespace phaseloom
