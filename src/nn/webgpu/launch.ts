/**
 * One compute dispatch of our own WGSL inside tfjs's command stream: the shader sees exactly the buffers that it
 * declares, several of which may be written. Knows no operation.
 */
import { tf } from '../tf.ts';

/** A tensor bound to a shader. */
export interface Binding {
  /** The WGSL variable. */
  readonly name: string;
  readonly tensor: tf.TensorInfo;
  /** How many values an element of the WGSL array holds: `f32`, `vec2<f32>` or `vec4<f32>`. Default 1. */
  readonly lanes?: Lanes;
}

export type Lanes = 1 | 2 | 4;

/** A dispatch: what it runs, on what, how often. */
export interface Dispatch {
  readonly name: string;
  /** Everything that `code` depends on besides the bindings: equal variants must mean equal code. */
  readonly variant: readonly (string | number | boolean)[];
  /** Bound for reading and writing; at least one. */
  readonly outputs: readonly [Binding, ...Binding[]];
  readonly inputs: readonly Binding[];
  /** Members of the WGSL variable `uniforms`. */
  readonly integers?: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  /** WGSL with an entry point `main`; bindings and uniforms are declared before it. */
  readonly code: () => string;
  readonly workgroups: readonly [number, number, number];
}

/**
 * What of tfjs's WebGPU backend (4.22) is used here; its published types call half of it private. Recording
 * keeps the backend's order of commands, its deferred submission, its timers and its care for buffers that a
 * pending command still needs.
 */
export interface Gpu {
  readonly device: GPUDevice;
  readonly pipelineCache: Record<string, GPUComputePipeline>;
  readonly tensorMap: { get(dataId: object): { values: unknown } };
  makeTensorInfo(shape: number[], dtype: 'float32'): tf.TensorInfo;
  uploadToGPU(dataId: object): void;
  recordAndSubmit(
    program: { pipeline: GPUComputePipeline; dispatch: readonly number[] },
    output: tf.TensorInfo,
    inputs: readonly tf.TensorInfo[],
    uniforms: readonly { type: 'uint32' | 'float32'; data: number[] }[],
  ): void;
}

/** Workgroups along one dimension that every adapter allows; loops in the shaders take up the rest. */
const MOST_WORKGROUPS = 65_535;

/** How many workgroups cover `count` items at `each` a workgroup, for shaders that loop where that is too many. */
export const covering = (count: number, each: number): number =>
  Math.min(MOST_WORKGROUPS, Math.max(1, Math.ceil(count / each)));

/** The widest element into which rows of `length` values can be cut. */
export const lanesOf = (length: number): Lanes => (length % 4 === 0 ? 4 : length % 2 === 0 ? 2 : 1);

/** WGSL type of an element. */
export const elementType = (lanes: Lanes): string => (lanes === 1 ? 'f32' : `vec${lanes}<f32>`);

/** Records one dispatch behind all that tfjs has recorded before. */
export function launch(gpu: Gpu, dispatch: Dispatch): void {
  const { outputs, inputs, integers = {}, floats = {}, workgroups } = dispatch;
  const [first, ...others] = [...outputs, ...inputs];
  for (const { tensor } of [first, ...others]) gpu.uploadToGPU(tensor.dataId);
  const own = [
    ...Object.values(integers).map((value) => ({ type: 'uint32' as const, data: [value] })),
    ...Object.values(floats).map((value) => ({ type: 'float32' as const, data: [value] })),
  ];
  const pipeline = pipelineOf(gpu, dispatch);
  gpu.recordAndSubmit({ pipeline, dispatch: workgroups }, flat(first), others.map(flat), own);
}

/** The tensor as a vector, whose shape and strides take two words among the uniforms whatever its rank. */
const flat = ({ tensor }: Binding): tf.TensorInfo => ({
  dataId: tensor.dataId,
  dtype: tensor.dtype,
  shape: [tf.util.sizeFromShape(tensor.shape)],
});

function pipelineOf(gpu: Gpu, dispatch: Dispatch): GPUComputePipeline {
  const { name, variant, outputs, inputs } = dispatch;
  const lanes = [...outputs, ...inputs].map((binding) => binding.lanes ?? 1);
  const key = `Studio${name}:${lanes.join('')}:${variant.join(',')}`;
  gpu.pipelineCache[key] ??= compile(gpu.device, dispatch);
  return gpu.pipelineCache[key];
}

function compile(device: GPUDevice, dispatch: Dispatch): GPUComputePipeline {
  const { name, outputs, inputs, code } = dispatch;
  const label = `Studio${name}`;
  const module = device.createShaderModule({ label, code: declarations(dispatch) + code() });
  // Said outright: a layout derived from the shader would lack the bindings that a variant does not look at.
  const types: GPUBufferBindingType[] = [
    ...outputs.map(() => 'storage' as const),
    ...inputs.map(() => 'read-only-storage' as const),
    'uniform',
  ];
  const entries = types.map((type, binding) => ({
    binding,
    // GPUShaderStage.COMPUTE, whose global is not declared in workers' types.
    visibility: 4,
    buffer: { type },
  }));
  const layout = device.createPipelineLayout({
    bindGroupLayouts: [device.createBindGroupLayout({ entries })],
  });
  return device.createComputePipeline({ label, layout, compute: { module, entryPoint: 'main' } });
}

/** The WGSL variables of all bindings, and `uniforms`. */
function declarations({ outputs, inputs, integers = {}, floats = {} }: Dispatch): string {
  const bindings = [...outputs, ...inputs];
  const variables = bindings.map(({ name, lanes = 1 }, i) => {
    const access = i < outputs.length ? 'read_write' : 'read';
    return `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${elementType(lanes)}>;`;
  });
  // tfjs puts these before the own ones: two constants, then size and stride of each tensor, the first one last.
  const leading = Array.from({ length: 2 + 2 * bindings.length }, (_, i) => `tfjs${i}: u32,`);
  const members = [
    ...leading,
    ...Object.keys(integers).map((member) => `${member}: u32,`),
    ...Object.keys(floats).map((member) => `${member}: f32,`),
  ];
  return `
struct Uniforms { ${members.join(' ')} }
${variables.join('\n')}
@group(0) @binding(${bindings.length}) var<uniform> uniforms: Uniforms;
`;
}

/** A new tensor for a kernel to fill. */
export const output = (gpu: Gpu, shape: readonly number[]): tf.TensorInfo =>
  gpu.makeTensorInfo([...shape], 'float32');

/**
 * Makes ready to overwrite a tensor in place. Values that tfjs keeps on the CPU from an earlier read would be out
 * of date, and so would those of a read still under way: the tensor's record forgets them, now and later.
 */
export function overwrite(gpu: Gpu, { dataId }: tf.TensorInfo): void {
  gpu.uploadToGPU(dataId);
  Object.defineProperty(gpu.tensorMap.get(dataId), 'values', {
    get: () => null,
    set: () => undefined,
    configurable: true,
  });
}
