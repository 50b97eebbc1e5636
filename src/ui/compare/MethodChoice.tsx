/** Which methods are compared: a check box each, what it does, and how many of its trainings are done. */
import { METHOD_DESCRIPTIONS, METHOD_NAMES, type MethodName } from '../../experiment/compare/config.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Terms } from '../shell/Terms.tsx';
import styles from './Compare.module.css';
import { seedStates, seedsText } from './compareText.ts';
import { GROUP_TITLES, METHOD_GROUPS, methodsOfGroup } from './groups.ts';

/** One mark a seed: filled where the training is done, ringed where it is at work. */
function Pips({ method }: { method: MethodName }) {
  const results = useStudioState((s) => s.compare.results);
  const work = useStudioState((s) =>
    s.compare.work?.unit.method === method ? s.compare.work.unit.seed : null,
  );
  const states = results && seedStates(results, method, work);
  if (!states) return null;
  const text = seedsText(states);
  return (
    <span className={styles.pips} title={text} role="img" aria-label={text}>
      {states.map(({ seed, state }) => (
        <span key={seed} data-state={state} />
      ))}
    </span>
  );
}

function Method({ method, locked }: { method: MethodName; locked: boolean }) {
  const { compare } = useStudio();
  const methods = useStudioState((s) => s.compare.methods);
  const { title, description } = METHOD_DESCRIPTIONS[method];
  const id = `compare-${method}`;
  return (
    <li className={styles.method}>
      <input
        id={id}
        type="checkbox"
        checked={methods.includes(method)}
        disabled={locked}
        aria-describedby={`${id}-about`}
        onChange={({ target: { checked } }) =>
          compare.setMethods(checked ? [...methods, method] : methods.filter((other) => other !== method))
        }
      />
      <label htmlFor={id}>{title}</label>
      <Pips method={method} />
      <p id={`${id}-about`} className="muted small">
        <Terms text={description} />
      </p>
    </li>
  );
}

export function MethodChoice({ locked }: { locked: boolean }) {
  const { compare } = useStudio();
  const chosen = useStudioState((s) => s.compare.methods);
  return (
    <section className={styles.methods} aria-labelledby="compare-methods">
      <div className={styles.methodsHead}>
        <h3 id="compare-methods">Methods</h3>
        {!locked && (
          <>
            <button
              type="button"
              className="quiet"
              aria-label="Choose all methods"
              onClick={() => compare.setMethods(METHOD_NAMES)}
            >
              All
            </button>
            <button
              type="button"
              className="quiet"
              aria-label="Choose no methods"
              onClick={() => compare.setMethods([])}
            >
              None
            </button>
          </>
        )}
        {chosen.length > 0 && !chosen.includes('source-only') && (
          <p className={styles.caution}>Without “Source only” no difference can be given.</p>
        )}
      </div>
      <div className={styles.groups}>
        {METHOD_GROUPS.map((group) => (
          <fieldset key={group} className={styles.group} data-group={group}>
            <legend>{GROUP_TITLES[group]}</legend>
            <ul>
              {methodsOfGroup(group).map((method) => (
                <Method key={method} method={method} locked={locked} />
              ))}
            </ul>
          </fieldset>
        ))}
      </div>
    </section>
  );
}
