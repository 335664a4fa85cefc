#version 330 core
// Two vertices per stretch of a path from one row of positions to the next; the last one ends at
// the time itself. Older stretches are fainter.

uniform sampler2D positions;  // [time][point], (x, y)
uniform vec2 framebuffer;     // pixels
uniform vec3 plane;           // where (0, 0) is, pixels from the top left; pixels per unit
uniform float row;            // of the time
uniform float trail;          // rows after which a path has faded
uniform int paths;            // that are drawn ...
uniform int every;            // ... of every so many points

out float strength;

void main() {
  int stretch = gl_VertexID / 2;
  int point = stretch % paths * every;
  float at = min(float(stretch / paths + (gl_VertexID & 1)), row);
  int before = int(at);
  int after = min(before + 1, textureSize(positions, 0).y - 1);
  vec2 p = mix(texelFetch(positions, ivec2(point, before), 0).xy,
               texelFetch(positions, ivec2(point, after), 0).xy, at - float(before));
  vec2 pixel = plane.xy + plane.z * vec2(p.x, -p.y);
  gl_Position = vec4(pixel / framebuffer * vec2(2, -2) + vec2(-1, 1), 0, 1);
  strength = clamp(1.0 - (row - at) / trail, 0.0, 1.0);
}
