/** Events to the page: whoever listens gets them; a listener that throws does not keep the others from theirs. */
import type { PageEventData, PageEventName } from '../../shared/contract/events.ts';

export type PageListener = <N extends PageEventName>(name: N, data: PageEventData<N>) => void;

export type Publisher = {
  publish: PageListener;
  /** Returns a function that stops listening. */
  listen(listener: PageListener): () => void;
};

export function createPublisher(onError: (error: unknown) => void): Publisher {
  const listeners = new Set<PageListener>();
  return {
    publish(name, data) {
      for (const listener of listeners) {
        try {
          listener(name, data);
        } catch (error) {
          onError(error);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
