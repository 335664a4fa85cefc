// SPDX-License-Identifier: MIT
#version 330 core
// Two vertices per stretch of a path from one row of positions to the next; the last one ends at
// the time itself. Older stretches are fainter.

layout(location = 0) in vec2 here;
layout(location = 1) in vec2 before;  // the same point one row earlier

uniform vec2 framebuffer;  // pixels
uniform vec3 plane;        // where (0, 0) is, pixels from the top left; pixels per unit
uniform float row;         // of the time
uniform float trail;       // rows after which a path has faded
uniform int points;        // in a row

out float strength;

void main() {
  float at = float(gl_VertexID / points);
  vec2 p = mix(here, before, max(at - row, 0.0));
  vec2 pixel = plane.xy + plane.z * vec2(p.x, -p.y);
  gl_Position = vec4(pixel / framebuffer * vec2(2, -2) + vec2(-1, 1), 0, 1);
  strength = clamp(1.0 - (row - min(at, row)) / trail, 0.0, 1.0);
}
