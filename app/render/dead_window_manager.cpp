// SPDX-License-Identifier: MIT
#include "app/render/dead_window_manager.hpp"

#include <X11/Xatom.h>
#include <X11/Xlib.h>

#include <cstdlib>
#include <memory>

namespace phaseloom {
namespace {

struct CloseDisplay {
  void operator()(Display* display) const { XCloseDisplay(display); }
};
struct FreeX {
  void operator()(unsigned char* data) const { XFree(data); }
};

bool window_is_gone = false;

/// Xlib's handlers are plain functions for the whole process.
int note_bad_window(Display*, XErrorEvent* error) {
  window_is_gone = window_is_gone || error->error_code == BadWindow;
  return 0;
}

/// The window that a property names; None if there is no such property.
Window named_window(Display* display, Window of, Atom property) {
  Atom type = None;
  int format = 0;
  unsigned long items = 0, left = 0;
  unsigned char* data = nullptr;
  XGetWindowProperty(display, of, property, 0, 1, False, XA_WINDOW, &type, &format, &items, &left,
                     &data);
  const std::unique_ptr<unsigned char, FreeX> owner(data);
  return type == XA_WINDOW && format == 32 && items == 1 ? *reinterpret_cast<Window*>(data) : None;
}

}  // namespace

void forget_dead_window_manager() {
  const std::unique_ptr<Display, CloseDisplay> display(XOpenDisplay(nullptr));
  if (!display) return;
  const Window root = DefaultRootWindow(display.get());
  const Atom mark = XInternAtom(display.get(), "_NET_SUPPORTING_WM_CHECK", True);
  if (mark == None) return;
  const Window manager = named_window(display.get(), root, mark);
  if (manager == None) return;
  window_is_gone = false;
  const auto before = XSetErrorHandler(note_bad_window);
  named_window(display.get(), manager, mark);
  XSync(display.get(), False);
  XSetErrorHandler(before);
  if (!window_is_gone) return;
  XDeleteProperty(display.get(), root, mark);
  XSync(display.get(), False);
}

}  // namespace phaseloom
