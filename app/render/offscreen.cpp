// SPDX-License-Identifier: MIT
#include <epoxy/egl.h>

#include "app/render/gl.hpp"
#include "app/render/read_pixels.hpp"
#include "app/render/surface.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

/// EGL display and context without any window system. The display is process-wide in EGL and is
/// never terminated: another surface may live on it.
class EglContext {
 public:
  EglContext() {
    display_ =
        eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (display_ == EGL_NO_DISPLAY || !eglInitialize(display_, nullptr, nullptr))
      fail("off-screen drawing: EGL offers no surfaceless display; is Mesa (libegl1) installed?");
    if (!eglBindAPI(EGL_OPENGL_API)) fail("off-screen drawing: EGL has no desktop OpenGL");
    const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION,
                                 3,
                                 EGL_CONTEXT_MINOR_VERSION,
                                 3,
                                 EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                 EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                 EGL_NONE};
    context_ = eglCreateContext(display_, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes);
    if (context_ == EGL_NO_CONTEXT)
      fail("off-screen drawing: no OpenGL 3.3 core context from EGL (error {:#x})", eglGetError());
    make_current();
  }
  ~EglContext() {
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display_, context_);
  }
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

  void make_current() const {
    if (!eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_))
      fail("off-screen drawing: cannot use the OpenGL context (error {:#x})", eglGetError());
  }

 private:
  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLContext context_ = EGL_NO_CONTEXT;
};

class OffscreenSurface final : public Surface {
 public:
  OffscreenSurface(Extent extent, float scale) {
    framebuffer_ = gl::make_framebuffer();
    colour_ = gl::make_renderbuffer();
    allocate(extent, scale);
  }
  ~OffscreenSurface() override { context_.make_current(); }  // for the owners of GL objects

  Extent framebuffer() const override { return extent_; }
  float content_scale() const override { return scale_; }
  void begin_frame() override {
    context_.make_current();
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
  }
  void end_frame() override { glFlush(); }
  Picture read_back() const override { return read_pixels(extent_); }
  void resize(Extent extent, float scale) override {
    context_.make_current();
    allocate(extent, scale);
  }

 private:
  void allocate(Extent extent, float scale) {
    GLint largest = 0;
    glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
    if (extent.width < 1 || extent.height < 1 || extent.width > largest || extent.height > largest)
      fail("off-screen drawing: size {}x{} is out of range; it goes from 1x1 to {}x{}",
           extent.width, extent.height, largest, largest);
    glBindRenderbuffer(GL_RENDERBUFFER, colour_.id());
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, extent.width, extent.height);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.id());
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_.id());
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
      fail("off-screen drawing: no framebuffer of {}x{} pixels", extent.width, extent.height);
    extent_ = extent;
    scale_ = scale;
  }

  EglContext context_;
  Extent extent_;
  float scale_ = 1;
  gl::Renderbuffer colour_;
  gl::Framebuffer framebuffer_;
};

}  // namespace

std::unique_ptr<Surface> make_offscreen_surface(Extent extent, float content_scale) {
  return std::make_unique<OffscreenSurface>(extent, content_scale);
}

}  // namespace phaseloom
