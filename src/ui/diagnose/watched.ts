/** What is watched for while a GAN trains, and what is told of new findings, in words. Pure text. */
import { FAILURES, type Failure, type Finding } from '../../diagnosis/finding.ts';
import { formatCount } from '../format.ts';

const NAMES: Readonly<Record<Failure, string>> = {
  divergence: 'divergence',
  'mode-collapse': 'mode collapse',
  'mode-dropped': 'dropped modes',
  shrinkage: 'shrinkage',
  'no-translation': 'no translation',
  'z-ignored': 'Z ignored',
  'z-dominates': 'Z alone counts',
  'f-fooled': 'F_s fooled',
  steganography: 'hidden messages in the cycle',
  'd-wins': 'a discriminator that wins',
  'd-blind': 'a blind discriminator',
  'd-overfits': 'a discriminator that learns rows by heart',
  'term-drowns': 'a loss term that drowns the rest',
};

/** The failures that are watched for, in the order in which they are told. */
export const WATCHED: readonly string[] = FAILURES.map((failure) => NAMES[failure]);

/** What a live region says of findings that were not there before; empty where there are none. */
export function announcement(found: readonly Finding[]): string {
  if (found.length === 0) return '';
  const step = formatCount(Math.max(...found.map(({ since }) => since)));
  return `New since step ${step}: ${found.map(({ title }) => title).join('; ')}.`;
}
