// SPDX-License-Identifier: MIT
#pragma once
// A shared file system as it is on a bad day, as one of its clients sees it: late, forgetful, and
// unsure of what it has done. What happens is a function of the seed and of how often was asked.

#include <chrono>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "engine/support/error.hpp"
#include "engine/sweep/shared_files.hpp"

namespace phaseloom::test {

class FlakyFiles : public SharedFiles {
 public:
  using Path = std::filesystem::path;
  explicit FlakyFiles(unsigned seed) : random_(seed) {}

  std::error_code list(const Path& folder, std::vector<std::string>& names) const override {
    wait();
    if (trouble()) return stale();
    std::vector<std::string> now;
    if (const auto error = SharedFiles::list(folder, now)) return error;
    const std::lock_guard lock(mutex_);
    auto& seen = listed_[folder];
    if (!often_locked()) seen = now;  // else what is new is seen later
    names = seen;
    return {};
  }

  Presence presence(const Path& path) const override {
    wait();
    if (trouble()) return Presence::unknown;
    const Presence now = SharedFiles::presence(path);
    const std::lock_guard lock(mutex_);
    const auto [seen, fresh] = seen_.emplace(path, Presence::missing);
    if (!often_locked()) seen->second = now;
    return seen->second;
  }

  std::error_code make_folder(const Path& folder) const override {
    wait();
    if (trouble()) return stale();
    const auto error = SharedFiles::make_folder(folder);
    if (!error && often())
      return std::make_error_code(std::errc::file_exists);  // it was sent twice
    if (!error && trouble()) return std::make_error_code(std::errc::io_error);
    return error;
  }

  std::error_code rename(const Path& from, const Path& to) const override {
    wait();
    if (trouble()) return stale();
    const auto error = SharedFiles::rename(from, to);
    if (error || !often()) return error;
    constexpr std::errc kAfterAll[] = {std::errc::no_such_file_or_directory, std::errc::file_exists,
                                       std::errc::directory_not_empty, std::errc::timed_out};
    const std::lock_guard lock(mutex_);
    return std::make_error_code(kAfterAll[random_() % std::size(kAfterAll)]);
  }

  std::string read(const Path& file) const override {
    wait();
    if (trouble()) return {};
    std::string now = SharedFiles::read(file);
    const std::lock_guard lock(mutex_);
    std::string& seen = read_[file];
    if (!often_locked()) seen = std::move(now);
    return seen;
  }

  void write(const Path& file, std::string_view text) const override {
    wait();
    if (trouble()) fail("{}: cannot write (made up)", file.string());
    SharedFiles::write(file, text);
    if (trouble()) fail("{}: cannot write (made up, but it was)", file.string());
  }

  void remove(const Path& path) const override {
    wait();
    if (!often()) SharedFiles::remove(path);
  }

 private:
  static std::error_code stale() { return {ESTALE, std::generic_category()}; }
  bool often_locked() const { return random_() % 8 == 0; }
  bool often() const {
    const std::lock_guard lock(mutex_);
    return often_locked();
  }
  /// It comes back after a while: never is it away for ever.
  bool trouble() const {
    constexpr int kMostInARow = 3;
    const std::lock_guard lock(mutex_);
    in_a_row_ = in_a_row_ < kMostInARow && random_() % 16 == 0 ? in_a_row_ + 1 : 0;
    return in_a_row_ > 0;
  }
  void wait() const {
    unsigned microseconds = 0;
    {
      const std::lock_guard lock(mutex_);
      microseconds = random_() % 8 == 0 ? static_cast<unsigned>(random_() % 3000) : 0;
    }
    if (microseconds > 0) std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  }

  mutable std::mutex mutex_;
  mutable std::mt19937 random_;
  mutable int in_a_row_ = 0;
  mutable std::map<Path, std::vector<std::string>> listed_;
  mutable std::map<Path, Presence> seen_;
  mutable std::map<Path, std::string> read_;
};

}  // namespace phaseloom::test
