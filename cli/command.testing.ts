/** The command line as users start it, for tests. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a process of its own; resolves however it ends. */
export async function cli(...args: string[]): Promise<Outcome> {
  const command = ['--import', 'tsx', 'cli/main.ts', ...args];
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, command)) };
  } catch (error) {
    return error as Outcome;
  }
}
