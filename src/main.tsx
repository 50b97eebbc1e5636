/** The page's entry: builds the store, shows the studio, loads the demo corpora. */
import { createRoot } from 'react-dom/client';
import { createClients } from './store/clients.ts';
import { StudioProvider } from './store/react.tsx';
import { createStudio } from './store/studio.ts';
import './ui/tokens.css';
import './ui/base.css';
import { App } from './ui/App.tsx';
import { ErrorBoundary } from './ui/shell/ErrorBoundary.tsx';

const root = createRoot(document.getElementById('root')!);

if (typeof Worker === 'undefined') {
  root.render(
    <p role="alert">
      This browser offers no web workers, in which the studio computes. Any current one does.
    </p>,
  );
} else {
  const studio = createStudio({
    clients: createClients(),
    storage: () => window.localStorage,
  });
  root.render(
    <ErrorBoundary>
      <StudioProvider studio={studio}>
        <App />
      </StudioProvider>
    </ErrorBoundary>,
  );
  void studio.run.inspect();
  // ?demo=10039,2163,1582 asks for demo corpora of that size, for stress tests.
  void studio.corpora.loadDemo(new URLSearchParams(window.location.search).get('demo') ?? undefined);
}
