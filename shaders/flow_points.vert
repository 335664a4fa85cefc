// SPDX-License-Identifier: MIT
#version 330 core
// One vertex per point of a cloud, between where it is at two of its times.

layout(location = 0) in vec2 after;
layout(location = 1) in vec2 before;

uniform vec2 framebuffer;  // pixels
uniform vec3 plane;        // where (0, 0) is, pixels from the top left; pixels per unit
uniform float row;         // of the time; the whole rows have been chosen already
uniform float size;        // of a point, pixels

void main() {
  vec2 p = mix(before, after, fract(row));
  vec2 pixel = plane.xy + plane.z * vec2(p.x, -p.y);
  gl_Position = vec4(pixel / framebuffer * vec2(2, -2) + vec2(-1, 1), 0, 1);
  gl_PointSize = size;
}
