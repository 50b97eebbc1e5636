/** The method on one page: two cycles, five networks, three kinds of samples; how to see whether it goes well, and what files it takes. */
import type { RefObject } from 'react';
import { DataFlow } from './DataFlow.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './HowItWorks.module.css';
import { Terms } from './Terms.tsx';

const STEPS: readonly { readonly term: string; readonly text: string }[] = [
  {
    term: 'The problem',
    text: 'A recogniser learns emotions from one corpus, the source, and is then asked about another, the target: other speakers, rooms, languages. It does worse than at home.',
  },
  {
    term: 'The classifier F_S',
    text: 'is trained on the labelled source first and then frozen. It judges whether a made utterance still carries the class it should.',
  },
  {
    term: 'Two generators',
    text: 'G_ST turns source features into target features, G_TS turns target features into source features. G_TS is also told the class Z that its result shall have. Both first learn to copy.',
  },
  {
    term: 'Two discriminators',
    text: 'D_T and D_S try to tell made features from real ones; the generators try to fool them. This is the adversarial loss.',
  },
  {
    term: 'Two cycles',
    text: 'Source → target → source and target → source → target must come back to where they began (cycle loss); what already belongs to a corpus must stay as it is (identity loss).',
  },
  {
    term: 'The condition',
    text: 'Whatever G_TS makes under the condition Z, F_S must hear as Z: once with the label of the paired source utterance, once with a class drawn at random (emotion losses).',
  },
  {
    term: 'When to stop',
    text: 'Losses of a GAN do not tell how good its samples are. So a criterion is measured every so often, without any label of the target: how far B still is from the target and C from the source, as shares of the gap between the two corpora, plus the share of A that F_S hears as another class. Lower is better. The samples are made by the generators of its best step; where Patience is set, training ends once it no longer improves.',
  },
  {
    term: 'Three types of samples',
    text: 'A: source → target → source. B: source → target. C: target → source, once for each class; of the three, judges (classifiers apart from F_S) keep the one whose class they hear in the utterance, where they are sure. Recognisers are trained on each, alone (A, B, C) and together with the originals (OA, OB, OC), and compared with source-only.',
  },
  {
    term: 'Fair play',
    text: 'The target’s labels are used only for scoring and colouring. All of its rows take part in training without labels: the setting is transductive. UAR is the mean of the classes’ recalls; guessing gives 33.3 %.',
  },
  {
    term: 'Is it going well?',
    text: 'While the GAN trains, its samples are measured against real rows, and its networks are asked what they have learned. What goes wrong is told as a finding, with its figures and remedies that work at a click: mode collapse, a class that is dropped, samples that copy their input, a Z that is ignored, a discriminator that wins or learns rows by heart, and more. No finding uses a label of the target.',
  },
  {
    term: 'Two anchors',
    text: 'A figure alone says little. So beside each stand two others: what real rows reach among themselves, one half against the other, which is the best there is; and what rows reach that nobody has translated, where a GAN begins.',
  },
  {
    term: 'Time travel',
    text: 'The scrubber goes through the moments of a run, also while it goes on: map, losses, figures and findings show the moment that is chosen. Changes of settings are marked on it. A click on a sample of the map asks about it; a lasso selects many.',
  },
  {
    term: 'Live changes',
    text: 'Under the transport, learning rates, weights and more can be changed while the GAN trains. G or D can learn alone, and steps can go one by one or slowly, with a picture of what each computes. All changes are part of the configuration, so that the run can be repeated.',
  },
  {
    term: 'Lessons',
    text: 'The page Lessons has recorded runs, which open at once, and a lesson for most failures: provoke it, watch it come, cure it, compare. Meanwhile your own work is kept.',
  },
  {
    term: 'Your own files',
    text: 'A corpus is one table or several, or a folder: CSV, ARFF or Parquet, gzipped too, a row an utterance, a column a feature. Labels may come in files of their own; dropped on a corpus they join it by the utterances’ names. The page Data shows what was read and what is faulty, and lets you decide: repairs, which column holds labels and speakers, where the classes begin. Nothing is changed in silence, and no file leaves this machine.',
  },
  {
    term: 'Comparing methods',
    text: 'One run says little: another seed gives another figure. The page Compare trains each method anew from several seeds on the same corpora and fills the tables of the paper with your figures, their spread, and how far chance goes in the difference to source-only. Finished trainings stay in this browser, so a comparison can be stopped and gone on with.',
  },
];

export function HowItWorks({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <Dialog dialog={dialog} title="How it works">
      <div className={styles.picture}>
        <DataFlow />
      </div>
      <dl className={styles.list}>
        {STEPS.map(({ term, text }) => (
          <div key={term}>
            <dt>
              <Terms text={term} />
            </dt>
            <dd>
              <Terms text={text} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="muted small">
        After B.-H. Su and C.-C. Lee, “A conditional cycle emotion GAN for cross corpus speech emotion
        recognition”. Every setting is explained where it can be changed, under Settings.
      </p>
    </Dialog>
  );
}
