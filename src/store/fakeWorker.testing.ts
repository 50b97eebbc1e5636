/** A worker for tests: a real Comlink channel whose far end can be brought down. Knows no particular API. */
import { expose } from 'comlink';

export interface FakeWorkers {
  /** As `createClient` wants it: every call starts another worker. */
  spawn(): Worker;
  /** Brings the newest worker down, as an uncaught error in it would. */
  crash(message: string): void;
  started(): number;
  close(): void;
}

/** Workers that all answer with `api`. */
export function fakeWorkers(api: object): FakeWorkers {
  const events: EventTarget[] = [];
  const ports: MessagePort[] = [];
  return {
    spawn() {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1);
      expose(api, port2);
      const own = new EventTarget();
      events.push(own);
      const worker = {
        postMessage: port1.postMessage.bind(port1),
        start: () => port1.start(),
        terminate: () => port1.close(),
        addEventListener: (type: string, listener: EventListener) =>
          (type === 'message' ? port1 : own).addEventListener(type, listener),
        removeEventListener: port1.removeEventListener.bind(port1),
      };
      return worker as unknown as Worker;
    },
    crash(message) {
      events.at(-1)?.dispatchEvent(Object.assign(new Event('error'), { message }));
    },
    started: () => events.length,
    close() {
      for (const port of ports) port.close();
    },
  };
}
