// SPDX-License-Identifier: MIT
// Writes a property of the X server's root window, for tests of the real window:
//   root_property NAME string TEXT | root_property NAME window NUMBER

#include <X11/Xatom.h>
#include <X11/Xlib.h>

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  if (argc != 4) return std::fprintf(stderr, "usage: root_property NAME TYPE VALUE\n"), 2;
  Display* display = XOpenDisplay(nullptr);
  if (!display) return std::fprintf(stderr, "root_property: no display\n"), 2;
  const Window root = DefaultRootWindow(display);
  const Atom name = XInternAtom(display, argv[1], False);
  const std::string value = argv[3];
  if (argv[2] == std::string("window")) {
    const unsigned long number = std::stoul(value, nullptr, 0);
    XChangeProperty(display, root, name, XA_WINDOW, 32, PropModeReplace,
                    reinterpret_cast<const unsigned char*>(&number), 1);
  } else {
    XChangeProperty(display, root, name, XA_STRING, 8, PropModeReplace,
                    reinterpret_cast<const unsigned char*>(value.data()),
                    static_cast<int>(value.size()));
  }
  // What a client has made goes with it, but properties of the root window are the server's.
  XCloseDisplay(display);
  return 0;
}
