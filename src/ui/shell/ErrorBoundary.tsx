/** The page never goes blank: what breaks while drawing is said, with a way on. */

import { Component, type ReactNode } from 'react';
import { failureOf } from '../../experiment/failure.ts';

interface Failure {
  readonly message: string | null;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, Failure> {
  override state: Failure = { message: null };

  static getDerivedStateFromError(error: unknown): Failure {
    return { message: failureOf(error).message };
  }

  override render() {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <main role="alert" style={{ maxWidth: '40rem', margin: '4rem auto', padding: '0 1rem' }}>
        <h1>The page has come to a stop</h1>
        <p>Something could not be drawn: {message}</p>
        <p>
          <button type="button" className="primary" onClick={() => window.location.reload()}>
            Load the page again
          </button>
        </p>
      </main>
    );
  }
}
