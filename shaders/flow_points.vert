#version 330 core
// One vertex per point of a cloud, where it is at a time between two rows of its positions.

uniform sampler2D positions;  // [time][point], (x, y)
uniform vec2 framebuffer;     // pixels
uniform vec3 plane;           // where (0, 0) is, pixels from the top left; pixels per unit
uniform float row;            // of the time
uniform float size;           // of a point, pixels

void main() {
  int before = int(row);
  int after = min(before + 1, textureSize(positions, 0).y - 1);
  vec2 p = mix(texelFetch(positions, ivec2(gl_VertexID, before), 0).xy,
               texelFetch(positions, ivec2(gl_VertexID, after), 0).xy, row - float(before));
  vec2 pixel = plane.xy + plane.z * vec2(p.x, -p.y);
  gl_Position = vec4(pixel / framebuffer * vec2(2, -2) + vec2(-1, 1), 0, 1);
  gl_PointSize = size;
}
