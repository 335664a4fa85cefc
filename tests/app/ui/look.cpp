// SPDX-License-Identifier: MIT
// Runs a script on the test model and writes its pictures: for the eye of who works on the window.
//   ui_look SCRIPT OUT

#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>

#include "app/session/script.hpp"
#include "app/ui/frame/offscreen_host.hpp"
#include "tests/app/ui/test_model.hpp"

int main(int argc, char** argv) {
  using namespace phaseloom;
  if (argc != 3) return std::fprintf(stderr, "usage: ui_look SCRIPT OUT\n"), 2;
  try {
    std::ifstream file(argv[1]);
    const std::string script(std::istreambuf_iterator<char>(file), {});
    Session session(test_session_options());
    const auto host = make_offscreen_host(1440, 900, 1);
    for (const auto& path : run_script(session, *host, script, argv[1], argv[2]).files)
      std::printf("%s\n", path.c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ui_look: %s\n", error.what());
    return 2;
  }
}
