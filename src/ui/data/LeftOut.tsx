/** Features that were left out by name, and the way back for each. */
import type { Recipe } from '../../formats/recipe.ts';
import type { Role } from '../../store/corpora.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { plural } from '../format.ts';
import { focusHeading, focusNeighbour } from './focus.ts';
import styles from './Quality.module.css';

const withIgnored = (recipe: Recipe, ignored: readonly string[]): Recipe => ({
  ...recipe,
  repairs: { ...recipe.repairs, ignored: [...ignored] },
});

export function LeftOut({ place, locked }: { place: Role; locked: boolean }) {
  const { corpora } = useStudio();
  const recipe = useStudioState(({ corpora: c }) => c[place].revising ?? c[place].recipe);
  const ignored = recipe?.repairs.ignored ?? [];
  if (ignored.length === 0) return null;
  const takeBack = (names: ReadonlySet<string>) =>
    void corpora.revise(place, (now) =>
      withIgnored(
        now,
        now.repairs.ignored.filter((name) => !names.has(name)),
      ),
    );
  return (
    <details className={styles.leftOut} open={ignored.length <= 5}>
      <summary>{plural(ignored.length, 'feature')} left out by name</summary>
      <ul>
        {ignored.map((name) => (
          <li key={name}>
            <code>{name}</code>
            <button
              type="button"
              className="quiet"
              disabled={locked}
              aria-label={`Take ${name} back`}
              onClick={({ currentTarget }) => {
                if (!focusNeighbour(currentTarget, 'li')) focusHeading(currentTarget);
                takeBack(new Set([name]));
              }}
            >
              Take back
            </button>
          </li>
        ))}
      </ul>
      {ignored.length > 1 && (
        <button
          type="button"
          disabled={locked}
          onClick={({ currentTarget }) => {
            focusHeading(currentTarget);
            takeBack(new Set(ignored));
          }}
        >
          Take all back
        </button>
      )}
    </details>
  );
}
