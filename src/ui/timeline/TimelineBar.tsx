/**
 * One scrubber for everything that changes while a GAN trains: map, losses, metrics and findings show the moment that is
 * chosen here. Says so where one looks back while training goes on.
 */
import { useCallback, useState } from 'react';
import { findingsShown } from '../../store/diagnosis.ts';
import { isActive } from '../../store/progress.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { type Moment, momentShown } from '../../store/timeline.ts';
import { formatCount, plural } from '../format.ts';
import { Icon } from '../shell/Icon.tsx';
import { lengthOf } from './places.ts';
import styles from './Timeline.module.css';
import { Track } from './Track.tsx';
import { useMarks } from './useMarks.ts';

/** Moments a second. */
const SPEEDS = [1, 2, 4, 8] as const;

/** The step that the GAN in training has reached; null where none trains. */
const useTrainingStep = (): number | null =>
  useStudioState(({ run }) =>
    isActive(run.status) && run.phase === 'gan' ? (run.phases.gan?.step ?? null) : null,
  );

/** Which moment is on show, and what else there is. */
function Where({ shown, steps }: { readonly shown: Moment | null; readonly steps: number }) {
  const training = useTrainingStep();
  const back = useStudioState((s) => s.timeline.position !== null);
  const count = useStudioState((s) => s.timeline.moments.length);
  const index = useStudioState((s) => (shown ? s.timeline.moments.indexOf(shown) : -1));
  if (!shown) {
    return (
      <p className={styles.where}>
        <b>No moments yet</b>
        <span className={styles.now}>{training === null ? 'as the GAN trains' : 'the first is to come'}</span>
      </p>
    );
  }
  const place = `moment ${formatCount(index + 1)} of ${formatCount(count)}`;
  return (
    <p className={styles.where} data-back={back && training !== null}>
      <b>
        {shown.final ? 'Kept: step' : 'Step'} {formatCount(shown.step)}
        {!shown.final && <span className={styles.of}> of {formatCount(steps)}</span>}
      </b>
      <span className={styles.now}>
        {training === null ? place : back ? `training at step ${formatCount(training)}` : 'as it trains'}
      </span>
    </p>
  );
}

interface PlayButtonsProps {
  readonly index: number;
  readonly moments: readonly Moment[];
  readonly speed: number;
  readonly onSpeed: (speed: number) => void;
  readonly onSeek: (moment: Moment | null | undefined) => void;
  readonly onTogglePlay: () => void;
}

function PlayButtons({ index, moments, speed, onSpeed, onSeek, onTogglePlay }: PlayButtonsProps) {
  const playing = useStudioState((s) => s.timeline.playing !== null);
  return (
    <div className={styles.buttons}>
      <button
        type="button"
        aria-label="Moment before"
        title="Moment before (←)"
        className={styles.mirrored}
        disabled={index <= 0}
        onClick={() => onSeek(moments[index - 1])}
      >
        <Icon name="step" />
      </button>
      <button
        type="button"
        aria-label={playing ? 'Stop playing the moments' : 'Play the moments'}
        title={playing ? 'Stop (space)' : 'Play (space)'}
        disabled={moments.length < 2}
        onClick={onTogglePlay}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        aria-label="Next moment"
        title="Next moment (→)"
        disabled={index < 0 || index >= moments.length - 1}
        onClick={() => onSeek(moments[index + 1])}
      >
        <Icon name="step" />
      </button>
      <select
        aria-label="Moments a second"
        title="Moments a second"
        value={speed}
        onChange={(event) => onSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {value}/s
          </option>
        ))}
      </select>
    </div>
  );
}

/** The moment on show, for the slider. */
function useValueText(shown: Moment | null, steps: number): string {
  const found = useStudioState((s) => findingsShown(s).length);
  if (!shown) return 'no moments yet';
  const where = shown.final
    ? `samples kept, of step ${formatCount(shown.step)}`
    : `step ${formatCount(shown.step)} of ${formatCount(steps)}`;
  return `${where}, ${found === 0 ? 'no findings' : plural(found, 'finding')}`;
}

export function TimelineBar() {
  const { store, timeline } = useStudio();
  const [speed, setSpeed] = useState<number>(4);
  const moments = useStudioState((s) => s.timeline.moments);
  const shown = useStudioState((s) => momentShown(s.timeline));
  const following = useStudioState((s) => s.timeline.position === null);
  const error = useStudioState((s) => s.timeline.error);
  const steps = useStudioState((s) => lengthOf(s.timeline.moments, s.run.phases.gan?.steps ?? 0));
  const active = useStudioState((s) => isActive(s.run.status));
  const marks = useMarks();
  const valueText = useValueText(shown, steps);
  // Whoever goes to the newest moment follows those to come.
  const seek = useCallback(
    (moment: Moment | null | undefined) => {
      if (moment === undefined) return;
      timeline.seek(moment === store.getState().timeline.moments.at(-1) ? null : (moment?.id ?? null));
    },
    [store, timeline],
  );
  const togglePlay = () => {
    if (store.getState().timeline.playing === null) timeline.play(speed);
    else timeline.halt();
  };
  const changeSpeed = (value: number) => {
    setSpeed(value);
    if (store.getState().timeline.playing !== null) timeline.play(value);
  };
  return (
    <section aria-label="Timeline" className={styles.bar} data-empty={moments.length === 0}>
      <PlayButtons
        index={shown ? moments.indexOf(shown) : -1}
        moments={moments}
        speed={speed}
        onSpeed={changeSpeed}
        onSeek={seek}
        onTogglePlay={togglePlay}
      />
      <Track
        moments={moments}
        marks={marks}
        steps={steps}
        shown={shown}
        valueText={valueText}
        onSeek={seek}
        onTogglePlay={togglePlay}
      />
      <Where shown={shown} steps={steps} />
      <button
        type="button"
        className={styles.live}
        aria-pressed={following}
        title={active ? 'Follow the training' : 'Show the newest moment'}
        disabled={moments.length === 0}
        onClick={() => seek(null)}
      >
        <span className={styles.lamp} data-on={following && active} aria-hidden="true" />
        Live
      </button>
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </section>
  );
}
