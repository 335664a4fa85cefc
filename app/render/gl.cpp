// SPDX-License-Identifier: MIT
#include "app/render/gl.hpp"

#include <array>
#include <cassert>
#include <string>

#include "app/render/embedded.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

std::string_view shader_text(std::string_view name) {
  for (const EmbeddedFile& file : embedded_shaders())
    if (file.name == name) return file.text;
  assert(false && "no such shader");
  return {};
}

namespace gl {
namespace {

GLuint compile(GLenum stage, const std::string& name) {
  const std::string_view text = shader_text(name);
  const char* data = text.data();
  const GLint length = static_cast<GLint>(text.size());
  const GLuint shader = glCreateShader(stage);
  glShaderSource(shader, 1, &data, &length);
  glCompileShader(shader);
  GLint ok = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (!ok) {
    std::array<char, 2048> log{};
    glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), nullptr, log.data());
    glDeleteShader(shader);
    fail("shader {}: {}", name, log.data());
  }
  return shader;
}

}  // namespace

Texture make_texture() {
  GLuint id = 0;
  glGenTextures(1, &id);
  return Texture(id);
}

VertexArray make_vertex_array() {
  GLuint id = 0;
  glGenVertexArrays(1, &id);
  return VertexArray(id);
}

Buffer make_buffer() {
  GLuint id = 0;
  glGenBuffers(1, &id);
  return Buffer(id);
}

Framebuffer make_framebuffer() {
  GLuint id = 0;
  glGenFramebuffers(1, &id);
  return Framebuffer(id);
}

Renderbuffer make_renderbuffer() {
  GLuint id = 0;
  glGenRenderbuffers(1, &id);
  return Renderbuffer(id);
}

Program make_program(std::string_view name) {
  Program program(glCreateProgram());
  const GLuint vertex = compile(GL_VERTEX_SHADER, std::string(name) + ".vert");
  const GLuint fragment = compile(GL_FRAGMENT_SHADER, std::string(name) + ".frag");
  glAttachShader(program.id(), vertex);
  glAttachShader(program.id(), fragment);
  glLinkProgram(program.id());
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  GLint ok = 0;
  glGetProgramiv(program.id(), GL_LINK_STATUS, &ok);
  if (!ok) {
    std::array<char, 2048> log{};
    glGetProgramInfoLog(program.id(), static_cast<GLsizei>(log.size()), nullptr, log.data());
    fail("shader program {}: {}", name, log.data());
  }
  return program;
}

}  // namespace gl
}  // namespace phaseloom
