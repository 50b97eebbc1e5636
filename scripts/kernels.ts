/**
 * Compiles the kernel module (AssemblyScript, `src/kernels/assembly`) for what engines offer and writes it, as base64,
 * to `src/kernels/compiled.ts`, which is not kept in version control. Runs after every installation and before tests.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

const SOURCES = 'src/kernels/assembly';
const OUTPUT = 'src/kernels/compiled.ts';

/** Of everything the output depends on; it stands in its first line. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = readdirSync(SOURCES).sort();
  for (const file of [...files.map((name) => join(SOURCES, name)), 'scripts/kernels.ts']) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Below this address stands what the compiler lays out; the heap begins above it. */
const MEMORY_BASE = 1024;

async function compile(relaxed: boolean, shared: boolean): Promise<string> {
  const files = new Map<string, Uint8Array | string>();
  const features = ['simd', ...(relaxed ? ['relaxed-simd'] : []), ...(shared ? ['threads'] : [])];
  const { error, stderr } = await main(
    [
      `${SOURCES}/index.ts`,
      '--outFile=kernels.wasm',
      '-O3',
      '--noAssert',
      '--runtime=minimal',
      '--importMemory',
      '--noExportMemory',
      '--initialMemory=32',
      `--memoryBase=${MEMORY_BASE}`,
      ...features.flatMap((feature) => ['--enable', feature]),
      ...(shared ? ['--sharedMemory', '--maximumMemory=65536'] : []),
    ],
    { writeFile: (name, contents) => void files.set(name, contents) },
  );
  const binary = files.get('kernels.wasm');
  if (error || !(binary instanceof Uint8Array))
    throw new Error(`${error?.message ?? 'no output'}\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}

const level = async (relaxed: boolean) => ({
  own: await compile(relaxed, false),
  shared: await compile(relaxed, true),
});

const mark = `// ${fingerprint()}\n`;
if (!existsSync(OUTPUT) || !readFileSync(OUTPUT, 'utf8').startsWith(mark)) {
  const compiled = { relaxed: await level(true), simd: await level(false) };
  writeFileSync(
    OUTPUT,
    `${mark}/** The kernel module, compiled by \`npm run kernels\`: base64 by SIMD level, for an own and a shared memory. */
export const COMPILED = ${JSON.stringify(compiled, null, 2)} as const;
`,
  );
}
