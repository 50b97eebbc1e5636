/**
 * What is asked of a GAN while it trains: requests that the configuration repeats from an earlier run, and those that
 * come from outside. Knows neither who asks nor how a request is carried out.
 */
import * as v from 'valibot';
import { type LiveChange, type LiveControl, type LiveRequest, LiveRequestSchema } from '../methods/live.ts';

/** A queue of requests for one run. */
export class LiveQueue implements LiveControl {
  readonly recovers: boolean;
  private readonly planned: LiveChange[];
  private asked: LiveRequest[] = [];

  /**
   * @param planned what an earlier run did, each to be done again after as many steps; null or absent where this is none's
   * repetition. That run may have been taken back where it diverged, so its repetition is too.
   * @param watched whether somebody is there to decide what is done about training that diverges.
   */
  constructor(planned?: readonly LiveChange[] | null, watched = false) {
    this.planned = [...(planned ?? [])];
    this.recovers = watched || planned != null;
  }

  /**
   * Asks for something; carried out before the next step of the GAN.
   * @throws where a value is out of its limits, naming it: the run's configuration could not be read again.
   */
  request(request: LiveRequest): void {
    const checked = v.safeParse(LiveRequestSchema, request);
    if (!checked.success) {
      const [issue] = checked.issues;
      throw new Error(`${v.getDotPath(issue) ?? 'The request'}: ${issue.message}`);
    }
    this.asked.push(checked.output);
  }

  take(done: number): readonly LiveRequest[] {
    const later = this.planned.findIndex(({ after }) => after > done);
    const due = this.planned.splice(0, later < 0 ? this.planned.length : later);
    const asked = this.asked;
    this.asked = [];
    return [...due.map(({ request }) => request), ...asked];
  }
}
