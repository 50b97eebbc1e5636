/**
 * Puts the map's points on a canvas by WebGL 2, with the same images of marks as the 2-D canvas, all panels on one
 * context: copying from one out of sight to a canvas a panel took 90 ms of script for 50,000 points where WebGL is
 * emulated, drawing in place takes two. Points lie in two buffers, where they were and where they are, between which the
 * graphics processor moves them. Takes any canvas; knows nothing of the page.
 */
import type { MapContent } from './map.ts';
import { type DrawingOrder, drawingOrder, isOrderOf, MARK_BYTES, marksOf, positionsOf } from './mapBatch.ts';
import type { Lighting } from './mapLighting.ts';
import { imageOf, type MarkSet } from './mapMarks.ts';
import {
  type MapPainter,
  PASSES,
  type PanelScene,
  REAL_GROUPS,
  SYNTHETIC_GROUPS,
  showSameReal,
} from './paintMap.ts';
import { GROUPS, type Group } from './palette.ts';

const VERTEX = `#version 300 es
layout(location = 0) in vec2 was;
layout(location = 1) in vec2 is;
// Class + 1, group, standing, emphasis.
layout(location = 2) in uvec4 mark;
// The corner of a mark at the map's origin, pixels a unit, side of the panel.
uniform vec4 view;
uniform float share;
uniform float side;
uniform uint panel;
uniform uint hidden;
uniform bool selected;
flat out ivec2 corner;
void main() {
  bool seen = (mark.x == 0u || mark.x == panel) && ((hidden >> mark.y) & 1u) == 0u && (mark.w >= 2u) == selected;
  // To whole pixels, as images are stamped: else marks would be blurred.
  vec2 at = floor(view.xy + mix(was, is, share) * vec2(view.z, -view.z) + 0.5) + 0.5 * side;
  vec2 clip = 2.0 * at / view.w - 1.0;
  gl_Position = seen ? vec4(clip.x, -clip.y, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = side;
  corner = ivec2(int(mark.w) * ${imageOf(1, 0)} + int(mark.z), int(mark.y)) * int(side);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
uniform sampler2D marks;
uniform float side;
flat in ivec2 corner;
out vec4 colour;
void main() {
  colour = texelFetch(marks, corner + ivec2(gl_PointCoord * side), 0);
  if (colour.a == 0.0) discard;
}`;

const UNIFORMS = ['view', 'share', 'side', 'panel', 'hidden', 'selected'] as const;
type Uniforms = Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;

/** A program, or null where the shaders do not compile here. */
function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    // None where the context is lost by now: the program is then not linked either.
    if (!shader) continue;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  // Not written as a plain call: to the linter the name is that of a hook of React's.
  gl.useProgram.call(gl, program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

/** Names of drivers that compute pictures on the processor. */
const EMULATORS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether there is no graphics processor behind the context: not every browser says so when it is asked for none such. */
function isEmulated(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return EMULATORS.test(String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

/** Groups whose points lie in buffers together; each change of theirs is sent once. */
class Batch {
  readonly #gl: WebGL2RenderingContext;
  readonly #groups: readonly Group[];
  readonly #array: WebGLVertexArrayObject | null;
  readonly #marks: WebGLBuffer | null;
  /** Where points were and where they are; which is which changes. */
  #was: WebGLBuffer | null;
  #is: WebGLBuffer | null;
  #wasOf: MapContent | null = null;
  #isOf: MapContent | null = null;
  #order: DrawingOrder | null = null;
  #lit: Lighting | null = null;

  constructor(gl: WebGL2RenderingContext, groups: readonly Group[]) {
    this.#gl = gl;
    this.#groups = groups;
    this.#array = gl.createVertexArray();
    this.#marks = gl.createBuffer();
    this.#was = gl.createBuffer();
    this.#is = gl.createBuffer();
  }

  #same(a: MapContent | null, b: MapContent): boolean {
    return a !== null && this.#groups.every((group) => a.groups[group] === b.groups[group]);
  }

  #send(buffer: WebGLBuffer | null, data: Float32Array | Uint8Array): void {
    this.#gl.bindBuffer(this.#gl.ARRAY_BUFFER, buffer);
    this.#gl.bufferData(this.#gl.ARRAY_BUFFER, data, this.#gl.DYNAMIC_DRAW);
  }

  #point(location: number, buffer: WebGLBuffer | null): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
  }

  /** Brings the buffers up to what is to be shown, and leaves them bound. Returns the number of points. */
  prepare(content: MapContent, from: MapContent | null, lit: Lighting | null): number {
    const gl = this.#gl;
    gl.bindVertexArray(this.#array);
    if (!this.#order || !isOrderOf(this.#order, content)) {
      this.#order = drawingOrder(content, this.#groups, PASSES);
      this.#isOf = null;
      this.#wasOf = null;
    }
    const fresh = !this.#same(this.#isOf, content);
    if (fresh) {
      // What was newest until now is mostly what points come from.
      [this.#was, this.#is] = [this.#is, this.#was];
      this.#wasOf = this.#isOf;
      this.#send(this.#is, positionsOf(this.#order, content));
      this.#isOf = content;
    }
    const origin = from && isOrderOf(this.#order, from) ? from : content;
    if (!this.#same(this.#wasOf, origin)) {
      this.#send(this.#was, positionsOf(this.#order, origin));
      this.#wasOf = origin;
    }
    if (fresh || this.#lit !== lit) {
      this.#send(this.#marks, marksOf(this.#order, content, lit));
      this.#lit = lit;
      gl.enableVertexAttribArray(2);
      gl.vertexAttribIPointer(2, MARK_BYTES, gl.UNSIGNED_BYTE, 0, 0);
    }
    this.#point(0, this.#was);
    this.#point(1, this.#is);
    return this.#order.index.length;
  }
}

/** The picture of the real points, which stand still while samples move: it is drawn anew only where it must be. */
class Layer {
  readonly #gl: WebGL2RenderingContext;
  readonly #frame: WebGLFramebuffer | null;
  readonly #picture: WebGLRenderbuffer | null;
  /** By class, what the panel's part of the picture shows. */
  readonly #painted = new Map<number, PanelScene>();

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#frame = gl.createFramebuffer();
    this.#picture = gl.createRenderbuffer();
  }

  resize(width: number, height: number): void {
    const gl = this.#gl;
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.#picture);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.RGBA8, width, height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#frame);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, this.#picture);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    this.#painted.clear();
  }

  /** Puts the part of a panel, from `(x, y)` upwards, on the canvas; `draw` draws it where it is out of date. */
  show(scene: PanelScene, x: number, y: number, draw: () => void): void {
    const gl = this.#gl;
    const { k, size } = scene;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#frame);
    if (!showSameReal(this.#painted.get(k), scene)) {
      gl.clear(gl.COLOR_BUFFER_BIT);
      draw();
      this.#painted.set(k, scene);
    }
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null);
    const edges = [x, y, x + size, y + size] as const;
    gl.blitFramebuffer(...edges, ...edges, gl.COLOR_BUFFER_BIT, gl.NEAREST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }
}

/** Paints the panels of a map on one WebGL 2 context. */
export class GlPainter implements MapPainter {
  readonly moves = true;
  readonly #canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #uniforms: Uniforms;
  readonly #real: Batch;
  readonly #synthetic: Batch;
  readonly #layer: Layer;
  #marks: MarkSet | null = null;
  /** Passed by the graphics processor once the last picture is done. */
  #fence: WebGLSync | null = null;

  private constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext, program: WebGLProgram) {
    this.#canvas = canvas;
    this.#gl = gl;
    const at = UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]);
    this.#uniforms = Object.fromEntries(at) as Uniforms;
    this.#real = new Batch(gl, REAL_GROUPS);
    this.#synthetic = new Batch(gl, SYNTHETIC_GROUPS);
    this.#layer = new Layer(gl);
    gl.enable(gl.SCISSOR_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.clearColor(0, 0, 0, 0);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  }

  /**
   * A painter of a canvas that has no context yet, or null where WebGL 2 is not to be had; `emulated`: one that is
   * computed on the processor will do.
   */
  static create(canvas: HTMLCanvasElement, { emulated }: { readonly emulated: boolean }): GlPainter | null {
    const gl = canvas.getContext('webgl2', {
      antialias: false,
      depth: false,
      // Panels may be painted in different frames: what the others show must stay.
      preserveDrawingBuffer: true,
      failIfMajorPerformanceCaveat: !emulated,
    });
    if (gl && !emulated && isEmulated(gl)) {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      return null;
    }
    const program = gl && link(gl);
    return gl && program && new GlPainter(canvas, gl, program);
  }

  get busy(): boolean {
    const gl = this.#gl;
    return this.#fence !== null && gl.getSyncParameter(this.#fence, gl.SYNC_STATUS) === gl.UNSIGNALED;
  }

  resize(width: number, height: number): void {
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#layer.resize(width, height);
  }

  /** Gives the context back: a page may have few of them. */
  close(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  paint(scene: PanelScene): void {
    const { size, content, from, lit } = scene;
    const gl = this.#gl;
    const x = scene.left;
    const y = this.#canvas.height - scene.top - size;
    gl.viewport(x, y, size, size);
    gl.scissor(x, y, size, size);
    this.#loadMarks(scene.marks);
    this.#setUniforms(scene);
    this.#layer.show(scene, x, y, () => this.#draw(this.#real.prepare(content, null, lit), false));
    this.#draw(this.#synthetic.prepare(content, from, lit), false);
    if (lit) {
      this.#draw(this.#real.prepare(content, null, lit), true);
      this.#draw(this.#synthetic.prepare(content, from, lit), true);
    }
    gl.deleteSync(this.#fence);
    this.#fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  #draw(points: number, selected: boolean): void {
    this.#gl.uniform1i(this.#uniforms.selected, selected ? 1 : 0);
    if (points > 0) this.#gl.drawArrays(this.#gl.POINTS, 0, points);
  }

  #setUniforms({ k, view, size, hidden, marks, share }: PanelScene): void {
    const gl = this.#gl;
    const scale = size / (2 * view.half);
    const left = (view.half - view.x) * scale - marks.side / 2;
    const top = (view.half + view.y) * scale - marks.side / 2;
    const bits = GROUPS.reduce((sum, group, g) => sum | (hidden.has(group) ? 1 << g : 0), 0);
    gl.uniform4f(this.#uniforms.view, left, top, scale, size);
    gl.uniform1f(this.#uniforms.share, share);
    gl.uniform1f(this.#uniforms.side, marks.side);
    gl.uniform1ui(this.#uniforms.panel, k + 1);
    gl.uniform1ui(this.#uniforms.hidden, bits);
  }

  /** All images of marks on one texture: a row a group, a column an emphasis and standing. */
  #loadMarks(marks: MarkSet): void {
    if (this.#marks === marks) return;
    this.#marks = marks;
    const { side, images } = marks;
    const gl = this.#gl;
    const columns = images[GROUPS[0]].length;
    gl.texImage2D(
      gl.TEXTURE_2D,
      0,
      gl.RGBA,
      columns * side,
      GROUPS.length * side,
      0,
      gl.RGBA,
      gl.UNSIGNED_BYTE,
      null,
    );
    GROUPS.forEach((group, row) => {
      images[group].forEach((image, column) => {
        gl.texSubImage2D(gl.TEXTURE_2D, 0, column * side, row * side, gl.RGBA, gl.UNSIGNED_BYTE, image);
      });
    });
  }
}
