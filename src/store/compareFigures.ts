/**
 * The figures of a comparison on show: looked up where they are known already, taken from what has just been
 * computed, thrown away. Knows nothing of how a comparison runs.
 */
import type { TrainerApi } from '../../workers/protocol.ts';
import { plannedUnits } from '../experiment/compare/grid.ts';
import { sameUnit, type UnitResult } from '../experiment/compare/unit.ts';
import type { Remote } from './clients.ts';
import type { CompareParts } from './compare.ts';
import { type Identification, type Identified, sameComparison } from './compareIdentity.ts';
import type { Vault } from './compareVault.ts';
import { messageOf } from './slice.ts';

export interface Figures {
  /** Looks up what is known of the set-up; does nothing while a comparison goes on. */
  recall(): Promise<void>;
  /** Leaves a recall under way without an answer: a comparison begins. */
  forget(): void;
  /** Shows what is known of a comparison that begins, where other figures are on show. */
  open(found: Identified, current: () => boolean): Promise<void>;
  /** The finished units behind the figures on show. */
  units(): readonly UnitResult[];
  /** Forgets them. */
  discard(): Promise<void>;
}

/** How a comparison stands of which nothing has been done on this visit. */
const IDLE = { status: 'idle', failed: [], progress: null, error: null } as const;

/** No figures on show. */
const NOTHING = { results: null, shown: null } as const;

interface FiguresParts extends Pick<CompareParts, 'compare' | 'corpora'> {
  readonly identification: Identification;
  readonly trainer: Remote<TrainerApi>;
  /** Whether a comparison goes on. */
  readonly active: () => boolean;
}

/** The finished units of a comparison's methods and seeds. */
function unitsBehind(shown: Identified | null, vault: Vault): readonly UnitResult[] {
  if (!shown) return [];
  const planned = plannedUnits(shown.identity.config);
  return vault.units(shown.identity).filter((unit) => planned.some((key) => sameUnit(key, unit)));
}

/** The figures of the store's comparison; what goes wrong in looking them up becomes its error. */
export function createFigures({ compare, corpora, identification, trainer, active }: FiguresParts): Figures {
  const { vault, identify, formerOf } = identification;
  let question = 0;

  const known = ({ identity }: Identified) => trainer.summarise(identity.config, vault.units(identity));
  const onShow = ({ identity }: Identified) => {
    const { shown } = compare.get();
    return shown !== null && sameComparison(identity, shown.identity);
  };

  const show = async (found: Identified, current: () => boolean) => {
    const outcome = await known(found);
    const former = await formerOf(found.identity);
    if (!current()) return;
    const change = { ...(onShow(found) ? {} : IDLE), former };
    if (outcome.ok) compare.set({ ...change, results: outcome.value, shown: found });
    else compare.set({ ...change, ...NOTHING, status: 'failed', error: outcome.error.message });
  };

  const recall = async () => {
    if (active()) return;
    const mine = ++question;
    const current = () => mine === question && !active();
    try {
      const { pair } = corpora();
      const found = pair && !pair.conflict ? await identify() : null;
      if (!current()) return;
      if (found) await show(found, current);
      else compare.set({ ...IDLE, ...NOTHING, former: null });
    } catch (error) {
      if (current()) compare.set({ status: 'failed', work: null, error: messageOf(error) });
    }
  };

  return {
    recall,
    forget: () => void question++,

    async open(found, current) {
      if (onShow(found)) return;
      const outcome = await known(found);
      if (current()) compare.set(outcome.ok ? { results: outcome.value, shown: found } : NOTHING);
    },

    units: () => unitsBehind(compare.get().shown, vault),

    async discard() {
      const { shown } = compare.get();
      if (!shown || active()) return;
      vault.discard(shown.identity);
      compare.set(IDLE);
      await recall();
    },
  };
}
