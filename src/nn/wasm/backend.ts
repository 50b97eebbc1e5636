/**
 * A tfjs backend on the kernel module: float32 tensors live in its memory, where our kernels (`kernels.ts`) work in
 * place; every other operation of tfjs runs the plain JavaScript backend's code on views of the same memory. So all of
 * tfjs works, and what training needs is fast. Knows no network.
 */
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { Machine } from '../../kernels/machine.ts';
import { tf } from '../tf.ts';

type DataId = Parameters<MathBackendCPU['disposeData']>[0];
type Values = tf.backend_util.BackendValues;

/** One float32 array in the machine's memory, as the JavaScript backend looks at it. */
class HeapData {
  readonly dtype = 'float32';
  private view: Float32Array | null = null;

  constructor(
    private readonly machine: Machine,
    /** Where it lies. */
    readonly at: number,
    private readonly size: number,
    public refCount: number,
  ) {}

  /** A view that is made anew where memory has grown since. */
  get values(): Float32Array {
    if (this.view?.buffer !== this.machine.memory.buffer) this.view = this.machine.floats(this.at, this.size);
    return this.view as Float32Array;
  }
}

/** The tfjs backend; owns its tensors' places, not the machine. */
export class KernelBackend extends MathBackendCPU {
  constructor(readonly machine: Machine) {
    super();
  }

  override write(values: Values, shape: number[], dtype: tf.DataType): DataId {
    const dataId: DataId = {};
    this.place(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(dataId: DataId, values: Values, shape: number[], dtype: tf.DataType, refCount: number): void {
    this.place(dataId, values, shape, dtype, refCount);
  }

  private place(
    dataId: DataId,
    values: Values | undefined,
    shape: number[],
    dtype: tf.DataType,
    refs: number,
  ) {
    if (dtype !== 'float32') {
      this.data.set(dataId, { values, dtype, refCount: refs });
      return;
    }
    // A view of our own memory, as slices may be, would not survive its growth.
    const own = (values as Float32Array | undefined)?.buffer === this.machine.memory.buffer;
    const source = own ? (values as Float32Array).slice() : (values as Float32Array | undefined);
    const data = this.reserve(tf.util.sizeFromShape(shape), refs);
    if (source) data.values.set(source);
    this.data.set(dataId, data);
  }

  private reserve(size: number, refs: number): HeapData {
    return new HeapData(this.machine, this.machine.allocate(4 * Math.max(1, size)), size, refs);
  }

  /** A float32 tensor whose values a kernel is about to write. */
  create(shape: number[]): { info: tf.TensorInfo; at: number } {
    const data = this.reserve(tf.util.sizeFromShape(shape), 1);
    const dataId: DataId = {};
    this.data.set(dataId, data);
    return { info: { dataId, shape, dtype: 'float32' }, at: data.at };
  }

  /** A tensor that a kernel makes of another by writing over it. */
  overwrite({ dataId, shape }: tf.TensorInfo): { info: tf.TensorInfo; at: number } {
    const info: tf.TensorInfo = { dataId, shape, dtype: 'float32' };
    this.incRef(dataId);
    return { info, at: this.placeOf(info) };
  }

  /**
   * Where a float32 tensor lies in memory.
   * @throws for tensors of other types.
   */
  placeOf(tensor: tf.TensorInfo): number {
    const data: unknown = this.data.get(tensor.dataId);
    if (!(data instanceof HeapData)) throw new Error(`A kernel was given a tensor of type ${tensor.dtype}.`);
    return data.at;
  }

  /** The values of a float32 tensor, in place. */
  valuesOf(tensor: tf.TensorInfo): Float32Array {
    return this.data.get(tensor.dataId).values as Float32Array;
  }

  override readSync(dataId: DataId): Values {
    const values = super.readSync(dataId);
    // A copy: whoever reads keeps the numbers beyond the tensor's life.
    return values instanceof Float32Array ? values.slice() : values;
  }

  override bufferSync<R extends tf.Rank, D extends tf.DataType>(
    tensor: tf.TensorInfo,
  ): tf.TensorBuffer<R, D> {
    const { values } = this.data.get(tensor.dataId);
    if (tensor.dtype === 'string') return super.bufferSync(tensor);
    return tf.buffer(tensor.shape as tf.ShapeMap[R], tensor.dtype as D, values as tf.DataTypeMap[D]);
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const data: unknown = this.data.get(dataId);
    const disposed = super.disposeData(dataId, force);
    if (disposed && data instanceof HeapData) this.machine.release(data.at);
    return disposed;
  }

  override memory() {
    return { unreliable: false, reasons: [] };
  }
}
