/**
 * Where finished units of comparisons are kept: in memory for this visit, and in the browser's storage for the next.
 * Storage may refuse, be full or hold anything: then units are computed again. Knows no worker and no page.
 */
import * as v from 'valibot';
import { METHOD_NAMES, parseAs } from '../experiment/compare/config.ts';
import { plannedUnits } from '../experiment/compare/grid.ts';
import { type Identity, IdentitySchema, trainedSettings } from '../experiment/compare/identity.ts';
import { type UnitKey, type UnitResult, UnitResultSchema, unitName } from '../experiment/compare/unit.ts';
import { type Settings, SettingsSchema } from '../experiment/config.ts';

export type VaultStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The page's comparisons use the seeds from 1 to this at most. */
export const MOST_SEEDS = 20;

export interface Vault {
  /** The comparison begins or goes on: it is the latest from now on. */
  begin(identity: Identity): void;
  /** Keeps a finished unit; false where it is kept for this visit only. */
  keep(identity: Identity, unit: UnitResult): boolean;
  /** Every unit known of the same corpora, task, settings and version of the program, whichever methods and seeds were asked for. */
  units(identity: Identity): UnitResult[];
  /** The comparison that was begun last in this browser. */
  latest(): Identity | null;
  /** Forgets the units of a comparison, of its methods and seeds and no others. */
  discard(identity: Identity): void;
}

const ROOT = 'ccemogan-studio/comparisons';
/** Comparisons kept in storage. */
const MOST_COMPARISONS = 8;

/** An entry whose comparison cannot be read, damaged or of another version, still says where its units are. */
const EntrySchema = v.object({
  id: v.pipe(v.number(), v.integer()),
  identity: v.fallback(v.nullable(IdentitySchema), null),
});
interface Entry {
  readonly id: number;
  readonly identity: Identity;
}

/** The settings that decide figures as a text, in the schema's order. */
export const settingsKey = (settings: Settings): string =>
  JSON.stringify(trainedSettings(v.parse(SettingsSchema, settings)));

/**
 * What units must have in common to stand in one table, as a text; neither methods nor seeds, so that more of them
 * can be added later.
 */
export const unitsKey = ({ version, program, config: { task, settings }, corpora }: Identity): string =>
  [version, program, corpora.source.hash, corpora.target.hash, task, settingsKey(settings)].join(' ');

const unitAt = (id: number, name: string) => `${ROOT}/${id}/${name}`;

const UNIT_NAMES = METHOD_NAMES.flatMap((method) =>
  Array.from({ length: MOST_SEEDS }, (_, i) => unitName({ method, seed: i + 1 })),
);

/** The kept units in storage. Every method may throw where the browser forbids storage. */
class Shelf {
  constructor(private readonly storage: () => VaultStorage) {}

  entries(): Entry[] {
    return this.all().flatMap(({ id, identity }) => (identity ? [{ id, identity }] : []));
  }

  /**
   * Puts a comparison first; those of no use any more, of another version of the program too, and the oldest beyond
   * the limit, are forgotten.
   */
  begin(identity: Identity): void {
    const key = unitsKey(identity);
    const all = this.all();
    const before = this.entries().filter((entry) => entry.identity.program === identity.program);
    const known = before.find((entry) => unitsKey(entry.identity) === key);
    const id = known?.id ?? 1 + Math.max(0, ...all.map((entry) => entry.id));
    const others = before.filter((entry) => entry !== known).slice(0, MOST_COMPARISONS - 1);
    const stay = [...others.map((entry) => entry.id), ...(known ? [id] : [])];
    // What stands under a new number belongs to an index that was lost.
    for (const old of [id, ...all.map((entry) => entry.id)]) if (!stay.includes(old)) this.erase(old);
    const own = { id, identity };
    this.fit(own, [own, ...others], () => {});
  }

  /** @throws where the unit does not fit, whatever else were forgotten. */
  keep(key: string, unit: UnitResult): boolean {
    const entries = this.entries();
    const own = entries.find((entry) => unitsKey(entry.identity) === key);
    if (!own) return false;
    const text = JSON.stringify(unit);
    this.fit(own, entries, () => this.storage().setItem(unitAt(own.id, unitName(unit)), text));
    return true;
  }

  units(key: string): UnitResult[] {
    const own = this.entries().find((entry) => unitsKey(entry.identity) === key);
    if (!own) return [];
    return UNIT_NAMES.flatMap((name) => {
      const text = this.storage().getItem(unitAt(own.id, name));
      if (text === null) return [];
      try {
        return [parseAs(UnitResultSchema, JSON.parse(text), name)];
      } catch {
        // Damaged, or of another version: it is computed again.
        return [];
      }
    });
  }

  discard(key: string, units: readonly UnitKey[]): void {
    const own = this.entries().find((entry) => unitsKey(entry.identity) === key);
    if (!own) return;
    for (const unit of units) this.storage().removeItem(unitAt(own.id, unitName(unit)));
  }

  /** Everything in the index; nothing where it is damaged. */
  private all(): v.InferOutput<typeof EntrySchema>[] {
    const text = this.storage().getItem(ROOT) ?? '[]';
    return attempt(() => parseAs(v.array(EntrySchema), JSON.parse(text), 'Comparisons'), []);
  }

  /**
   * Writes the index and what `work` writes. Where storage is full, all entries but `own` make room, one after the
   * other from the last; where even that would not suffice, they stay.
   * @throws in that case, what the last attempt threw.
   */
  private fit(own: Entry, entries: readonly Entry[], work: () => void): void {
    const index = this.storage().getItem(ROOT);
    let left = entries;
    const gone: (readonly [place: string, text: string])[] = [];
    for (;;) {
      try {
        this.storage().setItem(ROOT, JSON.stringify(left));
        work();
        return;
      } catch (error) {
        const last = left.findLast((entry) => entry !== own);
        if (last) {
          left = left.filter((entry) => entry !== last);
          gone.push(...this.erase(last.id));
          continue;
        }
        // The index first: units that it does not name would never be cleared away.
        for (const [place, text] of [[ROOT, index ?? '[]'] as const, ...gone]) {
          this.storage().setItem(place, text);
        }
        throw error;
      }
    }
  }

  /** Forgets a comparison's units; what stood where, to be put back. */
  private erase(id: number): (readonly [place: string, text: string])[] {
    return UNIT_NAMES.flatMap((name) => {
      const place = unitAt(id, name);
      const text = this.storage().getItem(place);
      if (text === null) return [];
      this.storage().removeItem(place);
      return [[place, text] as const];
    });
  }
}

/** What `work` gives, or `otherwise` where the browser forbids storage or what stands there is damaged. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Nothing is read or written before it is asked for. */
export function createVault(storage: () => VaultStorage): Vault {
  const shelf = new Shelf(storage);
  const memory = new Map<string, Map<string, UnitResult>>();
  const remember = (key: string, units: readonly UnitResult[]) => {
    const own = memory.get(key) ?? new Map<string, UnitResult>();
    for (const unit of units) own.set(unitName(unit), unit);
    memory.set(key, own);
    return own;
  };
  return {
    begin: (identity) => attempt(() => shelf.begin(identity), undefined),

    keep(identity, unit) {
      const key = unitsKey(identity);
      remember(key, [unit]);
      return attempt(() => shelf.keep(key, unit), false);
    },

    units(identity) {
      const key = unitsKey(identity);
      const stored = attempt(() => shelf.units(key), []);
      const own = memory.get(key);
      return [...remember(key, own ? [...stored, ...own.values()] : stored).values()];
    },

    latest: () => attempt(() => shelf.entries()[0]?.identity ?? null, null),

    discard(identity) {
      const key = unitsKey(identity);
      const units = plannedUnits(identity.config);
      for (const unit of units) memory.get(key)?.delete(unitName(unit));
      attempt(() => shelf.discard(key, units), undefined);
    },
  };
}
