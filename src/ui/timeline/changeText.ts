/** What was changed while a GAN trained, in words. Pure text; knows no page. */
import { termLabel } from '../../diagnosis/curves.ts';
import type { LiveChange, LiveRequest, Settings } from '../../experiment/config.ts';
import { settingsAfter } from '../../experiment/evidenceLog.ts';
import { formatCount, plural } from '../format.ts';
import { SETTING_GROUPS, settingText, settingValue } from '../train/settingFields.ts';

const TITLES: ReadonlyMap<string, string> = new Map(
  SETTING_GROUPS.find(({ name }) => name === 'gan')?.fields.map(({ name, title }) => [name, title]),
);

/** A request in words, under the settings in force before it: "λ₃ emotion 1 → 0.1". */
function requestText(request: LiveRequest, before: Settings): string {
  switch (request.kind) {
    case 'set':
      return Object.entries(request.set)
        .map(([name, value]) => {
          const from = settingText(settingValue(before, 'gan', name));
          return `${TITLES.get(name) ?? name} ${from} → ${settingText(value)}`;
        })
        .join(', ');
    case 'restore':
      return 'Back to the last good networks';
    case 'finish':
      return 'Training ended early';
    case 'extend':
      return `${plural(request.steps, 'step')} more`;
  }
}

/** A change that was carried out, in words. */
export interface NamedChange {
  readonly step: number;
  readonly text: string;
}

/** Changes of a run that began with `settings`, in order. */
export const namedChanges = (settings: Settings, changes: readonly LiveChange[]): readonly NamedChange[] =>
  changes.map(({ after, request }, i) => ({
    step: after,
    text: requestText(request, settingsAfter(settings, changes.slice(0, i))),
  }));

/** What became of a run that diverged, by the term and the step to which it was taken back. */
export const divergenceText = (term: string, restored: number): string =>
  `Training diverged: the loss “${termLabel(term)}” was no number any more; the networks are those of step ${formatCount(restored)} again`;
