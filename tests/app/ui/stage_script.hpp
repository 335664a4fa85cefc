// SPDX-License-Identifier: MIT
#pragma once
// Scripts that a window draws, for the tests of what stages write.

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "app/session/script.hpp"
#include "app/ui/frame/offscreen_host.hpp"
#include "engine/support/error.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {

class StageScript : public testing::Test {
 protected:
  explicit StageScript(SessionOptions options) : options_(std::move(options)) {}

  /// What it writes is in `folder`, its last message in `said`.
  void run(const std::string& script) {
    Session session(options_);
    const auto host = make_offscreen_host(1024, 640, 1);
    run_script(session, *host, script, "script", folder.path());
    said = session.snapshot()->messages->empty() ? "" : session.snapshot()->messages->back().text;
  }
  std::string error_of(const std::string& script) {
    try {
      run(script);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder;
  std::string said;

 private:
  const SessionOptions options_;
};

}  // namespace phaseloom
