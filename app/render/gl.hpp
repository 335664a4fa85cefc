// SPDX-License-Identifier: MIT
#pragma once
// The few OpenGL 3.3 core objects that we need, with owners. A context must be current.

#include <epoxy/gl.h>

#include <span>
#include <string_view>
#include <utility>

namespace phaseloom::gl {

/// Owner of one GL name; Deleter is called with it.
template <class Deleter>
class Owned {
 public:
  Owned() = default;
  explicit Owned(GLuint id) : id_(id) {}
  Owned(Owned&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  Owned& operator=(Owned&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Owned() {
    if (id_ != 0) Deleter()(id_);
  }
  GLuint id() const { return id_; }
  explicit operator bool() const { return id_ != 0; }

 private:
  GLuint id_ = 0;
};

struct DeleteTexture {
  void operator()(GLuint id) const { glDeleteTextures(1, &id); }
};
struct DeleteProgram {
  void operator()(GLuint id) const { glDeleteProgram(id); }
};
struct DeleteVertexArray {
  void operator()(GLuint id) const { glDeleteVertexArrays(1, &id); }
};
struct DeleteBuffer {
  void operator()(GLuint id) const { glDeleteBuffers(1, &id); }
};
struct DeleteFramebuffer {
  void operator()(GLuint id) const { glDeleteFramebuffers(1, &id); }
};
struct DeleteRenderbuffer {
  void operator()(GLuint id) const { glDeleteRenderbuffers(1, &id); }
};

using Texture = Owned<DeleteTexture>;
using Program = Owned<DeleteProgram>;
using VertexArray = Owned<DeleteVertexArray>;
using Buffer = Owned<DeleteBuffer>;
using Framebuffer = Owned<DeleteFramebuffer>;
using Renderbuffer = Owned<DeleteRenderbuffer>;

Texture make_texture();
VertexArray make_vertex_array();
Buffer make_buffer();
Framebuffer make_framebuffer();
Renderbuffer make_renderbuffer();

/// Links the embedded shaders NAME.vert and NAME.frag. Throws Error with the compiler's log.
Program make_program(std::string_view name);

}  // namespace phaseloom::gl
