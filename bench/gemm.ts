/** Single matrix products in the shapes of a training step, and each engine's peak. */
import { contenders, contestantOf, type Engine, type EngineSpec, tfjs, withEngines } from './engines.ts';
import { chosen, type Options, peakKey, type Report, type Row, race } from './harness.ts';
import { type GemmTask, gemmFlops } from './tasks.ts';

const REPEATS = 7;
const PEAK_REPEATS = 5;
const PEAK_SIZES = [512, 1024];

const product = (m: number, k: number, n: number, transposed: 'A' | 'B' | '' = ''): GemmTask => ({
  kind: 'gemm',
  m,
  k,
  n,
  transposeA: transposed === 'A',
  transposeB: transposed === 'B',
});

/** Three stacked passes through a generator's first layer and its two gradients; a middle one; the demo's. */
function shapes({ features, batch }: Options): Record<string, GemmTask> {
  const rows = 3 * batch;
  return {
    forward: product(rows, features, 1000),
    'gradient of input': product(rows, 1000, features, 'B'),
    'gradient of weights': product(features, rows, 1000, 'A'),
    middle: product(batch, 1000, 1000),
    demo: product(192, 88, 128),
  };
}

/** The operands as they lie in memory. */
const formula = ({ m, k, n, transposeA, transposeB }: GemmTask) =>
  `${transposeA ? `(${k}×${m})ᵀ` : `${m}×${k}`} · ${transposeB ? `(${n}×${k})ᵀ` : `${k}×${n}`}`;

/**
 * The most GFLOP/s that each engine reaches in a large square product, by `peakKey`, and a note that says so. The
 * machine's peak is the best of them; PyTorch's, where it runs, because it uses the CPU's widest vectors.
 */
export async function measurePeaks(
  engines: readonly Engine[],
): Promise<{ peaks: Map<string, number>; note: string }> {
  const peaks = new Map<string, number>();
  const parts: string[] = [];
  for (const { spec, prepare, run } of engines) {
    let best = { gflops: 0, size: 0 };
    for (const size of PEAK_SIZES) {
      const task = product(size, size, size);
      await prepare(task);
      for (let i = 0; i < PEAK_REPEATS; i++) {
        const gflops = gemmFlops(task) / (await run()) / 1e6;
        if (gflops > best.gflops) best = { gflops, size };
      }
    }
    peaks.set(peakKey(spec), best.gflops);
    const threads = `${spec.threads} thread${spec.threads > 1 ? 's' : ''}`;
    parts.push(`${spec.engine} ${threads} ${best.gflops.toFixed(1)} (${best.size}³)`);
  }
  return { peaks, note: `Peaks, GFLOP/s in the better of a 512³ and a 1024³ product: ${parts.join(', ')}.` };
}

/** Each shape by each engine; tfjs in plain JavaScript for the demo's shape only, unless asked for. */
export async function gemm(options: Options): Promise<Report> {
  const { specs, notes } = contenders({ ...options, cpu: false });
  const plain: EngineSpec[] = chosen([tfjs('cpu')], options.only);
  return withEngines([...specs, ...plain], async (engines) => {
    const fast = engines.slice(0, specs.length);
    const { peaks, note } = await measurePeaks(fast);
    const rows: Row[] = [];
    for (const [name, task] of Object.entries(shapes(options))) {
      const taking = name === 'demo' || options.cpu ? engines : fast;
      const contestants = taking.map((engine) => contestantOf(engine, task));
      const repeats = options.repeats ?? REPEATS;
      rows.push(
        ...(await race(contestants, { repeats, flops: gemmFlops(task), task: `${name} ${formula(task)}` })),
      );
    }
    return { bench: 'gemm', rows, peaks, notes: [note, ...notes] };
  });
}
