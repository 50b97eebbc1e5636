/**
 * Matrix products in WGSL: tiles in workgroup memory, 4 × 4 values a thread, operands read (and masked) and
 * results finished by whatever the operation says, so that an operation is one dispatch. Knows no layer.
 */
import type { tf } from '../tf.ts';
import { type Binding, elementType, type Gpu, type Lanes, lanesOf, launch } from './launch.ts';

/** Along which dimension an operand's rows lie in memory: the inner one, or the one of the result. */
type Along = 'inner' | 'outer';

/** An operand as it is stored: `[rows, columns]`, row-major. */
export interface Operand {
  readonly along: Along;
  readonly rows: number;
  readonly columns: number;
  readonly bindings: readonly [Binding, ...Binding[]];
  /** WGSL of the value where the bound arrays are indexed by `i`, as `x[i]` or `dy[i] * derivative(y[i])`. */
  readonly value: string;
  /** Whether a column of ones stands behind the last; what lies farther outside is zero. */
  readonly ones?: boolean;
}

/** C = finish(A B), `[height, width]`, with the inner dimension `depth`. */
export interface Product {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly left: Operand;
  readonly right: Operand;
  readonly result: tf.TensorInfo;
  /** What the snippets depend on, for the pipeline's key. */
  readonly variant: readonly (string | number | boolean)[];
  /** WGSL functions that the values of operands and factor, and `finish`, call. */
  readonly functions: () => string;
  /** A matrix of the result's shape, as `finish` may read it by `fetchFactor(row, column)`. */
  readonly factor?: Pick<Operand, 'bindings' | 'value'>;
  /**
   * WGSL of what is stored in place of `value`, a `vec4<f32>` of the product at `row`, `column`…`column + 3`. It
   * may call `fetchRight`. Only where `right` lies along `outer`.
   */
  readonly finish?: string;
  readonly floats: Readonly<Record<string, number>>;
}

/** How a product is cut up: threads across and down (4 × 4 values each), slices of the inner dimension. */
export interface Tiling {
  readonly across: number;
  readonly down: number;
  /** Groups of `across × down` threads that share the inner dimension of one tile. */
  readonly slices: number;
  /** Inner values that a slice holds at a time; a multiple of 4. */
  readonly step: number;
}

/** Tiles from which a GPU is busy enough with large ones. */
const MANY_TILES = 128;

/**
 * Large tiles read least, but a small result has too few of them: it takes small ones, whose long inner dimension
 * is divided among groups of threads; so do results of a few columns.
 */
export function tilingOf(height: number, width: number, depth: number, left: Along): Tiling {
  if (width <= 4) {
    return left === 'inner'
      ? { across: 1, down: 1, slices: depth > 64 ? 64 : 16, step: 4 }
      : { across: 1, down: 8, slices: 16, step: 4 };
  }
  const step = depth <= 4 ? 4 : depth <= 8 ? 8 : 16;
  if (Math.ceil(height / 64) * Math.ceil(width / 64) >= MANY_TILES) {
    return { across: 16, down: 16, slices: 1, step };
  }
  if (depth >= 64) return { across: 8, down: 8, slices: 4, step: 8 };
  return { across: 8, down: 8, slices: 1, step };
}

/** Workgroup memory of a tile, in `vec4<f32>`: rows of the left and of the right operand, the whole of a slice. */
export function tileMemory({ across, down, slices, step }: Tiling, left: Along, right: Along) {
  // A longer row along the inner dimension gets one element more, so that reads down a column spread over the banks.
  const row = (along: Along, threads: number) => (along === 'outer' ? threads : step > 4 ? step / 4 + 1 : 1);
  const size = (along: Along, threads: number) =>
    row(along, threads) * (along === 'inner' ? 4 * threads : step);
  const [leftSize, rightSize] = [size(left, down), size(right, across)];
  // In the end each thread puts a row of its sums where the tiles were.
  const sums = slices > 1 ? slices * across * down : 0;
  return {
    leftRow: row(left, down),
    rightRow: row(right, across),
    leftSize,
    rightSize,
    total: Math.max(slices * (leftSize + rightSize), sums),
  };
}

/** Records the product as one dispatch. */
export function multiply(gpu: Gpu, product: Product): void {
  const { name, height, width, depth, left, right, result, variant, factor, floats } = product;
  const tiling = tilingOf(height, width, depth, left.along);
  const { across, down, slices, step } = tiling;
  const resultLanes = right.along === 'outer' ? lanesOf(width) : 1;
  launch(gpu, {
    name,
    variant: [...variant, left.along, right.along, across, down, slices, step],
    outputs: [{ name: 'result', tensor: result, lanes: resultLanes }],
    inputs: [...left.bindings, ...right.bindings, ...(factor?.bindings ?? [])],
    integers: {
      height,
      width,
      depth,
      leftRows: left.rows,
      leftColumns: left.columns,
      rightRows: right.rows,
      rightColumns: right.columns,
    },
    floats,
    code: () => productCode(product, tiling, resultLanes),
    workgroups: [Math.ceil(width / (4 * across)), Math.ceil(height / (4 * down)), 1],
  });
}

const MEMBERS = ['x', 'y', 'z', 'w'];

/** `fetch<name>(row, column)`: four values of a stored row from a column divisible by 4, zeros outside. */
function fetch(
  name: string,
  operand: Omit<Operand, 'rows' | 'columns' | 'along'>,
  rows: string,
  columns: string,
) {
  const { value, ones, bindings } = operand;
  const { lanes = 1 } = bindings[0];
  const parts = Array.from({ length: 4 / lanes }, (_, part) => {
    const members = MEMBERS.slice(part * lanes, (part + 1) * lanes);
    const copies = members.map((to, i) => `values.${to} = part${lanes === 1 ? '' : `.${MEMBERS[i]}`};`);
    return `if (column + ${part * lanes}u < ${columns}) {
    let part = value${name}(first + ${part}u);
    ${copies.join(' ')}
  }`;
  });
  const column = `values = select(values, vec4<f32>(1.0), vec4<u32>(column) + vec4<u32>(0, 1, 2, 3) == vec4<u32>(${columns}));`;
  return `
fn value${name}(i: u32) -> ${elementType(lanes)} { return ${value}; }
fn fetch${name}(row: u32, column: u32) -> vec4<f32> {
  var values = vec4<f32>();
  if (row >= ${rows}) { return values; }
  let first = (row * ${columns} + column) / ${lanes}u;
  ${parts.join('\n  ')}
  ${ones ? column : ''}
  return values;
}`;
}

function productCode(product: Product, tiling: Tiling, resultLanes: Lanes): string {
  const { left, right, factor, functions } = product;
  const { across, down, slices, step } = tiling;
  const memory = tileMemory(tiling, left.along, right.along);
  return `
${functions()}
${fetch('Left', left, 'uniforms.leftRows', 'uniforms.leftColumns')}
${fetch('Right', right, 'uniforms.rightRows', 'uniforms.rightColumns')}
${factor ? fetch('Factor', factor, 'uniforms.height', 'uniforms.width') : ''}
${store(product, resultLanes, across)}

var<workgroup> tiles: array<vec4<f32>, ${memory.total}>;

@compute @workgroup_size(${across}, ${down}, ${slices})
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let thread = local.y * ${across}u + local.x;
  let top = workgroup.y * ${4 * down}u;
  let start = workgroup.x * ${4 * across}u;
  let leftTile = local.z * ${memory.leftSize + memory.rightSize}u;
  let rightTile = leftTile + ${memory.leftSize}u;
  var sum0 = vec4<f32>();
  var sum1 = vec4<f32>();
  var sum2 = vec4<f32>();
  var sum3 = vec4<f32>();
  for (var begin = 0u; begin < uniforms.depth; begin += ${step * slices}u) {
    let inner = begin + local.z * ${step}u;
    ${load('Left', left.along, down, memory.leftRow, tiling)}
    ${load('Right', right.along, across, memory.rightRow, tiling)}
    workgroupBarrier();
    for (var k = 0u; k < ${step / 4}u; k++) {
      ${accumulate(left.along, right.along, tiling, memory)}
    }
    workgroupBarrier();
  }
  let row = top + local.y * 4u;
  let column = start + local.x${right.along === 'outer' ? ' * 4u' : ''};
  let sums = array<vec4<f32>, 4>(sum0, sum1, sum2, sum3);
  ${slices > 1 ? storeSlices(tiling) : 'for (var i = 0u; i < 4u; i++) { store(row + i, column, sums[i]); }'}
}`;
}

/** A slice's threads bring in its part of a tile. */
function load(side: 'Left' | 'Right', along: Along, threads: number, row: number, tiling: Tiling): string {
  const { across, down, step } = tiling;
  const perRow = along === 'inner' ? step / 4 : threads;
  const count = perRow * (along === 'inner' ? 4 * threads : step);
  const outer = side === 'Left' ? 'top' : 'start';
  const address =
    along === 'inner' ? `${outer} + line, inner + 4u * unit` : `inner + line, ${outer} + 4u * unit`;
  return `for (var u = thread; u < ${count}u; u += ${across * down}u) {
      let line = u / ${perRow}u;
      let unit = u % ${perRow}u;
      tiles[${side.toLowerCase()}Tile + line * ${row}u + unit] = fetch${side}(${address});
    }`;
}

/** Four inner values of the tile: 4 × 4 values of the result a thread, 64 products. */
function accumulate(
  left: Along,
  right: Along,
  { across }: Tiling,
  { leftRow, rightRow }: ReturnType<typeof tileMemory>,
): string {
  const four = [0, 1, 2, 3];
  const lines: string[] = [];
  for (const i of four) {
    const inLeft =
      left === 'inner'
        ? `(local.y * 4u + ${i}u) * ${leftRow}u + k`
        : `(k * 4u + ${i}u) * ${leftRow}u + local.y`;
    lines.push(`let a${i} = tiles[leftTile + ${inLeft}];`);
    // Along the inner dimension a thread takes columns `across` apart: its neighbours then read other banks.
    const inRight =
      right === 'inner'
        ? `(local.x + ${i * across}u) * ${rightRow}u + k`
        : `(k * 4u + ${i}u) * ${rightRow}u + local.x`;
    lines.push(`let ${right === 'inner' ? 'c' : 'b'}${i} = tiles[rightTile + ${inRight}];`);
  }
  if (right === 'inner') {
    for (const k of four) {
      lines.push(`let b${k} = vec4<f32>(${four.map((column) => `c${column}.${MEMBERS[k]}`).join(', ')});`);
    }
  }
  for (const row of four) {
    const factor = (k: number) => (left === 'inner' ? `a${row}.${MEMBERS[k]}` : `a${k}.${MEMBERS[row]}`);
    for (const k of four) lines.push(`sum${row} += b${k} * ${factor(k)};`);
  }
  return lines.join('\n      ');
}

/** Adds the slices' sums where the tiles were, row by row; the slice of the row's number has the total. */
const storeSlices = ({ across, down, slices }: Tiling): string => `
  for (var i = 0u; i < 4u; i++) {
    tiles[local.z * ${across * down}u + thread] = sums[i];
    workgroupBarrier();
    if (local.z == i) {
      var total = vec4<f32>();
      for (var slice = 0u; slice < ${slices}u; slice++) { total += tiles[slice * ${across * down}u + thread]; }
      store(row + i, column, total);
    }
    workgroupBarrier();
  }`;

/** `store(row, column, value)`: four values of the result, as far as they lie inside. */
function store({ right, finish = 'value' }: Product, lanes: Lanes, across: number): string {
  const apart = right.along === 'inner' ? across : 1;
  const writes = Array.from({ length: 4 / lanes }, (_, part) => {
    const members = MEMBERS.slice(part * lanes, (part + 1) * lanes).join('');
    const column = `column + ${part * lanes * apart}u`;
    return `if (${column} < uniforms.width) {
    result[(row * uniforms.width + ${column}) / ${lanes}u] = finished.${members};
  }`;
  });
  return `
fn store(row: u32, column: u32, value: vec4<f32>) {
  if (row >= uniforms.height) { return; }
  let finished = ${finish};
  ${writes.join('\n  ')}
}`;
}
