import { expect, it } from 'vitest';
import { withFolder } from './withFolder.ts';

const file = (relativePath?: string) =>
  Object.assign(new File(['a,b\n1,2\n'], 'a.csv', { lastModified: 5 }), { relativePath });

it('a file of a dropped folder is named with its folders', async () => {
  const named = withFolder(file('/corpus/session 1/a.csv'));
  expect(named.name).toBe('corpus/session 1/a.csv');
  expect(named.lastModified).toBe(5);
  expect(await named.text()).toBe('a,b\n1,2\n');
});

it('a file by itself stays the one it is', () => {
  for (const path of ['./a.csv', '/a.csv', undefined]) {
    const one = file(path);
    expect(withFolder(one)).toBe(one);
  }
});
