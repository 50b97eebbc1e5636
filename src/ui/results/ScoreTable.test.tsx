import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Score } from '../../experiment/events.ts';
import { ScoreTable } from './ScoreTable.tsx';
import { bestSet, summaries } from './summary.ts';

const score = (set: Score['set'], repeat: number, uar: number | null): Score => ({
  set,
  repeat,
  uar,
  confusion: null,
  shares: [0.5, 0.25, 0.25],
});

function markup(scores: readonly Score[], scorable: boolean): string {
  const rows = summaries(scores);
  return renderToStaticMarkup(
    <ScoreTable
      rows={rows}
      scorable={scorable}
      best={bestSet(rows)}
      selected="A"
      onSelect={() => undefined}
    />,
  );
}

/** The text of a row's cells. */
const row = (html: string, set: string): string[] => {
  const source = html.split('<tr').find((part) => part.includes(`>${set}</button>`)) ?? '';
  return source.split(/<t[hd]/).map((cell) => cell.replace(/^[^>]*>|<[^>]+>/g, ''));
};

describe('ScoreTable', () => {
  it('shows mean ± sd, the difference to source-only, and dashes for what is to come', () => {
    const html = markup([score('source-only', 0, 40), score('A', 0, 50), score('A', 1, 52)], true);
    expect(html).toContain('<caption>Recognition on the target (UAR)</caption>');
    expect(row(html, 'source-only')).toContain('40.0 ± 0.0');
    expect(row(html, 'A')).toEqual(expect.arrayContaining(['51.0 ± 1.4', '+11.0']));
    expect(row(html, 'OC')).toContain('–');
  });

  it('shows predicted shares and no scores where the target has no labels', () => {
    const html = markup([score('A', 0, null)], false);
    expect(row(html, 'A')).toEqual(expect.arrayContaining(['50 %', '25 %']));
    expect(html).not.toContain('±');
  });
});
