/** Taking the figures away: files for programs, tables for papers; and throwing them away. */
import { useRef } from 'react';
import { latexOf } from '../../experiment/compare/latex.ts';
import { markdownOf } from '../../experiment/compare/markdown.ts';
import { resultsCsv } from '../../experiment/compare/output.ts';
import { isComparing } from '../../store/compare.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { plural } from '../format.ts';
import { download } from '../results/download.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Copy } from './Copy.tsx';
import styles from './Tables.module.css';
import { useDocument } from './useDocument.ts';

function Discard() {
  const { compare } = useStudio();
  const dialog = useRef<HTMLDialogElement>(null);
  const finished = useStudioState(({ compare: { results } }) =>
    results ? results.config.methods.length * results.config.seeds.length - results.missing.length : 0,
  );
  const active = useStudioState((s) => isComparing(s.compare.status));
  return (
    <>
      <button
        type="button"
        className="quiet"
        disabled={finished === 0 || active}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        Discard …
      </button>
      <Dialog dialog={dialog} title="Discard this comparison?">
        <p>
          The {plural(finished, 'finished training')} on show {finished === 1 ? 'is' : 'are'} removed from
          this browser and must be computed again. Those of other methods and seeds stay.
        </p>
        <p className={styles.dialogButtons}>
          <button
            type="button"
            className="primary"
            onClick={() => {
              dialog.current?.close();
              void compare.discard();
            }}
          >
            Discard them
          </button>
        </p>
      </Dialog>
    </>
  );
}

export function Exports() {
  const { compare } = useStudio();
  const results = useStudioState((s) => s.compare.results);
  const recipes = useStudioState((s) => s.compare.shown?.recipes);
  const shown = useDocument();
  const empty = !results || results.cells.length === 0;
  const markdown = () => (shown ? markdownOf(shown) : '');
  const latex = () => (shown ? latexOf(shown) : '');
  const files: readonly { label: string; name: string; type: string; text: () => string }[] = [
    {
      label: 'JSON',
      name: 'results.json',
      type: 'application/json',
      text: () => `${JSON.stringify({ ...results, ...(recipes && { recipes }) }, null, 2)}\n`,
    },
    {
      label: 'CSV',
      name: 'results.csv',
      type: 'text/csv',
      text: () => (results ? resultsCsv(results.config, compare.units()) : ''),
    },
    { label: 'Markdown', name: 'table.md', type: 'text/markdown', text: markdown },
    { label: 'LaTeX', name: 'table.tex', type: 'text/x-tex', text: latex },
  ];
  return (
    <div className={styles.exports}>
      <span className={styles.take}>Save</span>
      {files.map(({ label, name, type, text }) => (
        <button
          key={name}
          type="button"
          disabled={empty}
          title={name}
          aria-label={`Save ${label}`}
          onClick={() => download(name, type, text())}
        >
          {label}
        </button>
      ))}
      <span className={styles.take}>Copy</span>
      <Copy name="Markdown" text={markdown} disabled={empty} />
      <Copy name="LaTeX" text={latex} disabled={empty} />
      <Discard />
    </div>
  );
}
