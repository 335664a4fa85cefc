// SPDX-License-Identifier: MIT
#version 330 core
// One triangle that covers the whole target; no vertex buffer.

void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0, 1);
}
