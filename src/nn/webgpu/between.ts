/**
 * The output of a leaky layer between two points, from its outputs at both, as a WebGPU kernel of one dispatch. Knows
 * no network.
 */
import type { FusedOps } from '../ops/contract.ts';
import { covering, type Gpu, launch, output } from './launch.ts';

const THREADS = 64;

/** The activation undone at both, mixed by the row's ε, and done again. */
export function between(
  gpu: Gpu,
  { outputs, epsilon }: FusedOps['Between']['inputs'],
  { slope }: FusedOps['Between']['attrs'],
) {
  const [rows, columns] = outputs.shape;
  const result = output(gpu, [rows / 2, columns]);
  const count = outputs.size / 2;
  const workgroups = covering(count, THREADS);
  launch(gpu, {
    name: 'Between',
    variant: [],
    outputs: [{ name: 'result', tensor: result }],
    inputs: [
      { name: 'known', tensor: outputs },
      { name: 'share', tensor: epsilon },
    ],
    integers: { count, columns, stride: workgroups * THREADS },
    floats: { slope },
    code: () => `
fn before(y: f32) -> f32 { return select(y / uniforms.slope, y, y > 0.0); }
@compute @workgroup_size(${THREADS}, 1, 1)
fn main(@builtin(global_invocation_id) thread: vec3<u32>) {
  for (var i = thread.x; i < uniforms.count; i += uniforms.stride) {
    let low = before(known[uniforms.count + i]);
    let z = low + share[i / uniforms.columns] * (before(known[i]) - low);
    result[i] = select(z * uniforms.slope, z, z > 0.0);
  }
}`,
    workgroups: [workgroups, 1, 1],
  });
  return result;
}
