import { expect, it } from 'vitest';
import { inputOf } from './input.ts';
import { readCorpus } from './readCorpus.ts';
import { AUTO_RECIPE } from './recipe.ts';

it('offers only choices that the files at hand can be made by: the rule by which they are read is stated', async () => {
  const text = 'file,a,b\nu1,1,2\nu2,loud,3\nu3,4\nu4,5,7\n';
  const { report } = await readCorpus([inputOf(new File([text], 'f.csv'))], {
    recipe: { ...AUTO_RECIPE, reading: { ragged: 'drop', words: 'missing' } },
  });
  const paths = report.quality.flatMap(({ code, repairs }) => repairs.map(({ path }) => `${code} ${path}`));
  expect(new Set(paths)).toEqual(new Set(['word-cells repairs.missing']));
  const says = (code: string) => report.quality.find((one) => one.code === code)?.message;
  expect(says('ragged-rows')).toBe('1 row with too few or too many cells, left out.');
  expect(says('word-cells')).toBe(
    '1 cell with a word instead of a number, counted as missing, set to the column’s median.',
  );
});
