/**
 * The rows of a label table by their keys: which rows a base name has, which of them a folder or a segment's time
 * picks, and which keys are given more than once with different content. Built once; every look-up is short.
 */
import { seconds } from './frames.ts';
import type { LabelTable, TextColumn } from './intake.ts';
import { foldedNames, folderEnds, splitName } from './joinKeys.ts';

/** Rows of one base name in one folder. */
interface Leaf {
  readonly rows: number[];
  /** Rows by their segment; null where segments are not told apart. */
  readonly segments: Map<string, number> | null;
}

/** The rows of one base name. */
interface Group {
  readonly byFolder: ReadonlyMap<string, Leaf>;
  /** By the folder's last parts; null where several folders end so. */
  readonly byEnd: ReadonlyMap<string, Leaf | null>;
  /** Where it does not matter which row is taken: any of them. */
  readonly any: Leaf | null;
}

/** An utterance as it is looked up. */
export interface Wanted {
  readonly folder: string;
  /** Utterances of this base name lie in several folders, so that the name alone says too little. */
  readonly needsFolder: boolean;
  /** Seconds; NaN where not known. */
  readonly start: number;
  readonly end: number;
}

/** Steps of time that tell segments apart, in seconds; rounding in a file may shift a time by one step. */
const STEP = 0.01;

const NOWHERE = -1;
/** The folders do not tell rows apart. */
export const AMBIGUOUS = -2;

const stepOf = (time: number) => Math.round(time / STEP);
const segmentKey = (start: number, end: number) => `${start}/${Number.isNaN(end) ? '' : end}`;

function timesOf(column: TextColumn | undefined, rows: number): Float64Array | null {
  return column ? Float64Array.from({ length: rows }, (_, r) => stepOf(seconds(column.cells[r]))) : null;
}

export class LabelIndex {
  /** First row of each base name, and the next row of the same one after each row, −1 after the last. */
  private readonly first = new Map<string, number>();
  private readonly next: Int32Array;
  private readonly folders: string[];
  private readonly groups = new Map<string, Group>();
  /** Made when it is first needed, which is seldom. */
  private folded: Map<string, string | null> | null = null;
  private readonly content: readonly (readonly string[])[];
  private readonly starts: Float64Array | null = null;
  private readonly ends: Float64Array | null = null;

  /** @param segments whether rows of one key are told apart by their times. */
  constructor(
    private readonly table: LabelTable,
    segments: boolean,
  ) {
    const { keys, columns } = table;
    this.content = columns
      .filter(({ role }) => !['name', 'start', 'end', 'ignored'].includes(role))
      .map((c) => c.cells);
    if (segments) {
      const column = (role: TextColumn['role']) => columns.find((c) => c.role === role);
      this.starts = timesOf(column('start'), keys.length);
      this.ends = timesOf(column('end'), keys.length);
    }
    this.next = new Int32Array(keys.length).fill(NOWHERE);
    this.folders = new Array<string>(keys.length).fill('');
    // The last row so far of the base name that each row is the first of.
    const last = new Int32Array(keys.length);
    for (let r = 0; r < keys.length; r++) {
      const { folder, base } = splitName(keys[r]);
      this.folders[r] = folder;
      const first = this.first.get(base) ?? r;
      if (first === r) this.first.set(base, r);
      else this.next[last[first]] = r;
      last[first] = r;
    }
  }

  /** Whether some base name has several rows. */
  get repeats(): boolean {
    return this.first.size < this.next.length;
  }

  /** All base names. */
  bases(): Iterable<string> {
    return this.first.keys();
  }

  has(base: string): boolean {
    return this.first.has(base);
  }

  /** The one base name that differs in nothing but capitals, or null. */
  foldedBase(base: string): string | null {
    this.folded ??= foldedNames(this.first.keys());
    return this.folded.get(base.toLowerCase()) ?? null;
  }

  /** The row of an utterance under a base name of this index; negative where none, or none for certain. */
  pick(base: string, wanted: Wanted): number {
    const first = this.first.get(base) ?? NOWHERE;
    if (first < 0) return NOWHERE;
    if (!this.starts && this.next[first] < 0 && !wanted.needsFolder) return first;
    const leaf = this.leafOf(this.groupOf(base), wanted);
    if (!leaf) return AMBIGUOUS;
    return leaf.segments ? this.segment(leaf.segments, wanted) : leaf.rows[0];
  }

  /** Keys given more than once with different content, of which the first counts. */
  repeated(): string[] {
    const keys: string[] = [];
    for (const [base, first] of this.first) {
      if (this.next[first] < 0) continue;
      for (const leaf of this.groupOf(base).byFolder.values()) {
        if (this.differs(leaf)) keys.push(this.table.keys[leaf.rows[0]]);
      }
    }
    return keys;
  }

  /**
   * Marks rows that say the same of the same as a row that was taken: they are not left over.
   * @param taken 1 for each row taken; changed.
   */
  spread(taken: Uint8Array): void {
    for (const [base, first] of this.first) {
      if (this.next[first] < 0) continue;
      const { byFolder, any } = this.groupOf(base);
      const leaves = [...byFolder.values()];
      const all = any && leaves.some((leaf) => leaf.rows.some((r) => taken[r]));
      for (const { rows, segments } of leaves) {
        if (all || (!segments && taken[rows[0]])) for (const r of rows) taken[r] = 1;
      }
    }
  }

  private same(a: number, b: number): boolean {
    return this.content.every((cells) => cells[a] === cells[b]);
  }

  private segmentOf(row: number): string {
    return segmentKey(this.starts?.[row] ?? Number.NaN, this.ends?.[row] ?? Number.NaN);
  }

  private differs({ rows, segments }: Leaf): boolean {
    return rows.some((r) => !this.same(r, segments?.get(this.segmentOf(r)) ?? rows[0]));
  }

  private groupOf(base: string): Group {
    const known = this.groups.get(base);
    if (known) return known;
    const byFolder = new Map<string, Leaf>();
    let first = NOWHERE;
    let same = true;
    for (let r = this.first.get(base) ?? NOWHERE; r >= 0; r = this.next[r]) {
      if (first < 0) first = r;
      same &&= this.same(first, r);
      const folder = this.folders[r];
      const leaf = byFolder.get(folder) ?? { rows: [], segments: this.starts && new Map<string, number>() };
      byFolder.set(folder, leaf);
      leaf.rows.push(r);
      const segment = leaf.segments && this.segmentOf(r);
      if (segment && !leaf.segments?.has(segment)) leaf.segments?.set(segment, r);
    }
    const byEnd = new Map<string, Leaf | null>();
    for (const [folder, leaf] of byFolder) {
      for (const end of folderEnds(folder)) {
        const other = byEnd.get(end);
        const alike = other && !this.starts && same;
        if (!alike) byEnd.set(end, other === undefined ? leaf : null);
      }
    }
    const leaves = [...byFolder.values()];
    const any = leaves.length === 1 || (same && !this.starts) ? leaves[0] : null;
    const group = { byFolder, byEnd, any };
    this.groups.set(base, group);
    return group;
  }

  private leafOf({ byFolder, byEnd, any }: Group, { folder, needsFolder }: Wanted): Leaf | null {
    if (any && !needsFolder) return any;
    const exact = byFolder.get(folder);
    if (exact) return exact;
    for (const end of folderEnds(folder)) {
      const leaf = byEnd.get(end);
      if (leaf !== undefined) return leaf;
    }
    return null;
  }

  private segment(segments: ReadonlyMap<string, number>, wanted: Wanted): number {
    const start = stepOf(wanted.start);
    const end = this.ends ? stepOf(wanted.end) : Number.NaN;
    for (const s of [0, -1, 1]) {
      for (const e of [0, -1, 1]) {
        const row = segments.get(segmentKey(start + s, end + e));
        if (row !== undefined) return row;
      }
    }
    return NOWHERE;
  }
}
