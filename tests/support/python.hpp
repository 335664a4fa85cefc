// SPDX-License-Identifier: MIT
#pragma once
// Runs the scripts of tests/python, where a Python with numpy is installed.

#include <cstdio>
#include <optional>
#include <string>

namespace phaseloom {

struct ScriptResult {
  int status;
  std::string output;  // standard output and standard error
};

inline ScriptResult run_command(const std::string& command) {
  ScriptResult result{-1, ""};
  if (FILE* pipe = ::popen((command + " 2>&1").c_str(), "r")) {
    char block[4096];
    while (const std::size_t count = std::fread(block, 1, sizeof block, pipe))
      result.output.append(block, count);
    result.status = ::pclose(pipe);
  }
  return result;
}

/// The command of a Python that has numpy, or nothing. The system's own comes first: that is where
/// the Debian package python3-numpy lands.
inline std::optional<std::string> python_with_numpy() {
  for (const char* python : {"/usr/bin/python3", "python3"})
    if (run_command(std::string(python) + " -c 'import numpy'").status == 0) return python;
  return std::nullopt;
}

}  // namespace phaseloom

#define PHASELOOM_NEED_NUMPY(python)                    \
  const auto python = ::phaseloom::python_with_numpy(); \
  if (!python) GTEST_SKIP() << "needs numpy: apt install python3-numpy"
